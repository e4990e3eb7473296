#pragma once

#include <corbel/adapter.hpp>

#include <orb/adapter/active_object.hpp>
#include <orb/adapter/adapter_host.hpp>
#include <orb/adapter/departures.hpp>
#include <orb/adapter/dispatcher.hpp>
#include <orb/adapter/first_calls.hpp>
#include <orb/adapter/request_gate.hpp>
#include <orb/base/log.hpp>
#include <orb/base/mutex.hpp>
#include <orb/ior/keyed_hash.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace corbel::detail {

/// An object adapter: active objects, where others come from, state, counts.
/// Threads: any.
class AdapterCore {
 public:
  struct Settings {
    std::string name;
    std::uint64_t timestamp = 0;
    bool persistent = false;
    std::weak_ptr<adapter::AdapterHost> host{};
    IdAssignment ids = IdAssignment::both;
    std::size_t held_requests = 0;
  };
  AdapterCore(Settings settings, std::unique_ptr<adapter::Dispatcher> dispatcher);
  ~AdapterCore();

  const std::string& name() const noexcept { return settings_.name; }
  std::uint64_t timestamp() const noexcept { return settings_.timestamp; }
  bool is_persistent() const noexcept { return settings_.persistent; }
  /// Null once the Orb is gone.
  std::shared_ptr<adapter::AdapterHost> host() const { return settings_.host.lock(); }
  adapter::Dispatcher& dispatcher() noexcept { return *dispatcher_; }

  /// Throws ObjectAlreadyActive; BadInvOrder once deactivated or destroyed, or when the adapter
  /// does not take such ids. `key` empty: made from the id.
  std::shared_ptr<adapter::ActiveObject> activate(std::optional<ObjectId> id, std::string key,
                                                  std::shared_ptr<Servant> servant);
  std::shared_ptr<adapter::ActiveObject> deactivate(std::string_view id);
  std::shared_ptr<adapter::ActiveObject> find(std::string_view id) const;
  std::string key_of(const ObjectId& id) const;

  /// One of them, once; see Adapter.
  void set_manager(std::shared_ptr<ServantActivator> activator,
                   std::shared_ptr<ServantLocator> locator,
                   std::shared_ptr<Servant> default_servant);
  /// Objects that are not active may be there nevertheless.
  bool has_manager() const noexcept { return has_manager_.load(std::memory_order_acquire); }
  std::shared_ptr<Servant> default_servant() const;
  /// Requests find their object only when they run: one that waits for its turn must not keep an
  /// object from departing for which another, ahead of it, waits.
  bool finds_late() const noexcept { return finds_late_.load(std::memory_order_acquire); }
  /// What the servant manager says about an object that is not active: an object that is now, or a
  /// lease. Runs the user's code: on the thread of the upcall, as one. Throws OBJECT_NOT_EXIST,
  /// ForwardRequest and what the manager throws.
  struct Provided {
    std::shared_ptr<adapter::ActiveObject> object{};
    ServantLease lease{};
  };
  Provided provide(const ObjectId& id, std::string_view operation, Deadline until);

  /// True: active, false: holding.
  void set_accepting(bool accepting) {
    set_state(accepting ? AdapterState::active : AdapterState::holding);
  }
  /// Throws BadInvOrder when the adapter is deactivated or destroyed.
  void set_state(AdapterState state);
  /// False then.
  bool try_set_state(AdapterState state);
  AdapterState state() const noexcept { return gate_.state(); }
  /// Throws what a request is answered with, unless it may run.
  void require_accepting() const;
  /// The same, unless it may run or wait.
  void require_admission() const;
  adapter::RequestGate& gate() noexcept { return gate_; }
  bool is_destroyed() const noexcept { return destroyed_.load(std::memory_order_acquire); }

  /// A request is accepted.
  void enter() noexcept { entered_.fetch_add(1); }
  /// Its upcall has returned.
  void leave() noexcept;
  /// The same, but a Responder may still answer it; end_lingering() once it has.
  void leave_lingering() noexcept;
  void end_lingering() noexcept;
  /// It goes back to where it came from.
  void leave_undone() noexcept;
  /// Refuses everything from now on, deactivates all objects. For good.
  void end_requests() { deactivate_all(); }
  /// The same, and nothing is left to be called. False the second time.
  bool begin_destruction();
  /// Lets go of the servants once the Orb has ended, on the thread that ends it: a servant's own
  /// thread, answering a last request, must not be the one that destroys it.
  void release_objects();
  /// Waits until no upcall runs (or `upcalls` passes), then until all requests are answered (or
  /// `answers` passes, counted from there).
  void drain(std::chrono::nanoseconds upcalls, std::chrono::nanoseconds answers);
  /// Waits until no upcall runs, held requests aside, and nothing waits to be etherealized. False
  /// when `until` came first.
  bool wait_until_idle(Deadline until);
  /// Waits until every request has been answered and let go of, and nothing waits to be
  /// etherealized. False when `until` came first.
  bool wait_until_unused(Deadline until);

  void count_refused() noexcept { refused_.fetch_add(1, std::memory_order_relaxed); }
  void count_dropped_oneway(std::string_view operation);
  Adapter::Statistics statistics() const;

 private:
  using Objects = std::unordered_map<std::string, std::shared_ptr<adapter::ActiveObject>,
                                     ior::KeyedHash, std::equal_to<>>;

  /// An object, and whether it is etherealized in the end.
  std::shared_ptr<adapter::ActiveObject> make_object(ObjectId id, std::string key,
                                                     std::shared_ptr<Servant> servant) const
      CORBEL_REQUIRES(mutex_);
  std::shared_ptr<adapter::ActiveObject> incarnate(adapter::Departures& departures,
                                                   const ObjectId& id, Deadline until);
  /// Requests whose upcall has not returned.
  std::size_t in_work() const noexcept;
  /// Requests that may still be answered.
  std::size_t open() const noexcept;
  void tell_watchers() noexcept;
  void deactivate_all();
  [[noreturn]] void throw_refusal(AdapterState state) const;
  void throw_if_ended() const CORBEL_REQUIRES(mutex_);

  const Settings settings_;
  const std::unique_ptr<adapter::Dispatcher> dispatcher_;
  adapter::RequestGate gate_;
  adapter::FirstCalls first_calls_;
  std::atomic<bool> destroyed_{false};
  std::atomic<bool> has_manager_{false};
  std::atomic<bool> finds_late_{false};
  // Two counts cost a request less than one that goes up and down and one of what is done.
  std::atomic<std::uint64_t> entered_{0};  // and not gone back
  std::atomic<std::uint64_t> left_{0};     // of them
  std::atomic<std::size_t> lingering_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> dropped_oneway_{0};
  std::atomic<std::size_t> watchers_{0};  // of in_work() and open()
  log::Every dropped_log_;
  mutable Mutex mutex_;
  Condition drained_;
  Objects objects_ CORBEL_GUARDED_BY(mutex_);
  /// One of them at most, never changed once set.
  std::shared_ptr<adapter::Departures> departures_ CORBEL_GUARDED_BY(mutex_);
  std::shared_ptr<ServantLocator> locator_ CORBEL_GUARDED_BY(mutex_);
  std::shared_ptr<Servant> default_servant_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::detail
