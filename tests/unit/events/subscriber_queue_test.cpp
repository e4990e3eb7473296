#include "event-service/core/subscriber_queue.hpp"

#include "tests/unit/events/fakes.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

SubscriberQueue queue_of(std::size_t events, Overflow overflow, std::size_t octets = 1u << 20) {
  return SubscriberQueue({events, octets, overflow});
}

std::vector<std::int32_t> drain(SubscriberQueue& queue) {
  std::vector<std::int32_t> all;
  while (auto next = queue.pop()) all.push_back(number(*next));
  return all;
}

TEST(SubscriberQueue, KeepsOrder) {
  auto queue = queue_of(10, Overflow::drop_oldest);

  for (std::int32_t i = 1; i <= 5; ++i) EXPECT_EQ(queue.push(event(i)), 0u);

  EXPECT_EQ(queue.size(), 5u);
  EXPECT_EQ(drain(queue), counted(1, 5));
  EXPECT_EQ(queue.octets(), 0u);
}

TEST(SubscriberQueue, DroppingTheOldestTellsTheGapWithTheNextEvent) {
  auto queue = queue_of(2, Overflow::drop_oldest);
  for (std::int32_t i = 1; i <= 5; ++i) queue.push(event(i));

  const auto first = queue.pop();
  const auto second = queue.pop();

  EXPECT_EQ(number(*first), 4);
  EXPECT_EQ(first->dropped_before, 3u);
  EXPECT_EQ(number(*second), 5);
  EXPECT_EQ(second->dropped_before, 0u);
  EXPECT_EQ(queue.dropped(), 3u);
}

TEST(SubscriberQueue, DroppingTheNewestTellsTheGapWithTheNextEventThatFits) {
  auto queue = queue_of(2, Overflow::drop_newest);
  for (std::int32_t i = 1; i <= 5; ++i) queue.push(event(i));
  EXPECT_EQ(number(*queue.pop()), 1);

  queue.push(event(6));

  EXPECT_EQ(number(*queue.pop()), 2);
  const auto last = queue.pop();
  EXPECT_EQ(number(*last), 6);
  EXPECT_EQ(last->dropped_before, 3u);
  EXPECT_EQ(queue.dropped(), 3u);
}

TEST(SubscriberQueue, CapacityOneKeepsTheLatest) {
  auto queue = queue_of(1, Overflow::drop_oldest);

  for (std::int32_t i = 1; i <= 3; ++i) queue.push(event(i));

  const auto only = queue.pop();
  EXPECT_EQ(number(*only), 3);
  EXPECT_EQ(only->dropped_before, 2u);
  EXPECT_TRUE(queue.empty());
}

TEST(SubscriberQueue, IsBoundedByOctetsToo) {
  const auto one = event(1)->octets;
  auto queue = queue_of(100, Overflow::drop_oldest, 3 * one);

  for (std::int32_t i = 1; i <= 4; ++i) queue.push(event(i));

  EXPECT_EQ(queue.size(), 3u);
  EXPECT_LE(queue.octets(), 3 * one);
  EXPECT_EQ(drain(queue), counted(2, 4));
}

TEST(SubscriberQueue, TakesAnEventLargerThanItsBoundWhenEmpty) {
  auto queue = queue_of(10, Overflow::block, 8);

  EXPECT_TRUE(queue.has_room(*event(1)));
  queue.push(event(1));

  EXPECT_FALSE(queue.has_room(*event(2)));
  EXPECT_EQ(number(*queue.pop()), 1);
}

TEST(SubscriberQueue, UnderBlockNothingIsEverDropped) {
  auto queue = queue_of(1, Overflow::block);

  queue.push(event(1));
  EXPECT_EQ(queue.push(event(2)), 0u);

  EXPECT_EQ(drain(queue), counted(1, 2));
  EXPECT_EQ(queue.dropped(), 0u);
}

TEST(SubscriberQueue, WhatIsPutBackIsFirstAgain) {
  auto queue = queue_of(3, Overflow::drop_oldest);
  for (std::int32_t i = 1; i <= 5; ++i) queue.push(event(i));
  auto taken = queue.pop();

  queue.put_back(*taken);

  const auto again = queue.pop();
  EXPECT_EQ(number(*again), 3);
  EXPECT_EQ(again->dropped_before, 2u);
}

TEST(SubscriberQueue, ALossOnTheWayIsToldWithTheNextEvent) {
  auto queue = queue_of(3, Overflow::drop_oldest);
  queue.push(event(1));
  const auto lost = queue.pop();

  queue.count_loss(*lost);
  queue.push(event(2));

  const auto next = queue.pop();
  EXPECT_EQ(next->dropped_before, 1u);
  EXPECT_EQ(queue.dropped(), 1u);
}

TEST(SubscriberQueue, SharesEventsBetweenConsumers) {
  auto first = queue_of(3, Overflow::drop_oldest);
  auto second = queue_of(3, Overflow::drop_oldest);
  const auto shared = event(1);

  first.push(shared);
  second.push(shared);

  EXPECT_EQ(first.pop()->event.get(), second.pop()->event.get());
}

}  // namespace
}  // namespace corbel::event_service
