#pragma once

#include <corbel/dispatch.hpp>
#include <corbel/object.hpp>
#include <corbel/servant.hpp>
#include <corbel/servant_manager.hpp>

#include <chrono>
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

/// Who names an adapter's objects.
enum class IdAssignment : std::uint8_t {
  both,       ///< whoever activates decides each time
  user,       ///< only ids of the user's
  generated,  ///< only ids of the adapter's own making, unique over space and time
};

/// What an adapter does with requests; they always reach it in some state.
enum class AdapterState : std::uint8_t {
  holding,     ///< they wait, up to AdapterOptions::held_requests; the next get TRANSIENT
  active,      ///< they run
  discarding,  ///< they get TRANSIENT
  inactive,    ///< they get OBJ_ADAPTER, after destroy() OBJECT_NOT_EXIST; final
};

struct AdapterOptions {
  DispatchPolicy dispatch = ThreadPerConnection{};
  Lifespan lifespan = Lifespan::transient;
  IdAssignment ids = IdAssignment::both;
  /// Requests that may wait while the adapter holds, at its start and later. None unless decided
  /// otherwise: then a request to a holding adapter gets TRANSIENT, which callers repeat.
  std::size_t held_requests = 0;
};

/// The id is in use in this adapter.
class ObjectAlreadyActive : public BadParam {
 public:
  using BadParam::BadParam;
  [[noreturn]] void raise() const override { throw *this; }
};

/// Routes requests to the servants activated here. A handle: copies denote the same adapter.
/// It starts holding (see AdapterState) until activate_requests() or Orb::run().
///
/// An object that is not active is looked for where the adapter was told to: an activator makes its
/// servant on the first call, a locator finds one for each call, a default servant serves all.
/// Without any of them it does not exist.
/// Threads: every member may be called from any thread.
class Adapter {
 public:
  /// Makes the servant callable under a new id, unique over space and time, and returns its
  /// reference. Shared ownership: a running call may outlive deactivation.
  /// Throws BadInvOrder when the adapter only takes ids of the user's.
  template <Proxy I>
  I activate(std::shared_ptr<typename Type<I>::Servant> servant) {
    return I(activate_object(std::nullopt, std::move(servant)));
  }
  /// Under an id of the caller's. Throws ObjectAlreadyActive if it is in use, BadInvOrder when the
  /// adapter makes all ids by itself.
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

  /// Ends the object: later calls get OBJECT_NOT_EXIST, or reach the servant manager; running calls
  /// finish. False if there is none.
  bool deactivate(const ObjectId& id);
  bool deactivate(const Object& object);
  /// The reference of an active object.
  std::optional<Object> find(const ObjectId& id) const;
  /// A reference to an object of this adapter whether active or not. The adapter keeps nothing of
  /// it: a million references cost no memory here.
  template <Proxy I>
  I make_reference(const ObjectId& id) const {
    return I(make_object(id, Type<I>::kRepositoryId));
  }

  /// Where servants of objects that are not active come from; one of the three, once. Objects
  /// activated from then on are etherealized too. Throws BadInvOrder when the adapter has one,
  /// BadParam for null.
  void set_servant_activator(std::shared_ptr<ServantActivator> activator);
  void set_servant_locator(std::shared_ptr<ServantLocator> locator);
  /// Serves every object that is not active; it learns from CallContext::current() which one was
  /// called. The dispatch policy still counts by object: under ThreadPerObject calls of different
  /// objects may overlap in this one servant.
  void set_default_servant(std::shared_ptr<Servant> servant);

  /// Requests run from now on; those held run first.
  void activate_requests();
  /// Requests wait from now on, or get TRANSIENT; see AdapterState. Running ones finish.
  void hold_requests();
  /// Requests get TRANSIENT from now on, those held too. Running ones finish.
  void discard_requests();
  /// Requests get OBJ_ADAPTER from now on. Deactivates all objects. There is no way back, only
  /// destroy().
  void deactivate_requests();
  AdapterState state() const noexcept;
  /// Waits until no upcall of the adapter runs and none of its objects waits to be etherealized, at
  /// most this long: what to do after one of the changes above. False when it took longer; at once
  /// when called inside an upcall, which cannot wait for its own end.
  bool wait_until_idle(std::chrono::nanoseconds at_most) const;
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
