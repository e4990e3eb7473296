#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/stub/type.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

namespace corbel::stub {

/// How a user exception travels.
struct ExceptionType {
  std::string_view repository_id;
  const char* name;  ///< the C++ name, what()
  void (*encode)(cdr::Encoder&, const UserException&);
  /// Decodes the members (after the repository id) and throws the exception.
  void (*raise)(cdr::Decoder&);
};

/// The description of a generated exception; Type<E> has kRepositoryId and kName.
template <class E>
const ExceptionType& exception_type_of() {
  static constexpr ExceptionType type{
      Type<E>::kRepositoryId, Type<E>::kName,
      [](cdr::Encoder& encoder, const UserException& exception) {
        Type<E>::encode(encoder, static_cast<const E&>(exception));
      },
      [](cdr::Decoder& decoder) {
        E exception;
        Type<E>::decode(decoder, exception);
        decoder.throw_if_failed(Type<E>::kName, static_cast<std::uint32_t>(Completion::maybe));
        throw exception;
      }};
  return type;
}

/// An interface and those it inherits from; one static object per interface.
struct InterfaceType {
  std::string_view repository_id;
  std::vector<const InterfaceType*> bases;

  bool is_a(std::string_view id) const noexcept {
    if (id == repository_id) return true;
    for (const auto* base : bases) {
      if (base->is_a(id)) return true;
    }
    return false;
  }
};

/// An operation or attribute access as it stands in a request.
struct Operation {
  std::string_view name;  ///< on the wire: "withdraw", "_get_owner"
  bool oneway = false;
  std::vector<const ExceptionType*> raises = {};
  std::string_view scoped_name = {};  ///< "bank::Account::withdraw", for messages

  const ExceptionType* find_exception(std::string_view repository_id) const noexcept {
    for (const auto* type : raises) {
      if (type->repository_id == repository_id) return type;
    }
    return nullptr;
  }
};

}  // namespace corbel::stub
