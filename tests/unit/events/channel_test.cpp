#include "event-service/core/channel.hpp"

#include "event-service/core/pull_subscriber.hpp"
#include "event-service/core/push_source.hpp"
#include "event-service/core/push_subscriber.hpp"
#include "tests/unit/events/fakes.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

ChannelConfig blocking(std::size_t events) {
  ChannelConfig config;
  config.queue = {events, 1u << 20, Overflow::block};
  return config;
}

std::shared_ptr<PullRecord> try_pull(PullSubscriber& subscriber) {
  auto record = std::make_shared<PullRecord>();
  std::unique_ptr<PullWaiter> waiter = std::make_unique<FakePull>(record);
  subscriber.pull(waiter, 0ns);
  return record;
}

std::shared_ptr<PullSubscriber> connected_puller(Channel& channel) {
  auto subscriber = channel.add_subscriber<PullSubscriber>();
  subscriber->connect(nullptr);
  return subscriber;
}

TEST(Channel, GivesEveryEventToEveryConsumer) {
  ChannelFixture fixture;
  std::vector<std::shared_ptr<FakeConsumer>> consumers;
  for (int i = 0; i < 5; ++i) {
    consumers.push_back(std::make_shared<FakeConsumer>(fixture.scheduler));
    fixture.channel->add_subscriber<PushSubscriber>()->connect(consumers.back());
  }

  for (std::int32_t i = 1; i <= 50; ++i) EXPECT_EQ(fixture.publish(i), PublishOutcome::accepted);

  for (const auto& consumer : consumers)
    EXPECT_EQ(numbers(consumer->received.wait_for(50)), counted(1, 50));
  EXPECT_EQ(fixture.channel->counters().received, 50u);
}

TEST(Channel, UnderBlockAPushWaitsForRoomAndKeepsItsPlace) {
  ChannelFixture fixture(blocking(1));
  const auto puller = connected_puller(*fixture.channel);
  EXPECT_EQ(fixture.publish(1), PublishOutcome::accepted);
  const auto second = fixture.publish_waiting(2);
  const auto third = fixture.publish_waiting(3);
  EXPECT_TRUE(second->outcomes.now().empty());

  EXPECT_EQ(numbers(try_pull(*puller)->events.now()), counted(1, 1));

  EXPECT_EQ(second->outcomes.wait_for(1), std::vector{PublishOutcome::accepted});
  EXPECT_TRUE(third->outcomes.now().empty());
  EXPECT_EQ(numbers(try_pull(*puller)->events.now()), counted(2, 2));
  EXPECT_EQ(numbers(try_pull(*puller)->events.now()), counted(3, 3));
}

TEST(Channel, UnderBlockAnEventReachesAllOrNone) {
  ChannelFixture fixture(blocking(1));
  const auto full = connected_puller(*fixture.channel);
  const auto other = connected_puller(*fixture.channel);
  fixture.publish(1);
  try_pull(*other);

  const auto waiting = fixture.publish_waiting(2);

  EXPECT_EQ(try_pull(*other)->ends.now(), std::vector{PullRecord::End::nothing});
  try_pull(*full);
  EXPECT_EQ(waiting->outcomes.wait_for(1), std::vector{PublishOutcome::accepted});
  EXPECT_EQ(numbers(try_pull(*other)->events.now()), counted(2, 2));
}

TEST(Channel, UnderBlockAPushIsRefusedWhenNoRoomComesInTime) {
  auto config = blocking(1);
  config.supplier_patience = 1ms;
  ChannelFixture fixture(config);
  const auto puller = connected_puller(*fixture.channel);
  fixture.publish(1);

  const auto waiting = fixture.publish_waiting(2);

  EXPECT_EQ(waiting->outcomes.wait_for(1), std::vector{PublishOutcome::refused});
  EXPECT_EQ(fixture.channel->counters().refused, 1u);
  EXPECT_EQ(numbers(try_pull(*puller)->events.now()), counted(1, 1));
  EXPECT_EQ(try_pull(*puller)->ends.now(), std::vector{PullRecord::End::nothing});
}

TEST(Channel, UnderBlockASupplierThatGaveUpPublishesNothing) {
  ChannelFixture fixture(blocking(1));
  const auto puller = connected_puller(*fixture.channel);
  fixture.publish(1);
  const auto abandoned = fixture.publish_waiting(2);
  const auto next = fixture.publish_waiting(3);
  abandoned->abandoned = true;

  try_pull(*puller);

  EXPECT_EQ(next->outcomes.wait_for(1), std::vector{PublishOutcome::accepted});
  EXPECT_EQ(numbers(try_pull(*puller)->events.now()), counted(3, 3));
}

TEST(Channel, UnderBlockAConsumerThatTakesNothingIsDisconnectedInTheEnd) {
  auto config = blocking(1);
  config.unreachable_timeout = 20ms;
  ChannelFixture fixture(config);
  const auto puller = connected_puller(*fixture.channel);
  fixture.publish(1);

  const auto waiting = fixture.publish_waiting(2);

  EXPECT_EQ(waiting->outcomes.wait_for(1), std::vector{PublishOutcome::accepted});
  EXPECT_FALSE(puller->statistics().connected);
}

TEST(Channel, AConsumerThatLeavesHoldsNobodyBack) {
  ChannelFixture fixture(blocking(1));
  const auto puller = connected_puller(*fixture.channel);
  fixture.publish(1);
  const auto waiting = fixture.publish_waiting(2);

  puller->disconnect(TellPeer::no);

  EXPECT_EQ(waiting->outcomes.wait_for(1), std::vector{PublishOutcome::accepted});
}

TEST(Channel, BoundsThePushesThatWait) {
  auto config = blocking(1);
  config.max_waiting_pushes = 1;
  ChannelFixture fixture(config);
  connected_puller(*fixture.channel);
  fixture.publish(1);
  fixture.publish_waiting(2);

  EXPECT_EQ(fixture.publish(3), PublishOutcome::refused);
}

TEST(Channel, ClosingTellsEverybodyAndRefusesTheRest) {
  ChannelFixture fixture(blocking(1));
  const auto supplier = std::make_shared<FakePeer>();
  const auto source = fixture.channel->add_source<PushSource>();
  source->connect(supplier);
  const auto consumer = std::make_shared<FakePeer>();
  fixture.channel->add_subscriber<PullSubscriber>()->connect(consumer);
  fixture.publish(1);
  const auto waiting = fixture.publish_waiting(2);

  fixture.channel->close();
  fixture.channel->close();

  EXPECT_EQ(supplier->disconnects.now().size(), 1u);
  EXPECT_EQ(consumer->disconnects.now().size(), 1u);
  EXPECT_EQ(waiting->outcomes.now(), std::vector{PublishOutcome::closed});
  EXPECT_EQ(fixture.publish(3), PublishOutcome::closed);
  EXPECT_EQ(source->channel(), nullptr);
  EXPECT_EQ(fixture.channel->add_subscriber<PullSubscriber>(), nullptr);
}

TEST(Channel, BoundsItsProxies) {
  ChannelConfig config;
  config.max_proxies = 2;
  ChannelFixture fixture(config);
  const auto first = fixture.channel->add_subscriber<PullSubscriber>();
  fixture.channel->add_source<PushSource>();

  EXPECT_EQ(fixture.channel->add_source<PushSource>(), nullptr);
  first->disconnect(TellPeer::no);
  EXPECT_NE(fixture.channel->add_source<PushSource>(), nullptr);
}

TEST(Channel, ManySuppliersAndABlockedConsumerLoseNothing) {
  ChannelFixture fixture(blocking(3));
  const auto consumer = std::make_shared<FakeConsumer>(fixture.scheduler);
  fixture.channel->add_subscriber<PushSubscriber>()->connect(consumer);
  constexpr int kSuppliers = 4;
  constexpr std::int32_t kEach = 200;

  std::vector<std::thread> suppliers;
  for (int s = 0; s < kSuppliers; ++s) {
    suppliers.emplace_back([&fixture, s] {
      for (std::int32_t i = 0; i < kEach; ++i)
        fixture.publish_waiting(s * kEach + i)->outcomes.wait_for(1);
    });
  }
  for (auto& supplier : suppliers) supplier.join();

  auto received = numbers(consumer->received.wait_for(kSuppliers * kEach));
  std::vector<std::int32_t> last(kSuppliers, -1);
  for (const auto value : received) {
    auto& previous = last[static_cast<std::size_t>(value / kEach)];
    EXPECT_LT(previous, value);
    previous = value;
  }
  EXPECT_EQ(received.size(), static_cast<std::size_t>(kSuppliers * kEach));
}

}  // namespace
}  // namespace corbel::event_service
