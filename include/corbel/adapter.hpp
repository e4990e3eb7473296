#pragma once

#include <corbel/dispatch.hpp>
#include <corbel/object.hpp>
#include <corbel/servant.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace corbel {

namespace detail {
class AdapterCore;
}

/// What restarts do to an adapter's references.
enum class Lifespan : std::uint8_t {
  transient,   ///< they end with the adapter: OBJECT_NOT_EXIST for ever after
  persistent,  ///< they go on; needs a fixed port and a data directory (OrbOptions)
};

struct AdapterOptions {
  DispatchPolicy dispatch = ThreadPerConnection{};
  Lifespan lifespan = Lifespan::transient;
};

/// The id is in use in this adapter.
class ObjectAlreadyActive : public BadParam {
 public:
  using BadParam::BadParam;
  [[noreturn]] void raise() const override { throw *this; }
};

/// Routes requests to the servants activated here. A handle: copies denote the same adapter.
/// It starts holding: requests are answered TRANSIENT until activate_requests() or Orb::run().
/// Threads: every member may be called from any thread.
class Adapter {
 public:
  /// Makes the servant callable under a new id, unique over space and time, and returns its
  /// reference. Shared ownership: a running call may outlive deactivation.
  template <Proxy I>
  I activate(std::shared_ptr<typename Type<I>::Servant> servant) {
    return I(activate_object(std::nullopt, std::move(servant)));
  }
  /// Under an id of the caller's. Throws ObjectAlreadyActive if it is in use.
  template <Proxy I>
  I activate(ObjectId id, std::shared_ptr<typename Type<I>::Servant> servant) {
    return I(activate_object(std::move(id), std::move(servant)));
  }
  /// Under a plain object key, so that corbaloc:iiop:host:port/key finds it.
  /// Throws ObjectAlreadyActive if the key is in use in this Orb.
  template <Proxy I>
  I activate_well_known(std::string key, std::shared_ptr<typename Type<I>::Servant> servant) {
    return I(activate_key(std::move(key), std::move(servant)));
  }

  /// Ends the object: later calls get OBJECT_NOT_EXIST; running calls finish. False if there is
  /// none.
  bool deactivate(const ObjectId& id);
  bool deactivate(const Object& object);
  /// The reference of an active object.
  std::optional<Object> find(const ObjectId& id) const;
  /// A reference to an object of this adapter whether active or not.
  template <Proxy I>
  I make_reference(const ObjectId& id) const {
    return I(make_object(id, Type<I>::kRepositoryId));
  }

  /// Requests are answered from now on / answered TRANSIENT from now on.
  void activate_requests();
  void hold_requests();
  /// Deactivates all objects and waits for running calls (not when called from one of them). The
  /// name is free afterwards.
  void destroy();

  const std::string& name() const noexcept;
  /// When this incarnation began: nanoseconds since the epoch, never reused.
  std::uint64_t timestamp() const noexcept;
  /// Upcalls running now, requests waiting in queues, requests refused because a queue was full,
  /// one-way requests dropped.
  struct Statistics {
    std::size_t running = 0;
    std::size_t queued = 0;
    std::uint64_t refused = 0;
    std::uint64_t dropped_oneway = 0;
    std::uint64_t completed = 0;
  };
  Statistics statistics() const;

  explicit Adapter(std::shared_ptr<detail::AdapterCore> core) : core_(std::move(core)) {}

 private:
  Object activate_object(std::optional<ObjectId> id, std::shared_ptr<Servant> servant);
  Object activate_key(std::string key, std::shared_ptr<Servant> servant);
  Object make_object(const ObjectId& id, std::string_view type_id) const;

  std::shared_ptr<detail::AdapterCore> core_;
};

}  // namespace corbel
