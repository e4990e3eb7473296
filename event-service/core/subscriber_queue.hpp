#pragma once

#include "event-service/core/channel_config.hpp"
#include "event-service/core/event.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace corbel::event_service {

/// The events waiting for one consumer, bounded by number and octets; counts what it drops and
/// tells with the next event how many are missing before it. Pure: no clock, no thread, no network.
/// Threads: one at a time (the subscriber's lock).
class SubscriberQueue {
 public:
  explicit SubscriberQueue(QueuePolicy policy) : policy_(policy) {}

  bool has_room(const Event& event) const noexcept;
  /// Takes the event; where there is no room, drops as the policy says. Under `block` the caller
  /// has asked has_room() before; an event that comes nevertheless is kept, never lost. Returns how
  /// many events were dropped.
  std::size_t push(EventPointer event);
  std::optional<QueuedEvent> pop();
  /// Gives back what pop() gave: it is first again.
  void put_back(QueuedEvent event);
  /// An event taken out was lost on its way: counted, and told with the next one.
  void count_loss(const QueuedEvent& event) noexcept;
  void clear() noexcept;

  bool empty() const noexcept { return events_.empty(); }
  std::size_t size() const noexcept { return events_.size(); }
  std::size_t octets() const noexcept { return octets_; }
  std::uint64_t dropped() const noexcept { return dropped_; }
  const QueuePolicy& policy() const noexcept { return policy_; }

 private:
  std::size_t drop_oldest_for(const Event& event);
  void tell_front(std::uint64_t dropped) noexcept;

  QueuePolicy policy_;
  std::deque<QueuedEvent> events_;
  std::size_t octets_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t untold_ = 0;  ///< dropped behind the last event in the queue
};

}  // namespace corbel::event_service
