#include "event-service/core/subscriber_queue.hpp"

#include <utility>

namespace corbel::event_service {

bool SubscriberQueue::has_room(const Event& event) const noexcept {
  if (events_.empty()) return true;
  if (events_.size() >= policy_.max_events) return false;
  return octets_ <= policy_.max_octets && event.octets <= policy_.max_octets - octets_;
}

std::size_t SubscriberQueue::push(EventPointer event) {
  std::size_t dropped_now = 0;
  if (!has_room(*event)) {
    if (policy_.overflow == Overflow::drop_newest) {
      ++dropped_;
      ++untold_;
      return 1;
    }
    if (policy_.overflow == Overflow::drop_oldest) dropped_now = drop_oldest_for(*event);
  }
  octets_ += event->octets;
  events_.push_back({std::move(event), std::exchange(untold_, 0)});
  return dropped_now;
}

std::size_t SubscriberQueue::drop_oldest_for(const Event& event) {
  std::size_t count = 0;
  while (!events_.empty() && !has_room(event)) {
    const QueuedEvent oldest = std::move(events_.front());
    events_.pop_front();
    octets_ -= oldest.event->octets;
    ++dropped_;
    ++count;
    tell_front(oldest.dropped_before + 1);
  }
  return count;
}

std::optional<QueuedEvent> SubscriberQueue::pop() {
  if (events_.empty()) return std::nullopt;
  QueuedEvent first = std::move(events_.front());
  events_.pop_front();
  octets_ -= first.event->octets;
  return first;
}

void SubscriberQueue::put_back(QueuedEvent event) {
  octets_ += event.event->octets;
  events_.push_front(std::move(event));
}

void SubscriberQueue::count_loss(const QueuedEvent& event) noexcept {
  ++dropped_;
  tell_front(event.dropped_before + 1);
}

// The gap lies before what is now the first event, or before the next one to come.
void SubscriberQueue::tell_front(std::uint64_t dropped) noexcept {
  (events_.empty() ? untold_ : events_.front().dropped_before) += dropped;
}

void SubscriberQueue::clear() noexcept {
  events_.clear();
  octets_ = 0;
}

}  // namespace corbel::event_service
