#include "tests/integration/events/running_service.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace corbel::event_service {
namespace {

ChannelConfig small_queue(std::size_t events, Overflow overflow) {
  ChannelConfig config;
  config.queue.max_events = events;
  config.queue.overflow = overflow;
  return config;
}

TEST(EventsClient, PublishesToFunctionsAndPulls) {
  RunningService running;
  const auto channel = running.comfortable();
  Inbox<std::string> texts;
  Inbox<Any> all;
  auto typed = channel.subscribe<std::string>([&](const std::string& text) { texts.add(text); });
  auto untyped = channel.subscribe([&](const Any& event) { all.add(event); });
  EXPECT_EQ(channel.pull(0s), std::nullopt);

  channel.publish("one");
  channel.publish(std::int32_t{2});
  channel.publish(Any(std::string("three")));

  EXPECT_EQ(texts.wait_for(2), (std::vector<std::string>{"one", "three"}));
  EXPECT_EQ(all.wait_for(3).at(1).get<std::int32_t>(), 2);
  EXPECT_EQ(channel.pull<std::int32_t>(10s), 2);
  EXPECT_EQ(channel.pull(10s), Any("three"));
}

TEST(EventsClient, APullEndsAtItsTime) {
  RunningService running;
  const auto channel = running.comfortable();

  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(channel.pull(100ms), std::nullopt);
  const auto took = std::chrono::steady_clock::now() - begin;

  EXPECT_GE(took, 100ms);
  EXPECT_LT(took, 5s);
}

TEST(EventsClient, ACancelledSubscriptionIsNotCalledAnyMore) {
  RunningService running;
  const auto channel = running.comfortable();
  Inbox<Any> received;
  Inbox<Any> control;
  auto subscription = channel.subscribe([&](const Any& event) { received.add(event); });
  auto other = channel.subscribe([&](const Any& event) { control.add(event); });
  channel.publish(std::int32_t{1});
  received.wait_for(1);
  EXPECT_TRUE(subscription.is_active());

  subscription.cancel();
  channel.publish(std::int32_t{2});
  control.wait_for(2);

  EXPECT_EQ(received.size(), 1u);
  EXPECT_FALSE(subscription.is_active());
  EXPECT_EQ(running.statistics().consumers.size(), 1u);
}

TEST(EventsClient, ASubscriptionMayEndItselfFromItsFunction) {
  RunningService running;
  const auto channel = running.comfortable();
  Inbox<int> received;
  events::Subscription subscription;
  Gate assigned;
  subscription = channel.subscribe([&](const Any&) {
    assigned.wait();
    subscription.cancel();
    received.add(1);
  });
  assigned.open();

  channel.publish(std::int32_t{1});
  received.wait_for(1);
  channel.publish(std::int32_t{2});
  channel.pull(0s);

  EXPECT_EQ(received.size(), 1u);
}

TEST(EventsClient, LossesAreToldBeforeTheNextEvent) {
  RunningService running(small_queue(2, Overflow::drop_oldest));
  const auto channel = running.comfortable();
  Gate gate;
  Inbox<std::int32_t> log;
  auto subscription = channel.subscribe<std::int32_t>(
      [&](std::int32_t number) {
        log.add(number);
        gate.wait();
      },
      {.on_drop = [&](std::uint64_t count) { log.add(-static_cast<std::int32_t>(count)); }});
  channel.publish(std::int32_t{1});
  log.wait_for(1);

  for (std::int32_t i = 2; i <= 9; ++i) channel.publish(i);
  gate.open();

  EXPECT_EQ(log.wait_for(4), (std::vector<std::int32_t>{1, -6, 8, 9}));
  EXPECT_EQ(subscription.dropped(), 6u);
}

TEST(EventsClient, PullsTellLossesToo) {
  RunningService running(small_queue(2, Overflow::drop_newest));
  const auto channel = running.comfortable();
  channel.pull(0s);

  for (std::int32_t i = 1; i <= 5; ++i) channel.publish(i);
  EXPECT_EQ(channel.pull<std::int32_t>(10s), 1);
  EXPECT_EQ(channel.pull<std::int32_t>(10s), 2);
  channel.publish(std::int32_t{6});

  EXPECT_EQ(channel.pull<std::int32_t>(10s), 6);
  EXPECT_EQ(channel.dropped(), 3u);
}

TEST(EventsClient, UnderBlockAFullQueueHoldsThePublisherBack) {
  RunningService running(small_queue(2, Overflow::block));
  const auto channel = running.comfortable();
  channel.pull(0s);
  channel.publish(std::int32_t{1});
  channel.publish(std::int32_t{2});

  Inbox<int> published;
  std::thread publisher([&] {
    channel.publish(std::int32_t{3});
    published.add(1);
  });
  while (running.statistics().waiting_suppliers == 0) std::this_thread::yield();
  EXPECT_EQ(published.size(), 0u);

  for (std::int32_t i = 1; i <= 3; ++i) EXPECT_EQ(channel.pull<std::int32_t>(10s), i);
  EXPECT_EQ(published.wait_for(1).size(), 1u);
  publisher.join();
}

TEST(EventsClient, UnderBlockAPublisherGetsTransientWhenNoRoomComesInTime) {
  auto config = small_queue(1, Overflow::block);
  config.supplier_patience = 50ms;
  RunningService running(config);
  const auto channel = running.comfortable();
  channel.pull(0s);
  channel.publish(std::int32_t{1});

  EXPECT_THROW(channel.publish(std::int32_t{2}), Transient);
}

TEST(EventsClient, AFunctionThatThrowsGetsTheNextEvent) {
  RunningService running;
  const auto channel = running.comfortable();
  Inbox<std::int32_t> received;
  auto subscription = channel.subscribe<std::int32_t>([&](std::int32_t number) {
    if (number == 1) throw std::runtime_error("not this one");
    received.add(number);
  });

  channel.publish(std::int32_t{1});
  channel.publish(std::int32_t{2});

  EXPECT_EQ(received.wait_for(1), counted(2, 2));
}

TEST(EventsClient, ADestroyedChannelTellsItsSubscribersAndRefusesToPublish) {
  RunningService running;
  const auto channel = running.comfortable();
  Inbox<int> ends;
  auto subscription = channel.subscribe([](const Any&) {}, {.on_disconnect = [&] { ends.add(1); }});
  channel.publish(std::int32_t{1});

  running.channel.destroy();

  EXPECT_EQ(ends.wait_for(1).size(), 1u);
  EXPECT_FALSE(subscription.is_active());
  EXPECT_THROW(channel.publish(std::int32_t{2}), ObjectNotExist);
}

TEST(EventsClient, ASubscriptionKeepsItsChannelsConnectionsAlive) {
  RunningService running;
  Inbox<Any> received;
  auto subscription =
      running.comfortable().subscribe([&](const Any& event) { received.add(event); });

  running.comfortable().publish(std::int32_t{1});

  EXPECT_EQ(received.wait_for(1).size(), 1u);
}

TEST(EventsClient, AnUnknownNameAndANilChannelAreRefusedWithWhatWasTried) {
  Orb orb;

  EXPECT_THROW(events::open(orb, Object()), BadParam);
  try {
    events::open(orb, "prices");
    FAIL();
  } catch (const BadParam& failure) {
    EXPECT_NE(std::string(failure.what()).find("prices"), std::string::npos) << failure.what();
  }
}

}  // namespace
}  // namespace corbel::event_service
