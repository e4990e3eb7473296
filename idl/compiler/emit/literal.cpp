#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "idl/compiler/emit/emitters.hpp"

namespace corbel::idl {
namespace {

template <typename T>
std::string shortest(T value, const char* suffix) {
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  std::string text(buffer.data(), end);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text + suffix;
}

/// The shortest text that gives back the same value of `type`.
std::string floating(long double value, const Type& type) {
  if (is_primitive(type, Primitive::kFloat)) return shortest(static_cast<float>(value), "F");
  if (is_primitive(type, Primitive::kDouble)) return shortest(static_cast<double>(value), "");
  return shortest(value, "L");
}

std::string signed_integer(std::int64_t value) {
  // The smallest value has no literal: its magnitude is out of range before the sign counts.
  if (value == std::numeric_limits<std::int64_t>::min()) {
    return std::to_string(value + 1) + " - 1";
  }
  return std::to_string(value);
}

std::string unsigned_integer(std::uint64_t value) {
  const bool needs_suffix = value > std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  return std::to_string(value) + (needs_suffix ? "U" : "");
}

std::string character(char value) {
  if (value == '\'') return "'\\''";
  if (value == '"') return "'\"'";
  const std::string text = quoted({&value, 1});
  return "'" + text.substr(1, text.size() - 2) + "'";
}

std::string hexadecimal(char16_t unit) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  for (const int shift : {12, 8, 4, 0}) digits += kDigits[(unit >> shift) & 15];
  return digits;
}

bool is_plain(char16_t unit) {
  return unit >= 0x20 && unit < 0x7f && unit != u'"' && unit != u'\\' && unit != u'\'';
}

std::string wide_character(char16_t unit) {
  if (is_plain(unit)) return std::string("u'") + static_cast<char>(unit) + "'";
  return "char16_t{0x" + hexadecimal(unit) + "}";
}

std::string wide_string(const std::u16string& text) {
  std::string literal = "u\"";
  bool after_escape = false;
  for (const char16_t unit : text) {
    if (unit == u'?' && literal.ends_with('?')) {
      literal += "\\?";  // no trigraph
      after_escape = false;
    } else if (is_plain(unit)) {
      // A new literal, so that no digit becomes part of the escape before it.
      if (after_escape) literal += "\" u\"";
      literal += static_cast<char>(unit);
      after_escape = false;
    } else {
      literal += "\\x" + hexadecimal(unit);
      after_escape = true;
    }
  }
  return literal + "\"";
}

std::string decimal_text(const FixedValue& value) {
  std::string text = value.digits;
  if (text.size() <= value.scale) text.insert(0, value.scale + 1U - text.size(), '0');
  if (value.scale != 0) text.insert(text.size() - value.scale, ".");
  return (value.negative ? "-" : "") + text;
}

}  // namespace

std::string constant_type(const Emission& emission, const ConstValue& value, const Type& type,
                          const Place& place) {
  const auto* declared = as<FixedType>(resolve_typedefs(type));
  const auto* decimal = std::get_if<FixedValue>(&value);
  if (declared == nullptr || decimal == nullptr || declared->digits != 0) {
    return emission.types.name(type, place);
  }
  FixedType own;
  own.digits = static_cast<std::uint16_t>(
      std::max<std::size_t>({decimal->digits.size(), decimal->scale, 1}));
  own.scale = static_cast<std::int16_t>(decimal->scale);
  return emission.types.name(Type{own}, place);
}

std::string literal(const Emission& emission, const ConstValue& value, const Type& type,
                    const Place& place) {
  struct Visitor {
    const Emission& emission;
    const Type& type;
    const Place& place;
    std::string operator()(std::int64_t number) const { return signed_integer(number); }
    std::string operator()(std::uint64_t number) const { return unsigned_integer(number); }
    std::string operator()(long double number) const { return floating(number, type); }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(char one) const { return character(one); }
    std::string operator()(const WCharValue& one) const { return wide_character(one.unit); }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(const std::u16string& text) const { return wide_string(text); }
    std::string operator()(const FixedValue& decimal) const {
      return constant_type(emission, decimal, type, place) + "(\"" + decimal_text(decimal) + "\")";
    }
    std::string operator()(const Enumerator* enumerator) const {
      return emission.names.reference(*enumerator->parent, place) +
             "::" + emission.names.of(*enumerator);
    }
  };
  return std::visit(Visitor{emission, type, place}, value);
}

}  // namespace corbel::idl
