#include "idl/compiler/checker/constants.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "idl/compiler/checker/integer_range.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {
namespace {

std::string found(const syntax::Expression& expression) {
  using Kind = syntax::Expression::Kind;
  switch (expression.kind) {
    case Kind::kNumber:
      return "the number " + expression.text;
    case Kind::kCharacter:
      return "the character " + expression.text;
    case Kind::kString:
      return expression.strings.front().text.front() == 'L' ? "a wide string" : "a string";
    case Kind::kBoolean:
      return expression.text;
    case Kind::kUnary:
    case Kind::kBinary:
      return "the operator '" + expression.text + "'";
    case Kind::kName:
      break;
  }
  return "'" + to_string(expression.name) + "'";
}

// Values of up to half a unit above the greatest number are rounded to that one.
template <typename Number>
std::optional<long double> rounded_to(long double value) {
  constexpr Number kMax = std::numeric_limits<Number>::max();
  const long double magnitude = std::fabs(value);
  if (magnitude <= kMax) return static_cast<Number>(value);
  const long double unit = static_cast<long double>(kMax) - std::nextafter(kMax, Number{0});
  if (!std::isfinite(value) || !(magnitude < kMax + unit / 2)) return std::nullopt;
  return std::copysign(static_cast<long double>(kMax), value);
}

}  // namespace

std::nullopt_t Constants::mismatch(const syntax::Expression& expression,
                                   const std::string& wanted) {
  reporter_.error(expression.location, "expected " + wanted + ", found " + found(expression));
  return std::nullopt;
}

std::optional<ConstValue> Constants::evaluate(const syntax::Expression& expression,
                                              const Type& type) {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* simple = as<PrimitiveType>(resolved)) {
    return primitive(expression, simple->primitive);
  }
  if (const auto* string = as<StringType>(resolved)) return text(expression, *string);
  if (const auto* decimal = as<FixedType>(resolved)) return fixed_value(expression, *decimal);
  if (const auto* name = as<NamedType>(resolved)) {
    if (const auto* enumeration = as<Enum>(name->declaration)) {
      return enumerator(expression, *enumeration);
    }
  }
  return std::nullopt;
}

std::optional<ConstValue> Constants::primitive(const syntax::Expression& expression,
                                               Primitive primitive) {
  static constexpr Wide kMaxU64 = Wide{std::numeric_limits<std::uint64_t>::max()};
  switch (primitive) {
    case Primitive::kOctet:
      return ranged(expression, {"octet", 0, 0xFF});
    case Primitive::kUInt8:
      return ranged(expression, {"uint8", 0, 0xFF});
    case Primitive::kInt8:
      return ranged(expression, {"int8", -0x80, 0x7F});
    case Primitive::kShort:
      return ranged(expression, {"short", INT16_MIN, INT16_MAX});
    case Primitive::kUShort:
      return ranged(expression, {"unsigned short", 0, UINT16_MAX});
    case Primitive::kLong:
      return ranged(expression, {"long", INT32_MIN, INT32_MAX});
    case Primitive::kULong:
      return ranged(expression, {"unsigned long", 0, UINT32_MAX});
    case Primitive::kLongLong:
      return ranged(expression, {"long long", INT64_MIN, INT64_MAX});
    case Primitive::kULongLong:
      return ranged(expression, {"unsigned long long", 0, kMaxU64});
    case Primitive::kFloat:
    case Primitive::kDouble:
    case Primitive::kLongDouble:
      return floating_value(expression, primitive);
    case Primitive::kBoolean:
      if (expression.kind == syntax::Expression::Kind::kName) {
        return named<bool>(expression, "a boolean");
      }
      if (expression.kind != syntax::Expression::Kind::kBoolean) {
        return mismatch(expression, "TRUE or FALSE");
      }
      return ConstValue{expression.text == "TRUE"};
    case Primitive::kChar:
      return character(expression, false);
    case Primitive::kWChar:
      return character(expression, true);
    default:
      return std::nullopt;
  }
}

std::optional<ConstValue> Constants::enumerator(const syntax::Expression& expression,
                                                const Enum& type) {
  const std::string wanted = "an enumerator of '" + scoped_name(type) + "'";
  if (expression.kind != syntax::Expression::Kind::kName) return mismatch(expression, wanted);
  const Entry* entry = names_.resolve(expression.name);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return std::nullopt;
  const auto* named_one = as<Enumerator>(entry->declaration);
  if (const auto* constant = as<Constant>(entry->declaration)) {
    const auto* value = std::get_if<const Enumerator*>(&constant->value);
    if (value != nullptr) named_one = *value;
  }
  if (named_one == nullptr || named_one->parent != &type) {
    reporter_.error(expression.location, "expected " + wanted + ", found the " + describe(*entry));
    return std::nullopt;
  }
  return ConstValue{named_one};
}

std::optional<ConstValue> Constants::text(const syntax::Expression& expression,
                                          const StringType& type) {
  if (type.wide) return checked_text(expression, type, wide_text(expression));
  return checked_text(expression, type, narrow_text(expression));
}

std::optional<std::string> Constants::narrow_text(const syntax::Expression& expression) {
  const char* wanted = "a string";
  if (expression.kind == syntax::Expression::Kind::kName) {
    return named<std::string>(expression, wanted);
  }
  if (expression.kind != syntax::Expression::Kind::kString) return mismatch(expression, wanted);
  return joined<std::string>(expression, wanted, decode_narrow);
}

std::optional<std::u16string> Constants::wide_text(const syntax::Expression& expression) {
  const char* wanted = "a wide string";
  if (expression.kind == syntax::Expression::Kind::kName) {
    return named<std::u16string>(expression, wanted);
  }
  if (expression.kind != syntax::Expression::Kind::kString) return mismatch(expression, wanted);
  return joined<std::u16string>(expression, wanted, decode_wide);
}

template <typename String, typename Decode>
std::optional<String> Constants::joined(const syntax::Expression& expression, const char* wanted,
                                        Decode decode) {
  constexpr bool kWide = std::is_same_v<String, std::u16string>;
  String value;
  for (const Token& part : expression.strings) {
    if ((part.text.front() == 'L') != kWide) {
      reporter_.error(part.location, "expected " + std::string(wanted) + ", found " +
                                         (kWide ? "a string" : "a wide string"));
      return std::nullopt;
    }
    const auto decoded = decode(part.text);
    if (const auto* problem = std::get_if<LiteralProblem>(&decoded)) {
      Location where = part.location;
      where.column += static_cast<std::uint32_t>(problem->offset);
      reporter_.error(where, problem->message);
      return std::nullopt;
    }
    value += std::get<String>(decoded);
  }
  return value;
}

template <typename String>
std::optional<ConstValue> Constants::checked_text(const syntax::Expression& expression,
                                                  const StringType& type,
                                                  std::optional<String> value) {
  if (!value) return std::nullopt;
  if (value->find(typename String::value_type{}) != String::npos) {
    reporter_.error(expression.location, "a string cannot hold the character '\\0'");
    return std::nullopt;
  }
  if (type.bound != 0 && value->size() > type.bound) {
    reporter_.error(expression.location, "this string has " + std::to_string(value->size()) +
                                             " characters, but its type allows " +
                                             std::to_string(type.bound));
    return std::nullopt;
  }
  return ConstValue{std::move(*value)};
}

std::optional<ConstValue> Constants::character(const syntax::Expression& expression, bool wide) {
  const char* wanted = wide ? "a wide character" : "a character";
  if (expression.kind == syntax::Expression::Kind::kName) {
    if (wide) return named<WCharValue>(expression, wanted);
    return named<char>(expression, wanted);
  }
  if (expression.kind != syntax::Expression::Kind::kCharacter ||
      (expression.text.front() == 'L') != wide) {
    return mismatch(expression, wanted);
  }
  const auto check = [&](const auto& decoded) -> std::optional<ConstValue> {
    if (const auto* problem = std::get_if<LiteralProblem>(&decoded)) {
      reporter_.error(expression.location, problem->message);
      return std::nullopt;
    }
    const auto& units = std::get<1>(decoded);
    if (units.size() != 1) return mismatch(expression, std::string(wanted) + " of one unit");
    if constexpr (std::is_same_v<std::decay_t<decltype(units[0])>, char16_t>) {
      return ConstValue{WCharValue{units[0]}};
    } else {
      return ConstValue{units[0]};
    }
  };
  return wide ? check(decode_wide(expression.text)) : check(decode_narrow(expression.text));
}

std::optional<ConstValue> Constants::floating_value(const syntax::Expression& expression,
                                                    Primitive primitive) {
  const auto value = floating(expression);
  if (!value) return std::nullopt;
  const char* name = "long double";
  std::optional<long double> rounded;
  if (primitive == Primitive::kFloat) {
    name = "float";
    rounded = rounded_to<float>(*value);
  } else if (primitive == Primitive::kDouble) {
    name = "double";
    rounded = rounded_to<double>(*value);
  } else {
    rounded = rounded_to<long double>(*value);
  }
  if (!rounded) {
    reporter_.error(expression.location, std::string("this value is out of the range of ") + name);
    return std::nullopt;
  }
  return ConstValue{*rounded};
}

std::optional<long double> Constants::floating(const syntax::Expression& expression) {
  using Kind = syntax::Expression::Kind;
  const char* wanted = "a floating-point value";
  switch (expression.kind) {
    case Kind::kNumber: {
      const NumberValue number = decode_number(expression.text);
      if (const auto* problem = std::get_if<LiteralProblem>(&number)) {
        Location where = expression.location;
        where.column += static_cast<std::uint32_t>(problem->offset);
        reporter_.error(where, problem->message);
        return std::nullopt;
      }
      if (const auto* value = std::get_if<long double>(&number)) return *value;
      return mismatch(expression, std::string(wanted) + " like 1.0");
    }
    case Kind::kName:
      return named<long double>(expression, wanted);
    case Kind::kUnary: {
      if (expression.text == "~") return mismatch(expression, wanted);
      const auto value = floating(*expression.right);
      if (!value) return std::nullopt;
      return expression.text == "-" ? -*value : *value;
    }
    case Kind::kBinary:
      return floating_binary(expression);
    default:
      return mismatch(expression, wanted);
  }
}

std::optional<long double> Constants::floating_binary(const syntax::Expression& expression) {
  const std::string& sign = expression.text;
  if (sign != "+" && sign != "-" && sign != "*" && sign != "/") {
    return mismatch(expression, "a floating-point value");
  }
  const auto left = floating(*expression.left);
  const auto right = floating(*expression.right);
  if (!left || !right) return std::nullopt;
  if (sign == "+") return *left + *right;
  if (sign == "-") return *left - *right;
  if (sign == "*") return *left * *right;
  if (*right == 0) {
    reporter_.error(expression.right->location, "division by zero");
    return std::nullopt;
  }
  return *left / *right;
}

}  // namespace corbel::idl
