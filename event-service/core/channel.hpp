#pragma once

#include "event-service/core/channel_config.hpp"
#include "event-service/core/end_hook.hpp"
#include "event-service/core/event.hpp"
#include "event-service/core/peers.hpp"
#include "event-service/core/scheduler.hpp"
#include "event-service/core/subscriber.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace corbel::event_service {

enum class PublishOutcome : std::uint8_t {
  accepted,  ///< in every consumer's queue
  waiting,   ///< a queue is full and the policy is block: the WaitingPublish will be told
  refused,   ///< no room in time: the event went to nobody
  closed,    ///< the channel is destroyed
};

/// A push that is held back.
class WaitingPublish {
 public:
  virtual ~WaitingPublish() = default;
  /// The supplier has given up: the event is not published.
  virtual bool abandoned() const noexcept = 0;
  /// Once: accepted, refused or closed; without any of the channel's locks.
  virtual void finish(PublishOutcome outcome) noexcept = 0;
  /// When to refuse it.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

/// A supplier as the channel sees it.
class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual void disconnect(TellPeer tell) = 0;
  /// Runs `action` once the connection has ended.
  void when_ended(std::function<void()> action) { end_.set(std::move(action)); }

 protected:
  EndHook end_;
};

struct ChannelCounters {
  std::uint64_t received = 0;  ///< events accepted from suppliers
  std::uint64_t refused = 0;   ///< pushes that found no room in time
  std::size_t waiting = 0;     ///< pushes held back now
  std::size_t suppliers = 0;
  std::size_t consumers = 0;
};

/// The channel: every accepted event goes into every connected consumer's queue, in the same order
/// for all. With `block` an event is accepted once every queue has room, so it reaches all or none;
/// pushes that wait keep their order. Threads: any.
class Channel final : public std::enable_shared_from_this<Channel> {
 public:
  Channel(ChannelConfig config, std::shared_ptr<Scheduler> scheduler);

  const ChannelConfig& config() const noexcept { return config_; }
  const std::shared_ptr<Scheduler>& scheduler() const noexcept { return scheduler_; }

  /// `hold` makes the object that waits, only when that is necessary (outcome waiting).
  PublishOutcome publish(const EventPointer& event,
                         const std::function<std::unique_ptr<WaitingPublish>()>& hold);

  /// Null when the channel is closed or has config().max_proxies already.
  template <class S>
  std::shared_ptr<S> add_subscriber() {
    auto subscriber = std::make_shared<S>(next_id(), shared_from_this());
    return insert_subscriber(subscriber) ? subscriber : nullptr;
  }
  template <class S>
  std::shared_ptr<S> add_source() {
    const auto id = next_id();
    auto source = std::make_shared<S>(id, shared_from_this());
    return insert_source(id, source) ? source : nullptr;
  }
  void remove_subscriber(std::uint64_t id);
  void remove_source(std::uint64_t id);
  /// A queue has room again.
  void room_made();

  /// Disconnects everybody (told) and refuses everything from now on. Idempotent.
  void close();
  bool is_closed() const;

  ChannelCounters counters() const;
  std::vector<SubscriberStatistics> subscriber_statistics() const;

 private:
  struct Waiting {
    EventPointer event;
    std::unique_ptr<WaitingPublish> publish;
  };

  std::uint64_t next_id();
  bool insert_subscriber(std::shared_ptr<Subscriber> subscriber);
  bool insert_source(std::uint64_t id, std::shared_ptr<Source> source);
  bool has_room_everywhere(const Event& event) const;
  void distribute(const EventPointer& event);
  void arm_sweep();
  void sweep();
  std::vector<std::shared_ptr<Subscriber>> stalled_subscribers() const;

  const ChannelConfig config_;
  const std::shared_ptr<Scheduler> scheduler_;
  mutable std::mutex mutex_;
  // All below under mutex_.
  bool closed_ = false;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, std::shared_ptr<Subscriber>> subscribers_;
  std::map<std::uint64_t, std::shared_ptr<Source>> sources_;
  std::deque<Waiting> waiting_;
  bool sweep_armed_ = false;
  std::uint64_t received_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace corbel::event_service
