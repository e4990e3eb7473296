#pragma once

#include <types.idl.hpp>

#include <corbel/any.hpp>

#include <future>
#include <string>
#include <utility>

#include "tests/integration/mapping/echo.hpp"

namespace corbel::test {

class EchoPeer : public types::Peer::Servant {
 public:
  CORBEL_ECHO(use_boolean, bool, bool)
  CORBEL_ECHO(use_octet, std::uint8_t, std::uint8_t)
  CORBEL_ECHO(use_char, char, char)
  CORBEL_ECHO(use_wchar, char16_t, char16_t)
  CORBEL_ECHO(use_short, std::int16_t, std::int16_t)
  CORBEL_ECHO(use_ushort, std::uint16_t, std::uint16_t)
  CORBEL_ECHO(use_long, std::int32_t, std::int32_t)
  CORBEL_ECHO(use_ulong, std::uint32_t, std::uint32_t)
  CORBEL_ECHO(use_longlong, std::int64_t, std::int64_t)
  CORBEL_ECHO(use_ulonglong, std::uint64_t, std::uint64_t)
  CORBEL_ECHO(use_float, float, float)
  CORBEL_ECHO(use_double, double, double)
  CORBEL_ECHO(use_longdouble, long double, long double)
  CORBEL_ECHO(use_string, std::string_view, std::string)
  CORBEL_ECHO(use_wstring, std::u16string_view, std::u16string)
  CORBEL_ECHO(use_code, std::string_view, types::Code)
  CORBEL_ECHO(use_wide_code, std::u16string_view, types::WideCode)
  CORBEL_ECHO(use_any, const Any&, Any)
  CORBEL_ECHO(use_object, const Object&, Object)
  CORBEL_ECHO(use_peer, const types::Peer&, types::Peer)
  CORBEL_ECHO(use_color, types::Color, types::Color)
  CORBEL_ECHO(use_octets, std::span<const std::uint8_t>, types::Octets)
  CORBEL_ECHO(use_doubles, std::span<const double>, types::Doubles)
  CORBEL_ECHO(use_three_longs, std::span<const std::int32_t>, types::ThreeLongs)
  CORBEL_ECHO(use_two_codes, const types::TwoCodes&, types::TwoCodes)
  CORBEL_ECHO(use_nested, const types::Nested&, types::Nested)
  CORBEL_ECHO(use_matrix, const types::Matrix&, types::Matrix)
  CORBEL_ECHO(use_four_codes, const types::FourCodes&, types::FourCodes)
  CORBEL_ECHO(use_flags, const types::Flags&, types::Flags)
  CORBEL_ECHO(use_chars, const types::Chars&, types::Chars)
  CORBEL_ECHO(use_wide_chars, const types::WideChars&, types::WideChars)
  CORBEL_ECHO(use_colors, const types::Colors&, types::Colors)
  CORBEL_ECHO(use_strings, const types::Strings&, types::Strings)
  CORBEL_ECHO(use_anys, const types::Anys&, types::Anys)
  CORBEL_ECHO(use_peers, const types::Peers&, types::Peers)
  CORBEL_ECHO(use_basics, const types::Basics&, types::Basics)
  CORBEL_ECHO(use_texts, const types::Texts&, types::Texts)
  CORBEL_ECHO(use_everything, const types::Everything&, types::Everything)
  CORBEL_ECHO(use_universe, const types::Universe&, types::Universe)

  void fail(std::int32_t how) override;
  void nothing() override { ++nothings; }
  void shout(std::string_view text, std::span<const std::uint8_t> data) override {
    shouted.set_value({std::string(text), types::Octets(data.begin(), data.end())});
  }
  std::string name() override { return name_; }
  void name(std::string_view value) override { name_ = value; }
  types::Code code_name() override { return code_; }
  void code_name(std::string_view value) override { code_ = value; }
  types::Octets content() override { return content_; }
  void content(std::span<const std::uint8_t> value) override {
    content_.assign(value.begin(), value.end());
  }
  bool enabled() override { return enabled_; }
  void enabled(bool value) override { enabled_ = value; }

  int nothings = 0;
  std::promise<std::pair<std::string, types::Octets>> shouted;

 private:
  std::string name_ = "nobody";
  types::Code code_;
  types::Octets content_;
  bool enabled_ = false;
};

inline void EchoPeer::fail(std::int32_t how) {
  switch (how) {
    case 0:
      throw types::Bad{types::Color::blue, "too blue", {1, -2, 3}, nullptr};
    case 1:
      throw types::Empty();
    case 2:
      throw NoPermission("not today", Completion::yes, 42);
    default:
      throw std::runtime_error("nobody declared this");
  }
}

}  // namespace corbel::test
