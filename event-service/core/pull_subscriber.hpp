#pragma once

#include "event-service/core/subscriber.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace corbel::event_service {

/// Keeps events for one pull consumer and the pulls that wait for them; no thread waits.
/// An event whose caller has gone, or whose answer could not be sent, stays first in the queue.
class PullSubscriber final : public Subscriber {
 public:
  PullSubscriber(std::uint64_t id, const std::shared_ptr<Channel>& channel)
      : Subscriber(id, SubscriberKind::pull, channel) {}

  /// A consumer without a reference (null) is told nothing when it is disconnected.
  ConnectResult connect(std::shared_ptr<DisconnectTarget> target);
  void disconnect(TellPeer tell) override;

  enum class PullResult : std::uint8_t {
    taken_over,     ///< the waiter has been or will be answered
    not_connected,  ///< the rest: the caller answers; the waiter is given back
    too_many,
  };
  /// Answers the waiter with the next event: at once, or when one comes. With a time limit, it gets
  /// nothing() then; a limit of zero never waits.
  PullResult pull(std::unique_ptr<PullWaiter>& waiter,
                  std::optional<std::chrono::nanoseconds> limit);

 private:
  struct Waiting {
    std::unique_ptr<PullWaiter> waiter;
    Clock::time_point due;  ///< max(): waits for ever
  };

  void on_event() override;
  void hand_out();
  void try_once(std::unique_ptr<PullWaiter> waiter);
  void arm_timer(Clock::time_point due);
  void expire();
  std::shared_ptr<PullSubscriber> self() {
    return std::static_pointer_cast<PullSubscriber>(shared_from_this());
  }

  // All under mutex_.
  std::shared_ptr<DisconnectTarget> target_;
  std::deque<Waiting> waiting_;
  Clock::time_point timer_due_ = Clock::time_point::max();
  bool handing_out_ = false;
  bool posted_ = false;
};

}  // namespace corbel::event_service
