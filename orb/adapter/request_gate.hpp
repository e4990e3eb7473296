#pragma once

#include <corbel/adapter.hpp>

#include <orb/adapter/incoming_request.hpp>
#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>

#include <atomic>
#include <cstddef>
#include <deque>

namespace corbel::adapter {

class Dispatcher;

/// An adapter's state, and the requests that wait while it holds.
/// Threads: any.
class RequestGate {
 public:
  explicit RequestGate(std::size_t room) : room_(room) {}

  AdapterState state() const noexcept { return state_.load(std::memory_order_acquire); }
  /// A request may wait here instead of being refused.
  bool has_room() const noexcept { return room_ != 0; }

  /// Leads the requests that wait to `dispatcher`, before any new one, or refuses them. False when
  /// the state is inactive, which is final.
  bool change(AdapterState next, Dispatcher& dispatcher);
  /// Refuses every request that waits.
  void close(const SystemException& reason);

  /// Takes the request to wait here. False when the adapter does not hold (any more) or there is no
  /// room.
  bool hold(const RequestPointer& request);
  /// The same for a request whose thread may be kept: returns when the adapter no longer holds, at
  /// once without room, or when `until` has passed.
  void wait(Deadline until);
  /// Requests that wait.
  std::size_t waiting() const;

 private:
  void resume(RequestPointer request, Dispatcher& dispatcher);

  const std::size_t room_;
  std::atomic<AdapterState> state_{AdapterState::holding};
  mutable Mutex mutex_;
  Condition changed_;
  std::deque<RequestPointer> held_ CORBEL_GUARDED_BY(mutex_);
  std::size_t threads_ CORBEL_GUARDED_BY(mutex_) = 0;  // in wait()
};

}  // namespace corbel::adapter
