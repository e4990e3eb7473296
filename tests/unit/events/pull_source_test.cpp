#include "event-service/core/pull_source.hpp"

#include "event-service/core/push_subscriber.hpp"
#include "tests/unit/events/fakes.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

/// A pull supplier whose answers the test decides; empty otherwise.
class FakeSupplier final : public PullTarget {
 public:
  explicit FakeSupplier(std::shared_ptr<Scheduler> scheduler) : scheduler_(std::move(scheduler)) {}
  void try_pull(std::chrono::nanoseconds, std::function<void(Answer)> done) override {
    std::optional<Any> event;
    Failure failure;
    {
      std::lock_guard lock(mutex_);
      if (!answers_.empty()) {
        event = answers_.front().event;
        failure = answers_.front().failure;
        answers_.pop_front();
      }
      if (always_) failure = always_;
    }
    asked.add(1);
    scheduler_->post([done = std::move(done), event, failure] {
      done({event, failure ? failure() : nullptr});
    });
  }
  void disconnect() noexcept override { disconnects.add(1); }

  void offer(std::int32_t value) {
    std::lock_guard lock(mutex_);
    answers_.push_back({Any(value), nullptr});
  }
  template <class E>
  void fail_next(E exception) {
    std::lock_guard lock(mutex_);
    answers_.push_back({std::nullopt, failing_with(std::move(exception))});
  }
  template <class E>
  void fail_always(E exception) {
    std::lock_guard lock(mutex_);
    always_ = failing_with(std::move(exception));
  }

  Collected<int> asked;
  Collected<int> disconnects;

 private:
  struct Planned {
    std::optional<Any> event;
    Failure failure;
  };
  std::shared_ptr<Scheduler> scheduler_;
  std::mutex mutex_;
  std::deque<Planned> answers_;
  Failure always_;
};

struct PullSupply : ChannelFixture {
  explicit PullSupply(ChannelConfig config = {})
      : ChannelFixture(std::move(config)),
        consumer(std::make_shared<FakeConsumer>(scheduler)),
        supplier(std::make_shared<FakeSupplier>(scheduler)),
        source(channel->add_source<PullSource>()) {
    channel->add_subscriber<PushSubscriber>()->connect(consumer);
  }
  std::shared_ptr<FakeConsumer> consumer;
  std::shared_ptr<FakeSupplier> supplier;
  std::shared_ptr<PullSource> source;
};

TEST(PullSource, PullsWhatTheSupplierHasInOrder) {
  PullSupply supply;
  for (std::int32_t i = 1; i <= 100; ++i) supply.supplier->offer(i);

  EXPECT_EQ(supply.source->connect(supply.supplier), ConnectResult::connected);
  EXPECT_EQ(supply.source->connect(supply.supplier), ConnectResult::already_connected);

  EXPECT_EQ(numbers(supply.consumer->received.wait_for(100)), counted(1, 100));
}

TEST(PullSource, AsksAgainWhenTheSupplierWasEmptyOrCouldNotBeReached) {
  PullSupply supply;
  supply.source->connect(supply.supplier);
  supply.supplier->asked.wait_for(2);

  supply.supplier->fail_next(Transient("no event"));
  supply.supplier->offer(5);

  EXPECT_EQ(numbers(supply.consumer->received.wait_for(1)), counted(5, 5));
}

TEST(PullSource, AFullChannelHoldsPullingBackAndLosesNothing) {
  ChannelConfig config;
  config.queue = {1, 1u << 20, Overflow::block};
  config.supplier_patience = 1ms;
  PullSupply supply(config);
  supply.consumer->hold();
  for (std::int32_t i = 1; i <= 10; ++i) supply.supplier->offer(i);

  supply.source->connect(supply.supplier);
  supply.consumer->attempts.wait_for(1);
  supply.consumer->release();

  EXPECT_EQ(numbers(supply.consumer->received.wait_for(9)), counted(2, 10));
}

TEST(PullSource, EndsWhenTheSupplierSaysThatItHasDisconnected) {
  PullSupply supply;
  supply.supplier->fail_always(ObjectNotExist("gone"));

  supply.source->connect(supply.supplier);
  supply.supplier->asked.wait_for(1);
  supply.scheduler->wait_until_idle(20s);

  EXPECT_EQ(supply.channel->counters().suppliers, 0u);
  EXPECT_TRUE(supply.supplier->disconnects.now().empty());
}

TEST(PullSource, ASupplierThatCannotBeReachedForTheWholeTimeoutIsDisconnected) {
  ChannelConfig config;
  config.unreachable_timeout = 20ms;
  config.first_backoff = 1ms;
  PullSupply supply(config);
  supply.supplier->fail_always(Transient("refused"));

  supply.source->connect(supply.supplier);

  EXPECT_EQ(supply.supplier->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(supply.channel->counters().suppliers, 0u);
}

TEST(PullSource, ClosingTheChannelTellsTheSupplier) {
  PullSupply supply;
  supply.source->connect(supply.supplier);

  supply.channel->close();

  EXPECT_EQ(supply.supplier->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(supply.source->connect(supply.supplier), ConnectResult::disconnected);
}

}  // namespace
}  // namespace corbel::event_service
