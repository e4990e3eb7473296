#pragma once

#include "event-service/core/channel.hpp"
#include "event-service/core/peers.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace corbel::event_service {

using namespace std::chrono_literals;

inline EventPointer event(std::int32_t number) { return make_event(Any(number)); }
inline std::int32_t number(const QueuedEvent& queued) {
  return queued.event->value.get<std::int32_t>();
}

/// What a test collects from other threads and waits for, with a limit that only a failure reaches.
template <class T>
class Collected {
 public:
  void add(T value) {
    std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
    changed_.notify_all();
  }
  std::vector<T> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 20s, [&] { return values_.size() >= count; });
    return values_;
  }
  std::vector<T> now() {
    std::lock_guard lock(mutex_);
    return values_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<T> values_;
};

/// Makes the same failure again and again, each of its own: nothing is shared between threads.
using Failure = std::function<std::exception_ptr()>;
template <class E>
Failure failing_with(E exception) {
  return [exception] { return std::make_exception_ptr(exception); };
}

/// A push consumer whose answers the test decides.
class FakeConsumer final : public PushTarget {
 public:
  explicit FakeConsumer(std::shared_ptr<Scheduler> scheduler) : scheduler_(std::move(scheduler)) {}

  void push(const QueuedEvent& queued, std::chrono::nanoseconds,
            std::function<void(std::exception_ptr)> done) override {
    Failure failure;
    {
      std::lock_guard lock(mutex_);
      if (!failures_.empty()) {
        failure = failures_.front();
        if (failures_.size() > 1 || !fail_for_ever_) failures_.pop_front();
      }
      if (held_) {
        pending_ = std::move(done);
        attempts.add(number(queued));
        return;
      }
    }
    attempts.add(number(queued));
    if (!failure) received.add(queued);
    scheduler_->post([done = std::move(done), failure] { done(failure ? failure() : nullptr); });
  }
  void disconnect() noexcept override { disconnects.add(1); }

  template <class E>
  void fail_next(E exception) {
    std::lock_guard lock(mutex_);
    failures_.push_back(failing_with(std::move(exception)));
  }
  template <class E>
  void fail_always(E exception) {
    fail_next(std::move(exception));
    std::lock_guard lock(mutex_);
    fail_for_ever_ = true;
  }
  /// Takes deliveries without answering until release().
  void hold() {
    std::lock_guard lock(mutex_);
    held_ = true;
  }
  void release(const std::exception_ptr& failure = nullptr) {
    std::function<void(std::exception_ptr)> done;
    {
      std::lock_guard lock(mutex_);
      held_ = false;
      std::swap(done, pending_);
    }
    if (done) done(failure);
  }

  Collected<QueuedEvent> received;
  Collected<std::int32_t> attempts;
  Collected<int> disconnects;

 private:
  std::shared_ptr<Scheduler> scheduler_;
  std::mutex mutex_;
  std::deque<Failure> failures_;
  bool fail_for_ever_ = false;
  bool held_ = false;
  std::function<void(std::exception_ptr)> pending_;
};

class FakePeer final : public DisconnectTarget {
 public:
  void disconnect() noexcept override { disconnects.add(1); }
  Collected<int> disconnects;
};

/// What became of a pull; shared with the test, since the channel owns the waiter.
struct PullRecord {
  enum class End { event, nothing, disconnected };
  Collected<End> ends;
  Collected<QueuedEvent> events;
  std::atomic<bool> cancelled{false};
  std::atomic<bool> reply_fails{false};
};

class FakePull final : public PullWaiter {
 public:
  explicit FakePull(std::shared_ptr<PullRecord> record) : record_(std::move(record)) {}
  bool cancelled() const noexcept override { return record_->cancelled; }
  bool deliver(const QueuedEvent& queued) noexcept override {
    if (record_->reply_fails) return false;
    record_->events.add(queued);
    record_->ends.add(PullRecord::End::event);
    return true;
  }
  void nothing() noexcept override { record_->ends.add(PullRecord::End::nothing); }
  void disconnected() noexcept override { record_->ends.add(PullRecord::End::disconnected); }

 private:
  std::shared_ptr<PullRecord> record_;
};

/// A push that is held back.
class FakeWaitingPublish final : public WaitingPublish {
 public:
  struct Record {
    Collected<PublishOutcome> outcomes;
    std::atomic<bool> abandoned{false};
  };
  explicit FakeWaitingPublish(std::shared_ptr<Record> record) : record_(std::move(record)) {}
  bool abandoned() const noexcept override { return record_->abandoned; }
  void finish(PublishOutcome outcome) noexcept override { record_->outcomes.add(outcome); }

 private:
  std::shared_ptr<Record> record_;
};

/// A channel with threads of its own for one test.
class ChannelFixture {
 public:
  explicit ChannelFixture(ChannelConfig config = {}) : scheduler(std::make_shared<Scheduler>(2)) {
    config.name = "test";
    channel = std::make_shared<Channel>(std::move(config), scheduler);
  }
  ~ChannelFixture() {
    channel->close();
    scheduler->stop();
  }
  PublishOutcome publish(std::int32_t value) {
    return channel->publish(event(value), [] {
      return std::make_unique<FakeWaitingPublish>(std::make_shared<FakeWaitingPublish::Record>());
    });
  }
  /// For a push that is expected to wait.
  std::shared_ptr<FakeWaitingPublish::Record> publish_waiting(std::int32_t value) {
    auto record = std::make_shared<FakeWaitingPublish::Record>();
    const auto outcome = channel->publish(
        event(value), [&] { return std::make_unique<FakeWaitingPublish>(record); });
    if (outcome != PublishOutcome::waiting) record->outcomes.add(outcome);
    return record;
  }

  std::shared_ptr<Scheduler> scheduler;
  std::shared_ptr<Channel> channel;
};

inline std::vector<std::int32_t> numbers(const std::vector<QueuedEvent>& events) {
  std::vector<std::int32_t> all;
  for (const auto& each : events) all.push_back(number(each));
  return all;
}

inline std::vector<std::int32_t> counted(std::int32_t from, std::int32_t to) {
  std::vector<std::int32_t> all;
  for (auto i = from; i <= to; ++i) all.push_back(i);
  return all;
}

}  // namespace corbel::event_service
