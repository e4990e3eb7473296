#pragma once

#include <corbel/reference.hpp>
#include <corbel/servant.hpp>
#include <corbel/stub/operation.hpp>

#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>
#include <orb/connection/connection_pool.hpp>
#include <orb/giop/target.hpp>

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace corbel::invocation {

class AsyncCall;

/// An object of this same Orb, found once for a reference; calls to it skip the network.
/// Threads: any.
class LocalBinding {
 public:
  virtual ~LocalBinding() = default;

  /// A call that runs on the caller's thread. It lives in memory of the caller's.
  class Visit {
   public:
    virtual ~Visit() = default;
    virtual Servant* servant() noexcept = 0;
  };
  /// When the caller stops waiting, if it said so.
  using Until = std::optional<SteadyClock::time_point>;
  /// Enters the servant, if its adapter's policy lets the caller's thread run it. Null: take the
  /// way of a message. Throws what a request would be answered with (TRANSIENT, OBJECT_NOT_EXIST).
  virtual Visit* visit(const stub::Operation& operation, std::span<std::byte> memory,
                       Until until) = 0;
  /// The same in the plain case, a known object that is active and no deadline: asks nothing of the
  /// Orb, which may be gone. Null: ask visit().
  virtual Visit* visit_known(const stub::Operation& operation, std::span<std::byte> memory) = 0;
};

/// Where a call went, so that the next one need not look for it.
struct KnownWay {
  std::size_t endpoint = 0;  // of the route's original reference
  GiopVersion version;
  connection::ConnectionPool::PlacePointer place;
};

/// Where the calls of a proxy go: its reference, or where the object's server forwarded them to.
/// Shared by copies of the proxy.
/// Threads: any.
class Route {
 public:
  explicit Route(ObjectRef original) : original_(std::move(original)), current_(original_) {}

  const ObjectRef& original() const noexcept { return original_; }
  ObjectRef current() const;
  bool is_forwarded() const noexcept { return forwarded_.load(std::memory_order_acquire); }
  void forward(ObjectRef target, bool permanent);
  /// Back to the reference (or the last permanent forward). False when there already.
  bool fall_back();

  /// An asynchronous call was answered where the route leads. Until it leads elsewhere.
  bool is_settled() const noexcept { return settled_.load(std::memory_order_relaxed); }
  void settle() noexcept { settled_.store(true, std::memory_order_relaxed); }

  /// Which of the current reference's endpoints answered last.
  std::size_t endpoint() const noexcept { return endpoint_.load(std::memory_order_relaxed); }
  void set_endpoint(std::size_t index) noexcept {
    endpoint_.store(index, std::memory_order_relaxed);
  }

  /// A call to `target` found this; kept if that is the original reference.
  void remember(KnownWay way, const ObjectRef& target);
  /// Where the last call went that had to look for it. Null: none yet, or the route is forwarded,
  /// or its server wants the object named otherwise than by key. Lives as long as the route.
  const KnownWay* known_way() const noexcept {
    if (is_forwarded() || addressing() != giop::AddressingDisposition::key) return nullptr;
    return known_way_.load(std::memory_order_acquire);
  }

  /// How requests name the object: by key unless the server of the current reference asked for
  /// more.
  giop::AddressingDisposition addressing() const noexcept {
    return addressing_.load(std::memory_order_relaxed);
  }
  void set_addressing(giop::AddressingDisposition wanted) noexcept {
    addressing_.store(wanted, std::memory_order_relaxed);
  }

  /// The object of this Orb behind the current reference; null if it lives elsewhere. `bind` is
  /// asked once for each forward.
  template <class Bind>
  LocalBinding* local(const Bind& bind) {
    if (bound_.load(std::memory_order_acquire)) return binding_.load(std::memory_order_acquire);
    MutexLock lock(mutex_);
    if (!bound_.load(std::memory_order_relaxed)) {
      if (auto binding = bind(current_)) {
        binding_.store(binding.get(), std::memory_order_release);
        bindings_.push_back(std::move(binding));  // kept: callers may be using an earlier one
      } else {
        binding_.store(nullptr, std::memory_order_release);
      }
      bound_.store(true, std::memory_order_release);
    }
    return binding_.load(std::memory_order_acquire);
  }

  /// It was asked for already, and lives elsewhere.
  bool is_known_remote() const noexcept {
    return bound_.load(std::memory_order_acquire) &&
           binding_.load(std::memory_order_acquire) == nullptr;
  }
  /// local() as far as it was asked for already.
  LocalBinding* known_local() const noexcept {
    return bound_.load(std::memory_order_acquire) ? binding_.load(std::memory_order_acquire)
                                                  : nullptr;
  }

  /// Asynchronous calls that wait for the connection, in order. True when the caller is the first
  /// and has to see to it.
  bool enqueue(std::shared_ptr<AsyncCall> call);
  /// The next of them; null when there is none, which ends the first caller's duty.
  std::shared_ptr<AsyncCall> dequeue();
  bool is_connecting() const;

 private:
  const ObjectRef original_;
  mutable Mutex mutex_;
  ObjectRef current_ CORBEL_GUARDED_BY(mutex_);
  ObjectRef permanent_ CORBEL_GUARDED_BY(mutex_);
  std::deque<std::shared_ptr<AsyncCall>> waiting_ CORBEL_GUARDED_BY(mutex_);
  bool connecting_ CORBEL_GUARDED_BY(mutex_) = false;
  std::vector<std::shared_ptr<LocalBinding>> bindings_ CORBEL_GUARDED_BY(mutex_);
  /// At most one for each endpoint of the reference; callers may be using an earlier one.
  std::vector<std::unique_ptr<const KnownWay>> ways_ CORBEL_GUARDED_BY(mutex_);
  std::atomic<const KnownWay*> known_way_{nullptr};
  std::atomic<LocalBinding*> binding_{nullptr};
  std::atomic<bool> bound_{false};
  std::atomic<bool> forwarded_{false};
  std::atomic<bool> settled_{false};
  std::atomic<std::size_t> endpoint_{0};
  std::atomic<giop::AddressingDisposition> addressing_{giop::AddressingDisposition::key};
};

}  // namespace corbel::invocation
