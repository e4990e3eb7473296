#include <string>
#include <variant>

#include "idl/compiler/checker/constants.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {
namespace {

std::string spelling(const syntax::Expression& expression) {
  using Kind = syntax::Expression::Kind;
  if (expression.kind == Kind::kName) return to_string(expression.name);
  std::string text = expression.text;
  for (const Token& part : expression.strings) text += part.text;
  if (expression.left) text = spelling(*expression.left) + " " + text + " ";
  return expression.right ? text + spelling(*expression.right) : text;
}

template <typename Value, typename Decode>
std::optional<Value> decoded_text(const syntax::Expression& expression, Decode decode) {
  Value value;
  for (const Token& part : expression.strings) {
    const auto decoded = decode(part.text);
    if (!std::holds_alternative<Value>(decoded)) return std::nullopt;
    value += std::get<Value>(decoded);
  }
  return value;
}

std::optional<ConstValue> decoded_string(const syntax::Expression& expression) {
  if (expression.strings.front().text.front() == 'L') {
    return decoded_text<std::u16string>(expression, decode_wide);
  }
  return decoded_text<std::string>(expression, decode_narrow);
}

std::optional<ConstValue> decoded_character(const syntax::Expression& expression) {
  if (expression.text.front() == 'L') {
    const auto decoded = decode_wide(expression.text);
    const auto* units = std::get_if<std::u16string>(&decoded);
    if (units != nullptr && units->size() == 1) return WCharValue{units->front()};
    return std::nullopt;
  }
  const auto decoded = decode_narrow(expression.text);
  const auto* octets = std::get_if<std::string>(&decoded);
  if (octets != nullptr && octets->size() == 1) return octets->front();
  return std::nullopt;
}

std::optional<ConstValue> decoded_number(const syntax::Expression& expression) {
  const NumberValue number = decode_number(expression.text);
  if (const auto* value = std::get_if<std::uint64_t>(&number)) return *value;
  if (const auto* value = std::get_if<long double>(&number)) return *value;
  if (const auto* value = std::get_if<FixedValue>(&number)) return *value;
  return std::nullopt;
}

std::optional<ConstValue> negated_number(const ConstValue& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value)) {
    if (*number > static_cast<std::uint64_t>(INT64_MAX) + 1) return std::nullopt;
    return static_cast<std::int64_t>(0 - *number);
  }
  if (const auto* number = std::get_if<long double>(&value)) return -*number;
  return std::nullopt;
}

}  // namespace

ConstValue Constants::evaluate_untyped(const syntax::Expression& expression) {
  using Kind = syntax::Expression::Kind;
  std::optional<ConstValue> value;
  switch (expression.kind) {
    case Kind::kNumber:
      value = decoded_number(expression);
      break;
    case Kind::kCharacter:
      value = decoded_character(expression);
      break;
    case Kind::kString:
      value = decoded_string(expression);
      break;
    case Kind::kBoolean:
      value = expression.text == "TRUE";
      break;
    case Kind::kName:
      if (const Entry* entry = names_.find_quietly(expression.name)) {
        if (const auto* constant = as<Constant>(entry->declaration)) value = constant->value;
        if (const auto* one = as<Enumerator>(entry->declaration)) value = one;
      }
      break;
    case Kind::kUnary:
      if (expression.text == "-") value = negated_number(evaluate_untyped(*expression.right));
      break;
    case Kind::kBinary:
      break;
  }
  return value ? *value : ConstValue{spelling(expression)};
}

}  // namespace corbel::idl
