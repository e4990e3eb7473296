#include "event-service/core/subscriber.hpp"

#include "event-service/core/channel.hpp"

namespace corbel::event_service {

Subscriber::Subscriber(std::uint64_t id, SubscriberKind kind,
                       const std::shared_ptr<Channel>& channel)
    : id_(id),
      kind_(kind),
      config_(channel->config()),
      queue_(config_.queue),
      channel_(channel),
      scheduler_(channel->scheduler()) {}

// A consumer gets events from the moment it connects: nothing is kept for one that may never come.
bool Subscriber::has_room(const Event& event) const {
  std::lock_guard lock(mutex_);
  return state_ != State::connected || queue_.has_room(event);
}

void Subscriber::enqueue(const EventPointer& event) {
  std::uint64_t dropped_in_all = 0;
  {
    std::lock_guard lock(mutex_);
    if (state_ != State::connected) return;
    if (queue_.empty()) last_progress_ = Clock::now();
    if (queue_.push(event) != 0) dropped_in_all = queue_.dropped();
    on_event();
  }
  if (dropped_in_all != 0) log_drops(dropped_in_all);
}

std::optional<QueuedEvent> Subscriber::take() {
  auto next = queue_.pop();
  if (next) last_progress_ = Clock::now();
  return next;
}

void Subscriber::tell_room_made() {
  if (config_.queue.overflow != Overflow::block) return;
  if (auto channel = channel_.lock()) channel->room_made();
}

void Subscriber::leave_channel() {
  if (auto channel = channel_.lock()) channel->remove_subscriber(id_);
  end_.run();
}

std::chrono::nanoseconds Subscriber::stalled_for() const {
  std::lock_guard lock(mutex_);
  if (queue_.empty()) return std::chrono::nanoseconds(0);
  return Clock::now() - last_progress_;
}

SubscriberStatistics Subscriber::statistics() const {
  std::lock_guard lock(mutex_);
  return {id_,
          kind_,
          state_ == State::connected,
          queue_.size(),
          queue_.octets(),
          delivered_,
          queue_.dropped(),
          rejected_};
}

std::string Subscriber::describe() const {
  return "channel " + config_.name + ", " + (kind_ == SubscriberKind::push ? "push" : "pull") +
         " consumer " + std::to_string(id_);
}

void Subscriber::log_drops(std::uint64_t total) {
  if (!drop_gate_.open()) return;
  log(LogLevel::warn, describe() + ": queue full (" + std::to_string(config_.queue.max_events) +
                          " events, " + std::to_string(config_.queue.max_octets) + " octets), " +
                          std::to_string(total) +
                          " dropped so far; is the consumer slow or dead? See --queue, --overflow");
}

}  // namespace corbel::event_service
