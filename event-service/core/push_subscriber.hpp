#pragma once

#include "event-service/core/subscriber.hpp"

#include <exception>
#include <memory>
#include <optional>

namespace corbel::event_service {

/// Delivers to one push consumer: one outstanding call at a time, so order is kept; no thread
/// waits. An event is sent again only when it surely did not arrive. A consumer that cannot be
/// reached for the channel's unreachable_timeout is disconnected.
class PushSubscriber final : public Subscriber {
 public:
  PushSubscriber(std::uint64_t id, const std::shared_ptr<Channel>& channel)
      : Subscriber(id, SubscriberKind::push, channel) {}

  ConnectResult connect(std::shared_ptr<PushTarget> target);
  void disconnect(TellPeer tell) override;

 private:
  void on_event() override;
  void deliver_next();
  void delivered(const std::exception_ptr& failure);
  void retry(const std::exception_ptr& failure, bool perhaps_delivered);
  void give_up(const std::exception_ptr& failure, TellPeer tell);
  std::shared_ptr<PushSubscriber> self() {
    return std::static_pointer_cast<PushSubscriber>(shared_from_this());
  }

  // All under mutex_.
  std::shared_ptr<PushTarget> target_;
  bool busy_ = false;  ///< a delivery is outstanding, about to start, or backing off
  std::optional<QueuedEvent> current_;
  Clock::time_point attempt_began_{};
  std::optional<Clock::time_point> failing_since_;
  std::chrono::nanoseconds backoff_{0};
};

}  // namespace corbel::event_service
