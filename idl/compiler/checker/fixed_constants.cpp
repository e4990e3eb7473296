#include <string>
#include <variant>

#include "idl/compiler/checker/constants.hpp"
#include "idl/compiler/checker/decimal.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {

std::optional<ConstValue> Constants::fixed_value(const syntax::Expression& expression,
                                                 const FixedType& type) {
  auto value = fixed(expression);
  if (!value) return std::nullopt;
  // `fixed` alone takes its digits and scale from the value.
  if (type.digits == 0) return ConstValue{*value};
  const FixedValue shortened = cut(*value, static_cast<std::size_t>(type.scale));
  const auto room = static_cast<std::size_t>(type.digits - type.scale);
  if (integer_digits(shortened) > room) {
    reporter_.error(expression.location, "this value has " +
                                             std::to_string(integer_digits(shortened)) +
                                             " digits in front of the point, but its type allows " +
                                             std::to_string(room));
    return std::nullopt;
  }
  return ConstValue{shortened};
}

std::optional<FixedValue> Constants::fixed(const syntax::Expression& expression) {
  using Kind = syntax::Expression::Kind;
  const char* wanted = "a fixed-point value like 1.50d";
  switch (expression.kind) {
    case Kind::kNumber: {
      const NumberValue number = decode_number(expression.text);
      if (const auto* problem = std::get_if<LiteralProblem>(&number)) {
        Location where = expression.location;
        where.column += static_cast<std::uint32_t>(problem->offset);
        reporter_.error(where, problem->message);
        return std::nullopt;
      }
      if (const auto* value = std::get_if<FixedValue>(&number)) return *value;
      return mismatch(expression, wanted);
    }
    case Kind::kName:
      return named<FixedValue>(expression, wanted);
    case Kind::kUnary: {
      if (expression.text == "~") return mismatch(expression, wanted);
      auto value = fixed(*expression.right);
      if (value && expression.text == "-") return negated(*value);
      return value;
    }
    case Kind::kBinary:
      return fixed_binary(expression);
    default:
      return mismatch(expression, wanted);
  }
}

std::optional<FixedValue> Constants::fixed_binary(const syntax::Expression& expression) {
  const std::string& sign = expression.text;
  if (sign != "+" && sign != "-" && sign != "*" && sign != "/") {
    return mismatch(expression, "a fixed-point value");
  }
  const auto left = fixed(*expression.left);
  const auto right = fixed(*expression.right);
  if (!left || !right) return std::nullopt;
  std::optional<FixedValue> exact;
  if (sign == "+") exact = add(*left, *right);
  if (sign == "-") exact = add(*left, negated(*right));
  if (sign == "*") exact = multiply(*left, *right);
  if (sign == "/") exact = divide(*left, *right);
  if (!exact) {
    reporter_.error(expression.right->location, "division by zero");
    return std::nullopt;
  }
  auto result = fitted(*exact);
  if (!result) {
    reporter_.error(expression.location, "this fixed-point value has more than 31 digits");
  }
  return result;
}

}  // namespace corbel::idl
