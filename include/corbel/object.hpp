#pragma once

#include <corbel/reference.hpp>

#include <chrono>
#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace corbel {

namespace detail {
class OrbCore;
class ObjectState;
}  // namespace detail
namespace stub {
struct ObjectAccess;
struct InterfaceType;
template <class... Interfaces>
struct InterfaceList;
}  // namespace stub

/// When a one-way call returns (CORBA Messaging SyncScope).
enum class SyncScope : std::uint8_t {
  none,       ///< once it is queued
  transport,  ///< once it is handed to the transport (the default)
  server,     ///< once the server has received it
  target,     ///< once the servant has run
};

/// How calls through one proxy are made; see with(). Unset members keep what the proxy had.
struct CallOptions {
  /// Time for the whole call, connecting included. The Orb's call_timeout (60 s) when unset.
  std::optional<std::chrono::nanoseconds> deadline{};
  /// The operation may run twice: repeat it when a connection broke before the answer came.
  std::optional<bool> idempotent{};
  std::optional<SyncScope> sync_scope{};
};

/// Base of every proxy: a nullable value, cheap to copy, that can be called from any thread. It
/// keeps no Orb alive: a call after its Orb is gone throws BadInvOrder. Everything that can be done
/// with it is a free function, so that IDL names never clash with ours.
class Object {
 public:
  /// The nil reference; a call on it throws InvObjref.
  Object() = default;
  Object(std::nullptr_t) {}  // NOLINT: nil is written nullptr

 private:
  friend struct stub::ObjectAccess;
  explicit Object(std::shared_ptr<const detail::ObjectState> state) : state_(std::move(state)) {}
  std::shared_ptr<const detail::ObjectState> state_;
};

template <class T>
concept Proxy = std::derived_from<T, Object>;

bool is_nil(const Object& object) noexcept;
/// What the proxy refers to, as data.
ObjectRef reference(const Object& object);
/// "IOR:..."; parse with orb.object<T>(text).
std::string to_string(const Object& object);
/// Same object as far as can be seen without asking; see ObjectRef.
bool operator==(const Object& left, const Object& right);
std::size_t hash(const Object& object);

/// Asks the object whether it supports an interface ("IDL:bank/Account:1.0"); a remote call unless
/// known.
bool is_a(const Object& object, std::string_view repository_id);
/// True when the object certainly does not exist any more; a remote call.
bool non_existent(const Object& object);

namespace stub {
Object with_options(const Object& object, const CallOptions& options);

/// How the library reaches inside an Object.
struct ObjectAccess {
  static Object make(std::shared_ptr<const detail::ObjectState> state) {
    return Object(std::move(state));
  }
  static const std::shared_ptr<const detail::ObjectState>& state(const Object& object) noexcept {
    return object.state_;
  }
  /// From a reference that belongs to this Orb (null: inert, calls throw BadInvOrder).
  static Object make(const std::weak_ptr<detail::OrbCore>* orb, ObjectRef ref);
};
}  // namespace stub

/// A copy of the proxy whose calls use `options`: corbel::with(account, {.deadline =
/// 2s}).withdraw(10).
template <Proxy T>
T with(const T& proxy, const CallOptions& options) {
  return T(stub::with_options(proxy, options));
}

/// The object as a T, without asking.
template <Proxy T>
T unchecked_narrow(const Object& object) {
  return T(object);
}

/// The object as a T if it supports T's interface (asks it when its type id does not tell), else
/// nil.
template <Proxy T>
T narrow(const Object& object) {
  if (is_nil(object) || !is_a(object, Type<T>::kRepositoryId)) return T();
  return T(object);
}

/// How references travel; generated code derives Type<Proxy> from it, naming the interfaces that it
/// inherits from directly, and adds Servant, kRepositoryId and kName.
template <class T, class... Bases_>
struct ProxyType {
  using Bases = stub::InterfaceList<Bases_...>;
  static constexpr std::size_t kSmallestSize = 8;

  static void encode(cdr::Encoder& encoder, const Object& value) {
    Type<ObjectRef>::encode(encoder, reference(value));
  }
  static void decode(cdr::Decoder& decoder, T& value) {
    ObjectRef ref;
    Type<ObjectRef>::decode(decoder, ref);
    value = T(ref.is_nil() ? Object() : stub::ObjectAccess::make(decoder.orb(), std::move(ref)));
  }
  static TypeCode type_code() {
    static const TypeCode code =
        TypeCode::interface(std::string(Type<T>::kRepositoryId), std::string(Type<T>::kName));
    return code;
  }
  /// Defined in stub/operation.hpp.
  static const stub::InterfaceType& interface_type() noexcept;
};

template <>
struct Type<Object> : ProxyType<Object> {
  static constexpr std::string_view kRepositoryId = "IDL:omg.org/CORBA/Object:1.0";
  static constexpr std::string_view kName = "Object";
};

}  // namespace corbel
