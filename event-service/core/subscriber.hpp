#pragma once

#include "event-service/core/channel_config.hpp"
#include "event-service/core/end_hook.hpp"
#include "event-service/core/log.hpp"
#include "event-service/core/peers.hpp"
#include "event-service/core/scheduler.hpp"
#include "event-service/core/subscriber_queue.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace corbel::event_service {

class Channel;

enum class SubscriberKind : std::uint8_t { push, pull };

struct SubscriberStatistics {
  std::uint64_t id = 0;
  SubscriberKind kind = SubscriberKind::push;
  bool connected = false;
  std::size_t queued = 0;
  std::size_t queued_octets = 0;
  std::uint64_t delivered = 0;
  std::uint64_t dropped = 0;   ///< for want of room, or lost with a connection
  std::uint64_t rejected = 0;  ///< the consumer answered with an exception of its own
};

/// A consumer as the channel sees it: a bounded queue that takes events without waiting.
/// Threads: any. Locks are taken in the order channel, subscriber, scheduler.
class Subscriber : public std::enable_shared_from_this<Subscriber> {
 public:
  Subscriber(std::uint64_t id, SubscriberKind kind, const std::shared_ptr<Channel>& channel);
  virtual ~Subscriber() = default;
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  std::uint64_t id() const noexcept { return id_; }
  /// For `block`: true for one that takes nothing because it is not connected.
  bool has_room(const Event& event) const;
  /// Takes the event (or drops, as the policy says) and sees that it goes on its way.
  void enqueue(const EventPointer& event);
  /// Ends the connection. Idempotent.
  virtual void disconnect(TellPeer tell) = 0;
  /// Runs `action` once the connection has ended.
  void when_ended(std::function<void()> action) { end_.set(std::move(action)); }
  /// Nothing has been taken from the queue for this long although there is something.
  std::chrono::nanoseconds stalled_for() const;
  SubscriberStatistics statistics() const;
  /// "channel prices, push consumer 3".
  std::string describe() const;

 protected:
  using Clock = std::chrono::steady_clock;
  enum class State : std::uint8_t { unconnected, connected, disconnected };

  /// There is a new event; called with mutex_ held.
  virtual void on_event() = 0;
  /// Takes the next event out; mutex_ held.
  std::optional<QueuedEvent> take();
  /// After take(), without mutex_: suppliers may be waiting for the room.
  void tell_room_made();
  void leave_channel();
  Scheduler& scheduler() noexcept { return *scheduler_; }

  const std::uint64_t id_;
  const SubscriberKind kind_;
  const ChannelConfig config_;
  mutable std::mutex mutex_;
  // All below under mutex_.
  SubscriberQueue queue_;
  State state_ = State::unconnected;
  std::uint64_t delivered_ = 0;
  std::uint64_t rejected_ = 0;

 private:
  void log_drops(std::uint64_t total);

  std::weak_ptr<Channel> channel_;
  std::shared_ptr<Scheduler> scheduler_;
  Clock::time_point last_progress_ = Clock::now();
  LogGate drop_gate_;
  EndHook end_;
};

}  // namespace corbel::event_service
