#include <limits>
#include <string>
#include <variant>

#include "idl/compiler/checker/integer_range.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {

std::optional<ConstValue> Constants::ranged(const syntax::Expression& expression,
                                            const IntegerRange& range) {
  const auto value = integer(expression, range);
  if (!value) return std::nullopt;
  if (*value < range.lowest || *value > range.highest) {
    reporter_.error(expression.location, "the value " + to_text(*value) + " does not fit into " +
                                             range.name + ": expected " + to_text(range.lowest) +
                                             " to " + to_text(range.highest));
    return std::nullopt;
  }
  if (range.lowest < 0) return ConstValue{static_cast<std::int64_t>(*value)};
  return ConstValue{static_cast<std::uint64_t>(*value)};
}

std::optional<Constants::Wide> Constants::integer(const syntax::Expression& expression,
                                                  const IntegerRange& range) {
  using Kind = syntax::Expression::Kind;
  switch (expression.kind) {
    case Kind::kNumber: {
      const NumberValue number = decode_number(expression.text);
      if (const auto* problem = std::get_if<LiteralProblem>(&number)) {
        Location where = expression.location;
        where.column += static_cast<std::uint32_t>(problem->offset);
        reporter_.error(where, problem->message);
        return std::nullopt;
      }
      if (const auto* value = std::get_if<std::uint64_t>(&number)) return Wide{*value};
      return mismatch(expression, "an integer");
    }
    case Kind::kUnary:
      return integer_unary(expression, range);
    case Kind::kBinary:
      return integer_binary(expression, range);
    case Kind::kName: {
      const Entry* entry = names_.resolve(expression.name);
      if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return std::nullopt;
      if (const auto* constant = as<Constant>(entry->declaration)) {
        if (const auto* value = std::get_if<std::int64_t>(&constant->value)) return Wide{*value};
        if (const auto* value = std::get_if<std::uint64_t>(&constant->value)) return Wide{*value};
      }
      reporter_.error(expression.location, "expected an integer, found the " + describe(*entry));
      return std::nullopt;
    }
    default:
      return mismatch(expression, "an integer");
  }
}

std::optional<Constants::Wide> Constants::integer_unary(const syntax::Expression& expression,
                                                        const IntegerRange& range) {
  const auto value = integer(*expression.right, range);
  if (!value || expression.text == "+") return value;
  if (expression.text == "-") return checked(expression, -*value);
  // Complement works in the width of the result: 32 bits or 64.
  if (range.lowest < 0 || *value < 0) return checked(expression, ~*value);
  const Wide all = range.highest > std::numeric_limits<std::uint32_t>::max()
                       ? Wide{std::numeric_limits<std::uint64_t>::max()}
                       : Wide{std::numeric_limits<std::uint32_t>::max()};
  return checked(expression, all - *value);
}

std::optional<Constants::Wide> Constants::checked(const syntax::Expression& expression,
                                                  Wide value) {
  if (value >= std::numeric_limits<std::int64_t>::min() &&
      value <= Wide{std::numeric_limits<std::uint64_t>::max()}) {
    return value;
  }
  reporter_.error(expression.location, "the value of this expression does not fit into 64 bits");
  return std::nullopt;
}

std::optional<Constants::Wide> Constants::shift(const syntax::Expression& expression, Wide left,
                                                Wide right) {
  if (right < 0 || right > 63) {
    reporter_.error(expression.right->location,
                    "cannot shift by " + to_text(right) + ": expected 0 to 63");
    return std::nullopt;
  }
  const auto count = static_cast<unsigned>(right);
  if (expression.text == ">>") return left >> count;
  return checked(expression, left * (Wide{1} << count));
}

std::optional<Constants::Wide> Constants::integer_binary(const syntax::Expression& expression,
                                                         const IntegerRange& range) {
  const auto left = integer(*expression.left, range);
  const auto right = integer(*expression.right, range);
  if (!left || !right) return std::nullopt;
  const std::string& sign = expression.text;
  if (sign == "|") return *left | *right;
  if (sign == "^") return *left ^ *right;
  if (sign == "&") return *left & *right;
  if (sign == "<<" || sign == ">>") return shift(expression, *left, *right);
  if (sign == "+") return checked(expression, *left + *right);
  if (sign == "-") return checked(expression, *left - *right);
  // Two values of 64 bits multiply to less than 2^127 only if one is signed; their exact product
  // may need the check before.
  if (sign == "*") {
    Wide product = 0;
    if (__builtin_mul_overflow(*left, *right, &product)) {
      product = std::numeric_limits<Wide>::max();
    }
    return checked(expression, product);
  }
  if (*right == 0) {
    reporter_.error(expression.right->location, "division by zero");
    return std::nullopt;
  }
  return sign == "/" ? checked(expression, *left / *right) : *left % *right;
}

std::optional<std::uint32_t> Constants::evaluate_bound(const syntax::Expression& expression,
                                                       const char* what) {
  return evaluate_size(expression, what, 1, std::numeric_limits<std::uint32_t>::max());
}

std::optional<std::uint32_t> Constants::evaluate_size(const syntax::Expression& expression,
                                                      const char* what, std::uint32_t lowest,
                                                      std::uint32_t highest) {
  static constexpr IntegerRange kRange{"unsigned long long", 0,
                                       Wide{std::numeric_limits<std::uint64_t>::max()}};
  const auto value = integer(expression, kRange);
  if (!value) return std::nullopt;
  if (*value < lowest || *value > highest) {
    reporter_.error(expression.location,
                    "expected " + std::string(what) + " of " + std::to_string(lowest) + " to " +
                        std::to_string(highest) + ", found " + to_text(*value));
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*value);
}

}  // namespace corbel::idl
