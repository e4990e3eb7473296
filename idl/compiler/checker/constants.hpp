#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "idl/compiler/ast/definitions.hpp"
#include "idl/compiler/checker/name_table.hpp"

namespace corbel::idl {

/// Evaluates constant expressions: integers exactly, with every intermediate result within 64 bits
/// (signed or unsigned), and the result checked against its type.
class Constants {
 public:
  Constants(NameTable& names, Reporter& reporter) : names_(names), reporter_(reporter) {}

  /// The value converted to `type`; empty after an error, which is reported.
  std::optional<ConstValue> evaluate(const syntax::Expression& expression, const Type& type);

  /// A size of an array, string or sequence: at least 1. `what` names it in messages.
  std::optional<std::uint32_t> evaluate_bound(const syntax::Expression& expression,
                                              const char* what);
  /// The same for what has another range.
  std::optional<std::uint32_t> evaluate_size(const syntax::Expression& expression, const char* what,
                                             std::uint32_t lowest, std::uint32_t highest);
  /// The argument of an annotation, whose type nobody knows: a name that stands for no constant is
  /// a string. Reports nothing.
  ConstValue evaluate_untyped(const syntax::Expression& expression);

 private:
  __extension__ using Wide = __int128;
  struct IntegerRange;

  std::optional<ConstValue> primitive(const syntax::Expression& expression, Primitive primitive);
  std::optional<ConstValue> ranged(const syntax::Expression& expression, const IntegerRange& range);
  std::optional<ConstValue> enumerator(const syntax::Expression& expression, const Enum& type);
  std::optional<ConstValue> text(const syntax::Expression& expression, const StringType& type);
  std::optional<std::string> narrow_text(const syntax::Expression& expression);
  std::optional<std::u16string> wide_text(const syntax::Expression& expression);
  /// Adjacent literals in one.
  template <typename String, typename Decode>
  std::optional<String> joined(const syntax::Expression& expression, const char* wanted,
                               Decode decode);
  template <typename String>
  std::optional<ConstValue> checked_text(const syntax::Expression& expression,
                                         const StringType& type, std::optional<String> value);
  std::optional<ConstValue> character(const syntax::Expression& expression, bool wide);
  std::optional<ConstValue> floating_value(const syntax::Expression& expression,
                                           Primitive primitive);

  std::optional<Wide> integer(const syntax::Expression& expression, const IntegerRange& range);
  std::optional<Wide> integer_unary(const syntax::Expression& expression,
                                    const IntegerRange& range);
  std::optional<Wide> integer_binary(const syntax::Expression& expression,
                                     const IntegerRange& range);
  std::optional<Wide> shift(const syntax::Expression& expression, Wide left, Wide right);
  std::optional<Wide> checked(const syntax::Expression& expression, Wide value);
  std::optional<long double> floating(const syntax::Expression& expression);
  std::optional<long double> floating_binary(const syntax::Expression& expression);

  std::optional<ConstValue> fixed_value(const syntax::Expression& expression,
                                        const FixedType& type);
  std::optional<FixedValue> fixed(const syntax::Expression& expression);
  std::optional<FixedValue> fixed_binary(const syntax::Expression& expression);

  /// The value of the constant that the expression names, if it is an alternative T.
  template <typename T>
  std::optional<T> named(const syntax::Expression& expression, const char* wanted);
  /// "expected an integer, found ..."; returns nothing, for `return mismatch(...)`.
  std::nullopt_t mismatch(const syntax::Expression& expression, const std::string& wanted);

  NameTable& names_;
  Reporter& reporter_;
};

template <typename T>
std::optional<T> Constants::named(const syntax::Expression& expression, const char* wanted) {
  const Entry* entry = names_.resolve(expression.name);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return std::nullopt;
  if (const auto* constant = as<Constant>(entry->declaration)) {
    if (const auto* value = std::get_if<T>(&constant->value)) return *value;
  }
  reporter_.error(expression.location,
                  "expected " + std::string(wanted) + ", found the " + describe(*entry));
  return std::nullopt;
}

}  // namespace corbel::idl
