#pragma once

#include "event-service/core/channel.hpp"
#include "event-service/core/peers.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>

namespace corbel::event_service {

/// Pulls from one pull supplier with try_pull: at once again after an event, with growing pauses
/// while there is none. Blocking pulls would lose the event that comes just when their deadline
/// passes. Threads: any.
class PullSource final : public Source, public std::enable_shared_from_this<PullSource> {
 public:
  PullSource(std::uint64_t id, const std::shared_ptr<Channel>& channel)
      : id_(id), config_(channel->config()), channel_(channel), scheduler_(channel->scheduler()) {}

  ConnectResult connect(std::shared_ptr<PullTarget> target);
  void disconnect(TellPeer tell) override;

 private:
  using Clock = std::chrono::steady_clock;
  class Held;

  void ask();
  void answered(const PullTarget::Answer& answer);
  void publish(Any value);
  void pause();
  void failed(const std::exception_ptr& failure);
  std::string describe() const;

  const std::uint64_t id_;
  const ChannelConfig config_;
  const std::weak_ptr<Channel> channel_;
  const std::shared_ptr<Scheduler> scheduler_;
  std::mutex mutex_;
  // All below under mutex_.
  bool disconnected_ = false;
  std::shared_ptr<PullTarget> target_;
  std::chrono::nanoseconds pause_{0};
  std::optional<Clock::time_point> failing_since_;
};

}  // namespace corbel::event_service
