#include "types_corbel_samples.hpp"

#include <corbel/any.hpp>

#include <utility>

using namespace interop;

Basics sample_basics(std::int32_t seed) {
  Basics basics;
  basics.a_boolean = seed % 2 == 1;
  basics.a_double = -2.25 * seed;
  basics.an_octet = static_cast<std::uint8_t>(200 + seed);
  basics.a_short = static_cast<std::int16_t>(-300 - seed);
  basics.a_char = static_cast<char>('a' + seed);
  basics.a_ulong = 4'000'000'000u + static_cast<std::uint32_t>(seed);
  basics.a_long = -100'000 - seed;
  basics.a_ushort = static_cast<std::uint16_t>(60'000 + seed);
  basics.a_longlong = -(std::int64_t{1} << 40) - seed;
  basics.a_float = 0.5f + static_cast<float>(seed);
  basics.a_ulonglong = (std::uint64_t{1} << 63) + static_cast<std::uint64_t>(seed);
  return basics;
}

Tree sample_tree(std::int32_t seed) {
  Tree tree;
  tree.label = "tree " + std::to_string(seed);
  for (std::int32_t i = 0; i < seed; ++i) tree.children.push_back(sample_tree(i));
  return tree;
}

Points sample_points(std::int32_t count) {
  Points points;
  for (std::int32_t i = 0; i < count; ++i) {
    points.push_back({static_cast<std::int16_t>(i % 30'000), std::int64_t{i} * 1'000'000'007});
  }
  return points;
}

Octets sample_octets(std::size_t size) {
  Octets octets(size);
  for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::uint8_t>(i * 31 + (i >> 8));
  return octets;
}

Everything sample_everything(std::int32_t seed) {
  const std::string number = std::to_string(seed);
  Everything all;
  all.some = sample_basics(seed);
  all.words = {"text " + number, "c" + number, "abc"};
  if (seed % 2 == 0) {
    all.anything.insert(seed);
  } else {
    all.anything.insert(sample_points(1)[0]);
  }
  all.shade = static_cast<Color>(seed % 3);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      all.numbers[i][j] = seed * 10 + static_cast<std::int32_t>(i * 3 + j);
    }
  }
  all.codes = {"left", "right" + number};
  all.data = sample_octets(static_cast<std::size_t>(seed) + 3);
  for (std::int32_t i = 0; i < seed % 4; ++i) all.three.push_back(seed - i);
  all.deep = {{"a"}, {}, {"b" + number, "c"}};
  all.bits = {true, false, seed % 2 == 1};
  all.palette = {Color::blue, static_cast<Color>(seed % 3)};
  all.family = sample_tree(seed % 4);
  all.path = sample_points(seed);
  return all;
}

std::string sample_text(std::int32_t which) {
  return which == 0 ? "h\xc3\xa9llo" : "\xe2\x82\xac \xe4\xb8\xad";
}

std::u16string sample_wide_text(std::int32_t which) {
  return which == 0 ? u"h\u00e9llo" : u"\u20ac \u4e2d";
}
