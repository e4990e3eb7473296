#pragma once

#include <corbel/stub/type.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>

namespace corbel {

/// Base of local interfaces and native types: objects of this program that are called directly and
/// cannot travel. They are held by std::shared_ptr; null is nil.
class LocalObject {
 public:
  LocalObject() = default;
  LocalObject(const LocalObject&) = delete;
  LocalObject& operator=(const LocalObject&) = delete;
  virtual ~LocalObject() = default;
};

namespace stub {
/// Throws Marshal, as CORBA 3.3, 8.3.14 demands of local objects.
[[noreturn]] void throw_local(std::string_view repository_id);
}  // namespace stub

/// A local object; the generated Type<T> has kRepositoryId and kName.
template <std::derived_from<LocalObject> T>
struct Type<std::shared_ptr<T>> {
  static constexpr std::size_t kSmallestSize = 0;
  static void encode(cdr::Encoder&, const std::shared_ptr<T>&) {
    stub::throw_local(Type<T>::kRepositoryId);
  }
  static void decode(cdr::Decoder& decoder, std::shared_ptr<T>&) {
    decoder.fail("a local object cannot be received");
  }
  static TypeCode type_code() {
    return TypeCode::local_interface(std::string(Type<T>::kRepositoryId),
                                     std::string(Type<T>::kName));
  }
};

}  // namespace corbel
