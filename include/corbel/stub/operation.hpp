#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/object.hpp>
#include <corbel/stub/type.hpp>

#include <array>
#include <span>
#include <string_view>

namespace corbel::stub {

struct ValueType;

/// How a user exception travels.
struct ExceptionType {
  std::string_view repository_id;
  const char* name;  ///< the C++ name, what()
  void (*encode)(cdr::Encoder&, const UserException&);
  /// Decodes the members (after the repository id) and throws the exception; is given its own
  /// description, which may hold more.
  void (*raise)(const ExceptionType&, cdr::Decoder&);
  TypeCode (*type_code)(const ExceptionType&);
};

/// The description of a generated exception; Type<E> has kRepositoryId and kName.
template <class E>
inline constexpr ExceptionType kExceptionType{
    Type<E>::kRepositoryId, Type<E>::kName,
    [](cdr::Encoder& encoder, const UserException& exception) {
      Type<E>::encode(encoder, static_cast<const E&>(exception));
    },
    [](const ExceptionType&, cdr::Decoder& decoder) {
      E exception;
      Type<E>::decode(decoder, exception);
      decoder.throw_if_failed(Type<E>::kName, static_cast<std::uint32_t>(Completion::maybe));
      throw exception;
    },
    [](const ExceptionType&) { return Type<E>::type_code(); }};

template <class E>
const ExceptionType& exception_type_of() noexcept {
  return kExceptionType<E>;
}

/// The exceptions of a raises clause: Operation{"withdraw", false, raises<InsufficientFunds>}.
template <class... E>
inline constexpr std::array<const ExceptionType*, sizeof...(E)> raises{&kExceptionType<E>...};

/// An interface and those it inherits from; one constant per interface.
struct InterfaceType {
  std::string_view repository_id;
  std::span<const InterfaceType* const> bases = {};

  bool is_a(std::string_view id) const noexcept {
    if (id == repository_id) return true;
    for (const auto* base : bases) {
      if (base->is_a(id)) return true;
    }
    return false;
  }
  /// The same interface, also when two shared libraries hold a copy of the constant each.
  friend bool operator==(const InterfaceType& left, const InterfaceType& right) noexcept {
    return &left == &right || left.repository_id == right.repository_id;
  }
};

template <class Interface>
inline constexpr InterfaceType kInterfaceType{Type<Interface>::kRepositoryId,
                                              Type<Interface>::Bases::kTypes};

template <class... Interfaces>
struct InterfaceList {
  static constexpr std::array<const InterfaceType*, sizeof...(Interfaces)> kTypes{
      &kInterfaceType<Interfaces>...};
};

/// An operation or attribute access as it stands in a request. A constant: it needs no
/// initialization at run time, so calls work from static constructors too.
struct Operation {
  std::string_view name;  ///< on the wire: "withdraw", "_get_owner"
  bool oneway = false;
  std::span<const ExceptionType* const> raises = {};
  std::string_view scoped_name = {};  ///< "bank::Account::withdraw", for messages
  /// The valuetypes of the interface's file, if values are among what the operation carries.
  std::span<const ValueType* const> values = {};

  const ExceptionType* find_exception(std::string_view repository_id) const noexcept {
    for (const auto* type : raises) {
      if (type->repository_id == repository_id) return type;
    }
    return nullptr;
  }
};

}  // namespace corbel::stub

namespace corbel {

template <class T, class... Bases_>
const stub::InterfaceType& ProxyType<T, Bases_...>::interface_type() noexcept {
  return stub::kInterfaceType<T>;
}

}  // namespace corbel
