#pragma once

#include <corbel/object.hpp>
#include <corbel/servant.hpp>

#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace corbel {

/// Thrown by a servant manager, or by a servant: the object is elsewhere, the caller is to call it
/// there. Over the wire this is LOCATION_FORWARD; the caller's Orb follows it unseen. Nobody can
/// forward a one-way request: it is logged and lost.
class ForwardRequest : public std::exception {
 public:
  /// `permanent`: callers may forget the old reference (LOCATION_FORWARD_PERM; a plain forward for
  /// callers of GIOP 1.0 and 1.1). Throws BadParam for the nil reference and for one without an
  /// address.
  explicit ForwardRequest(ObjectRef target, bool permanent = false)
      : target_(std::move(target)), permanent_(permanent) {
    if (target_.profiles().empty()) throw BadParam("ForwardRequest to a reference without address");
  }
  explicit ForwardRequest(const Object& target, bool permanent = false)
      : ForwardRequest(reference(target), permanent) {}

  const ObjectRef& target() const noexcept { return target_; }
  bool is_permanent() const noexcept { return permanent_; }
  const char* what() const noexcept override { return "corbel::ForwardRequest"; }

 private:
  ObjectRef target_;
  bool permanent_;
};

/// Makes servants when their objects are called for the first time, and takes them back.
/// Both functions run where the adapter's dispatch policy would run the upcall, for different
/// objects at the same time; for one object never two of them.
/// They may throw ForwardRequest (incarnate only) or a system exception, which is the caller's
/// answer then.
class ServantActivator {
 public:
  virtual ~ServantActivator() = default;

  /// The servant for an object that is not active; from now on it is, until it is deactivated.
  /// Called once for all calls that arrive meanwhile; they share the outcome. Null: there is no
  /// such object (OBJECT_NOT_EXIST). CallContext::current() is that of the first call.
  virtual std::shared_ptr<Servant> incarnate(const ObjectId& id) = 0;

  /// The object was deactivated and its last call is over: on the thread of whichever came last.
  /// Until this returns the object is not incarnated again. `adapter_ends`: the adapter was
  /// deactivated or destroyed, or the Orb is shutting down. What it throws is logged.
  virtual void etherealize(const ObjectId& id, std::shared_ptr<Servant> servant,
                           bool adapter_ends) {
    static_cast<void>(id), static_cast<void>(servant), static_cast<void>(adapter_ends);
  }
};

/// A servant for the time of one call, with what is to be done after it. Move-only.
class ServantLease {
 public:
  using After = std::function<void()>;

  /// No servant: there is no such object.
  ServantLease() = default;
  ServantLease(std::nullptr_t) {}  // NOLINT: a null servant
  /// `after` runs on the same thread when the operation has returned and before its answer is sent,
  /// whatever the operation threw. If it throws a system exception, that is the answer. An
  /// operation in its asynchronous form has returned when its function has, answered or not.
  template <std::derived_from<Servant> S>
  ServantLease(std::shared_ptr<S> servant, After after = {})  // NOLINT: a servant is a lease
      : servant_(std::move(servant)), after_(std::move(after)) {}

  ServantLease(ServantLease&& other) noexcept { swap(other); }
  ServantLease& operator=(ServantLease&& other) noexcept {
    swap(other);
    return *this;
  }
  ~ServantLease() = default;

  const std::shared_ptr<Servant>& servant() const noexcept { return servant_; }
  bool has_end() const noexcept { return after_ != nullptr; }
  /// Runs `after`, once.
  void end() {
    if (const auto after = std::exchange(after_, nullptr)) after();
  }

 private:
  void swap(ServantLease& other) noexcept {
    servant_.swap(other.servant_);
    after_.swap(other.after_);
  }
  std::shared_ptr<Servant> servant_;
  After after_;
};

/// Finds a servant for each single call; nothing is remembered between calls.
/// Threads: as the adapter's dispatch policy says, preinvoke for different objects at the same
/// time.
class ServantLocator {
 public:
  virtual ~ServantLocator() = default;

  /// The servant for this call of this object, or null: OBJECT_NOT_EXIST. `operation` is its name
  /// on the wire ("withdraw", "_get_owner", "_is_a"); "_non_existent" also when a peer only asks
  /// whether the object is here (LocateRequest). May throw ForwardRequest or a system exception.
  virtual ServantLease preinvoke(const ObjectId& id, std::string_view operation) = 0;
};

}  // namespace corbel
