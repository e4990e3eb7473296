#pragma once

#include <corbel/any.hpp>
#include <corbel/object.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace corbel {

namespace detail {
struct DynamicContent;
struct DynamicParts;
}  // namespace detail

/// A value of a type that is only known at run time, to look at, change and build:
///
///   DynamicValue item(any);                        // or DynamicValue item(type): all zero
///   if (item.kind() == TCKind::tk_struct) item.set("tags[0]", "new");
///   item.set("price", 3);                          // converted to the member's type, checked
///   double price = item["price"].to_double();
///   Any changed = item.to_any();
///
/// A value type: copies are independent and cheap (they share until one changes). Valuetypes alone
/// keep their identity, as in IDL: copies mean the same one. Cycles of valuetypes own no memory for
/// ever: a valuetype that refers back to one around it (or would, by set()) does not keep it alive,
/// so hold on to the outermost one.
///
/// Aliases are looked through everywhere except by type(). Functions on parts also look through an
/// any to what it holds, and through a value box. What a kind has not throws BadTypecode, an
/// unknown member or index BadParam, a value that does not fit BadParam saying where and why.
/// Threads: as a std::vector.
class DynamicValue {
 public:
  /// tk_null.
  DynamicValue();
  /// The first value of the type: zero, empty, nil, null, the first enumerator and branch.
  /// Throws ImpLimit for a type whose smallest value is huge.
  explicit DynamicValue(TypeCode type);
  /// What the any holds. Throws Marshal if its octets are broken, or would take more than 512 MiB.
  DynamicValue(const Any& any);  // NOLINT: an any is a value
  /// Any value that can travel: numbers, text, generated types.
  template <class T>
    requires(!std::derived_from<T, DynamicValue> && !std::same_as<T, Any> &&
             !std::same_as<T, TypeCode> && requires { Type<T>::type_code(); })
  DynamicValue(const T& value)  // NOLINT: so that set("price", 3) works
      : DynamicValue(Any(value)) {}
  DynamicValue(const char* text) : DynamicValue(Any(text)) {}  // NOLINT
  /// A TypeCode as a value.
  static DynamicValue of(const TypeCode& type) { return DynamicValue(Any(type)); }

  /// A valuetype or value box that is not null, its members the first values of theirs.
  static DynamicValue new_value(const TypeCode& type);

  Any to_any() const;
  const TypeCode& type() const noexcept { return type_; }
  /// Behind aliases.
  TCKind kind() const noexcept;

  // Values without parts.

  /// A value of exactly this type; BadTypecode otherwise.
  template <class T>
  T get() const {
    return to_any().template get<T>();
  }
  bool to_bool() const;
  /// Any integer, octet, or an enum's ordinal; BadParam if it does not fit.
  std::int64_t to_integer() const;
  std::uint64_t to_unsigned() const;
  /// Any number.
  double to_double() const;
  /// A string or wstring, a char or wchar, an enumerator's name, a fixed's digits; as UTF-8.
  std::string to_text() const;
  TypeCode to_type_code() const;
  ObjectRef to_reference() const;

  // Parts: members of a struct, exception or valuetype (inherited ones first), elements of a
  // sequence or array, the branch of a union if it has one.

  std::size_t size() const;
  /// The name of a member or of the union's branch.
  const std::string& name(std::size_t index) const;
  bool has(std::string_view name) const;
  DynamicValue operator[](std::size_t index) const;
  DynamicValue operator[](std::string_view name) const;
  DynamicValue operator[](const char* name) const { return (*this)[std::string_view(name)]; }
  DynamicValue operator[](int index) const { return (*this)[static_cast<std::size_t>(index)]; }
  /// "items[3].price".
  DynamicValue at(std::string_view path) const;

  /// Changes a part; naming another branch of a union selects it. Values are converted where
  /// nothing but rounding is lost: numbers by range, text to enums, fixed and references, anything
  /// into an any.
  void set(std::string_view path, const DynamicValue& value);
  void set(std::size_t index, const DynamicValue& value);
  /// Changes the whole value, keeping its type.
  void assign(const DynamicValue& value);
  /// Sequences.
  void append(const DynamicValue& value);
  void resize(std::size_t size);

  // Unions.

  DynamicValue discriminator() const;
  /// Keeps the branch if the new label means it too, else starts the other with its first value.
  void set_discriminator(const DynamicValue& label);

  // Anys and value boxes, valuetypes, references.

  /// What an any or a value box holds.
  DynamicValue content() const;
  void set_content(const DynamicValue& value);
  /// tk_null, a null valuetype, a nil reference.
  bool is_null() const;
  /// The same valuetype, not only an equal one.
  bool is_same_value(const DynamicValue& other) const;
  /// The same valuetype, but this does not keep it alive: for places that refer back to a value
  /// around them.
  DynamicValue back_reference() const;
  /// Tells valuetypes apart while they live; null for null.
  const void* identity() const;

  /// Same type (equivalent) and same value; see Any.
  friend bool operator==(const DynamicValue& left, const DynamicValue& right) {
    return left.to_any() == right.to_any();
  }
  friend std::string to_string(const DynamicValue& value) { return to_string(value.to_any()); }
  friend std::ostream& operator<<(std::ostream& out, const DynamicValue& value) {
    return out << value.to_any();
  }

 private:
  friend struct detail::DynamicParts;
  DynamicValue(TypeCode type, std::shared_ptr<const detail::DynamicContent> content)
      : type_(std::move(type)), content_(std::move(content)) {}

  TypeCode type_;
  std::shared_ptr<const detail::DynamicContent> content_;  // never null
};

}  // namespace corbel
