#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/object.hpp>
#include <corbel/orb.hpp>
#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <corbel/stub/operation.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What users of .proto services need besides their generated code. Includes nothing of protobuf:
/// the messages are template parameters. docs/protocol.md says which octets travel.
namespace corbel::proto {

/// A message as it travels: as an IDL sequence<octet> of the message's own octets.
/// A message that protobuf cannot parse (also: text that is not UTF-8) is MARSHAL.
template <class M>
struct Message {
  using Value = M;
  static constexpr std::size_t kSmallestSize = 4;

  /// Throws BadParam when a required field is missing (proto2), ImpLimit above 2 GiB.
  static void encode(cdr::Encoder& encoder, const M& message) {
    if (!message.IsInitialized()) {
      throw BadParam(M::descriptor()->full_name() +
                     " lacks required fields: " + message.InitializationErrorString());
    }
    const std::size_t size = message.ByteSizeLong();
    if (size > 0x7fffffff) throw ImpLimit(M::descriptor()->full_name() + " is larger than 2 GiB");
    encoder.write_count(size);
    const auto room = encoder.write_room(size);
    message.SerializeWithCachedSizesToArray(reinterpret_cast<std::uint8_t*>(room.data()));
  }

  static void decode(cdr::Decoder& decoder, M& message) {
    const std::uint32_t size = decoder.read_count(1, 0, true);
    if (const auto octets = decoder.view_array<std::uint8_t>(size); octets.size() == size) {
      parse(decoder, message, octets);
      return;
    }
    if (!decoder.claim(size, 0)) return;
    std::vector<std::uint8_t> copy(size);
    decoder.read_array(std::span(copy));
    parse(decoder, message, copy);
  }

 private:
  static void parse(cdr::Decoder& decoder, M& message, std::span<const std::uint8_t> octets) {
    if (decoder.failed()) return;
    if (octets.size() > 0x7fffffff ||
        !message.ParseFromArray(octets.data(), static_cast<int>(octets.size()))) {
      decoder.fail("octets are no such protobuf message");
    }
  }
};

/// "bank.InsufficientFunds" -> "IDL:bank/InsufficientFunds:1.0"
std::string repository_id_of(std::string_view full_name);
/// How a message of this name looks when it is thrown.
TypeCode error_type_code(std::string_view full_name);

/// A message thrown by an operation whose (corbel.raises) option names it:
///
///   throw corbel::proto::Error(insufficient_funds);
///   catch (const corbel::proto::Error<bank::InsufficientFunds>& error) { error.value.balance(); }
template <class M>
class Error : public UserException {
 public:
  Error() : UserException(type()) {}
  explicit Error(M message) : UserException(type()), value(std::move(message)) {}

  M value;

  /// For generated code: how the exception travels, under the names of `M`.
  static const stub::ExceptionType& type();
  static void encode(cdr::Encoder& encoder, const UserException& exception) {
    Message<M>::encode(encoder, static_cast<const Error&>(exception).value);
  }
  [[noreturn]] static void raise(const stub::ExceptionType&, cdr::Decoder& decoder) {
    Error error;
    Message<M>::decode(decoder, error.value);
    decoder.throw_if_failed(error.what(), static_cast<std::uint32_t>(Completion::maybe));
    throw error;
  }
  /// exception { sequence<octet> value; }
  static TypeCode type_code(const stub::ExceptionType&) {
    return error_type_code(M::descriptor()->full_name());
  }
};

/// How Error<M> travels, under these names; for generated code.
template <class M>
constexpr stub::ExceptionType exception_type(std::string_view repository_id, const char* name) {
  return {repository_id, name, &Error<M>::encode, &Error<M>::raise, &Error<M>::type_code};
}

template <class M>
const stub::ExceptionType& Error<M>::type() {
  static const std::string name = M::descriptor()->full_name();
  static const std::string id = repository_id_of(name);
  static const stub::ExceptionType type = exception_type<M>(id, name.c_str());
  return type;
}

/// Puts a reference to `object` into a corbel.ObjectReference; nil empties it.
///   corbel::proto::set_reference(*request.mutable_listener(), listener);
template <Proxy T, class Reference>
void set_reference(Reference& field, const T& object) {
  field.Clear();
  if (is_nil(object)) return;
  field.set_uri(to_string(object));
  field.set_type_id(std::string(reference(object).type_id()));
}

/// The object that the text of a corbel.ObjectReference denotes, without asking anybody; nil when
/// empty. Throws BadParam when it is no "IOR:" or "corbaloc:iiop:" reference: a message may come
/// from anywhere, and text that has to be looked up (corbaname:, corbaloc:rir:) would make its
/// receiver call whom the sender likes.
Object object_of(Orb& orb, std::string_view uri);

/// The object in a corbel.ObjectReference, as a T; nil when the field is empty. Unchecked, as a
/// reference among IDL arguments is: corbel::narrow<T>() asks the object. Throws as object_of().
///   auto listener = corbel::proto::get_reference<chat::Listener>(orb, request.listener());
template <Proxy T, class Reference>
T get_reference(Orb& orb, const Reference& field) {
  return T(object_of(orb, field.uri()));
}

}  // namespace corbel::proto
