#pragma once

#include <corbel/adapter.hpp>

#include <orb/adapter/active_object.hpp>
#include <orb/adapter/adapter_host.hpp>
#include <orb/adapter/dispatcher.hpp>
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

/// An object adapter: active objects, state, counts.
/// Threads: any.
class AdapterCore {
 public:
  struct Settings {
    std::string name;
    std::uint64_t timestamp = 0;
    bool persistent = false;
    std::weak_ptr<adapter::AdapterHost> host{};
  };
  AdapterCore(Settings settings, std::unique_ptr<adapter::Dispatcher> dispatcher);
  ~AdapterCore();

  const std::string& name() const noexcept { return settings_.name; }
  std::uint64_t timestamp() const noexcept { return settings_.timestamp; }
  bool is_persistent() const noexcept { return settings_.persistent; }
  /// Null once the Orb is gone.
  std::shared_ptr<adapter::AdapterHost> host() const { return settings_.host.lock(); }
  adapter::Dispatcher& dispatcher() noexcept { return *dispatcher_; }

  /// Throws ObjectAlreadyActive; BadInvOrder once destroyed. `key` empty: made from the id.
  std::shared_ptr<adapter::ActiveObject> activate(std::optional<ObjectId> id, std::string key,
                                                  std::shared_ptr<Servant> servant);
  std::shared_ptr<adapter::ActiveObject> deactivate(std::string_view id);
  std::shared_ptr<adapter::ActiveObject> find(std::string_view id) const;
  std::string key_of(const ObjectId& id) const;

  void set_accepting(bool accepting);
  bool is_accepting() const noexcept { return accepting_.load(); }
  /// Throws OBJECT_NOT_EXIST or TRANSIENT unless requests are answered.
  void require_accepting() const;
  bool is_destroyed() const noexcept { return destroyed_.load(std::memory_order_acquire); }
  /// True at least once: then the adapter is past its start.
  bool has_accepted() const noexcept { return has_accepted_.load(std::memory_order_relaxed); }

  /// A request is accepted / its upcall has returned.
  void enter() noexcept { in_work_.fetch_add(1); }
  void leave() noexcept;
  /// A request exists that may still be answered, by a Responder perhaps.
  void open_request() noexcept { open_.fetch_add(1, std::memory_order_relaxed); }
  void close_request() noexcept;
  /// Refuses everything from now on, deactivates all objects.
  void begin_destruction();
  /// Lets go of the servants once the Orb has ended, on the thread that ends it: a servant's own
  /// thread, answering a last request, must not be the one that destroys it.
  void release_objects();
  /// Waits until no upcall runs (or `upcalls` passes), then until all requests are answered (or
  /// `answers` passes, counted from there).
  void drain(std::chrono::nanoseconds upcalls, std::chrono::nanoseconds answers);

  void count_refused() noexcept { refused_.fetch_add(1, std::memory_order_relaxed); }
  void count_dropped_oneway(std::string_view operation);
  Adapter::Statistics statistics() const;

 private:
  using Objects = std::unordered_map<std::string, std::shared_ptr<adapter::ActiveObject>,
                                     ior::KeyedHash, std::equal_to<>>;

  const Settings settings_;
  const std::unique_ptr<adapter::Dispatcher> dispatcher_;
  std::atomic<bool> accepting_{false};
  std::atomic<bool> has_accepted_{false};
  std::atomic<bool> destroyed_{false};
  std::atomic<std::size_t> in_work_{0};
  std::atomic<std::size_t> open_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> dropped_oneway_{0};
  std::atomic<std::uint64_t> completed_{0};
  std::atomic<bool> draining_{false};
  log::Every dropped_log_;
  mutable Mutex mutex_;
  Condition drained_;
  Objects objects_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::detail
