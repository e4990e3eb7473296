#pragma once

#include <corbel/object.hpp>
#include <corbel/stub/value.hpp>

#include <memory>
#include <utility>

namespace corbel {

class AbstractBase;

namespace stub {
/// How the library reaches inside an AbstractBase.
struct AbstractAccess {
  static const std::shared_ptr<ValueBase>& value(const AbstractBase& holder) noexcept;
};
}  // namespace stub

/// Base of the classes of abstract interfaces: a reference to an object, a value, or nothing. An
/// operation is called on whichever it is; the asynchronous form only on objects.
class AbstractBase : public Object {
 public:
  AbstractBase() = default;
  explicit AbstractBase(Object object) : Object(std::move(object)) {}
  explicit AbstractBase(std::shared_ptr<ValueBase> value) : value_(std::move(value)) {}

 private:
  friend struct stub::AbstractAccess;
  std::shared_ptr<ValueBase> value_;
};

inline const std::shared_ptr<ValueBase>& stub::AbstractAccess::value(
    const AbstractBase& holder) noexcept {
  return holder.value_;
}

/// The value held, or null: corbel::value(described).
inline const std::shared_ptr<ValueBase>& value(const AbstractBase& holder) noexcept {
  return stub::AbstractAccess::value(holder);
}

/// How abstract interfaces travel (CORBA 3.3 part 2, 9.3.7): a boolean, then a reference or a
/// value. Generated code derives Type<T> from it and adds what ProxyType asks for, and Value.
template <class T, class... Bases_>
struct AbstractType : ProxyType<T, Bases_...> {
  static constexpr std::size_t kSmallestSize = 5;

  static void encode(cdr::Encoder& encoder, const AbstractBase& holder) {
    const bool is_object = !is_nil(holder);
    encoder.write(is_object);
    if (is_object) {
      Type<ObjectRef>::encode(encoder, reference(holder));
    } else {
      stub::write_value(encoder, value(holder).get());
    }
  }
  static void decode(cdr::Decoder& decoder, T& holder) {
    if (decoder.read<bool>()) {
      ProxyType<T, Bases_...>::decode(decoder, holder);
    } else {
      holder =
          T(AbstractBase(stub::read_value(decoder, stub::kValueType<typename Type<T>::Value>)));
    }
  }
  static TypeCode type_code() {
    static const TypeCode code = TypeCode::abstract_interface(std::string(Type<T>::kRepositoryId),
                                                              std::string(Type<T>::kName));
    return code;
  }
};

}  // namespace corbel
