#pragma once

#include <corbel/stub/type.hpp>
#include <corbel/value.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// What generated valuetypes are made of.
namespace corbel::stub {

/// A valuetype as it is known at compile time; one constant each.
struct ValueType {
  using Types = std::span<const ValueType* const>;

  std::string_view repository_id;
  /// The valuetype with state that it inherits from comes first; then abstract ones, and abstract
  /// interfaces that it supports.
  Types bases = {};
  /// A receiver that does not know it may take the first base for it.
  bool truncatable = false;
  /// Null where only a user's factory can make one: operations are to be implemented first.
  std::shared_ptr<ValueBase> (*make)() = nullptr;
  TypeCode (*type_code)() = nullptr;
  /// The valuetypes of the file that declares it.
  Types (*known)() = nullptr;

  bool is_a(std::string_view id) const noexcept {
    if (id == repository_id) return true;
    for (const auto* base : bases) {
      if (base->is_a(id)) return true;
    }
    return false;
  }
};

template <class T>
constexpr auto value_maker() noexcept -> std::shared_ptr<ValueBase> (*)() {
  if constexpr (std::is_abstract_v<T>) {
    return nullptr;
  } else {
    return []() -> std::shared_ptr<ValueBase> { return std::make_shared<T>(); };
  }
}

/// The description of a generated class; Type<T> has what it is made of.
template <class T>
inline constexpr ValueType kValueType{Type<T>::kRepositoryId, Type<T>::Bases::kTypes,
                                      Type<T>::kTruncatable,  value_maker<T>(),
                                      &Type<T>::type_code,    &Type<T>::known_values};

template <class... T>
struct ValueList {
  static constexpr std::array<const ValueType*, sizeof...(T)> kTypes{&kValueType<T>...};
};

/// Collects values that are let go of and frees them one after the other: a chain of them needs no
/// stack in proportion to its length.
class ValueRelease {
 public:
  ValueRelease() = default;
  ~ValueRelease();
  ValueRelease(const ValueRelease&) = delete;
  ValueRelease& operator=(const ValueRelease&) = delete;

  template <std::derived_from<ValueBase> T>
  void take(std::shared_ptr<T>& value) {
    if (value) values_.push_back(std::move(value));
    value.reset();
  }
  template <class T>
  void take(std::vector<T>& values) {
    for (auto& value : values) take(value);
    values.clear();
  }
  template <class T>
  void take(T& holder) {
    holder = T{};
  }

  bool empty() const noexcept { return values_.empty(); }
  std::shared_ptr<ValueBase> next();

 private:
  std::vector<std::shared_ptr<ValueBase>> values_;
};

/// How the library reaches the protected functions of values.
struct ValueAccess {
  static void encode(const ValueBase& value, cdr::Encoder& encoder) {
    value.corbel_encode(encoder);
  }
  static void decode(ValueBase& value, cdr::Decoder& decoder) { value.corbel_decode(decoder); }
  static void release(ValueBase& value, ValueRelease& release) { value.corbel_release(release); }
};

/// Writes null, a value or where in the message it stands already (CORBA 3.3 part 2, 9.3.4).
/// Throws Marshal where values nest deeper than a receiver could take.
void write_value(cdr::Encoder& encoder, const ValueBase* value);
/// Reads what write_value() writes; failures stay in the decoder, null is returned then. The value
/// is a `declared`, or derives from it.
std::shared_ptr<ValueBase> read_value(cdr::Decoder& decoder, const ValueType& declared);

/// The TypeCode of ValueBase, the base of all valuetypes.
TypeCode value_base_type_code();

}  // namespace corbel::stub

namespace corbel {

template <>
struct Type<ValueBase> {
  static constexpr std::string_view kRepositoryId = "IDL:omg.org/CORBA/ValueBase:1.0";
  static constexpr bool kTruncatable = false;
  using Bases = stub::ValueList<>;
  static stub::ValueType::Types known_values() { return {}; }
  static TypeCode type_code() { return stub::value_base_type_code(); }
};

template <std::derived_from<ValueBase> T>
struct Type<std::shared_ptr<T>> {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, const std::shared_ptr<T>& value) {
    stub::write_value(encoder, value.get());
  }
  static void decode(cdr::Decoder& decoder, std::shared_ptr<T>& value) {
    value = std::dynamic_pointer_cast<T>(stub::read_value(decoder, stub::kValueType<T>));
  }
  static TypeCode type_code() { return Type<T>::type_code(); }
  /// Of what the value is, which may be derived from T.
  static TypeCode type_code_of(const std::shared_ptr<T>& value) {
    return value ? value->corbel_type().type_code() : type_code();
  }
};

}  // namespace corbel
