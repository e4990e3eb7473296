#pragma once

#include <types.idl.hpp>

#include <corbel/any.hpp>

#include <limits>

namespace corbel::test {

inline types::Basics extreme_basics() {
  return {true,
          255,
          'z',
          u'\u20ac',
          std::numeric_limits<std::int16_t>::min(),
          std::numeric_limits<std::uint16_t>::max(),
          std::numeric_limits<std::int32_t>::min(),
          std::numeric_limits<std::uint32_t>::max(),
          std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::uint64_t>::max(),
          -1.5F,
          1e300,
          0.1L};
}

inline types::Texts some_texts() {
  return {"plain \u00e9", u"wide \u20ac", "12345678", u"1234", "abc"};
}

inline types::Everything some_everything(const types::Peer& peer) {
  types::Everything value;
  value.some = extreme_basics();
  value.words = some_texts();
  value.anything = Any(some_texts());
  value.something = peer;
  value.someone = peer;
  value.shade = types::Color::blue;
  value.numbers = {{{1, 2, 3}, {4, 5, 6}}};
  value.four = {"one", "two", "", "four"};
  value.data = {0, 1, 255};
  value.three = {1, 2, 3};
  value.two = {"a", "b"};
  value.deep = {{"x", "y"}, {}, {"12345"}};
  value.bits = {true, false, true};
  value.others = {peer, nullptr};
  value.palette = {types::Color::red, types::Color::blue};
  value.many = {extreme_basics(), {}};
  value.objects = {peer, nullptr};
  value.inline_array = {0.5, -0.5};
  return value;
}

}  // namespace corbel::test
