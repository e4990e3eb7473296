#include <orb/transport/memory_transport.hpp>
#include <orb/transport/reactor.hpp>

#include "tests/unit/transport/fake_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>

#include <array>
#include <atomic>
#include <future>
#include <stdexcept>

namespace corbel::transport {

using namespace std::chrono_literals;
using testing::ElementsAre;

namespace {

/// Waits until the reactor has done what was asked before.
void settle(Reactor& reactor) {
  std::promise<void> done;
  ASSERT_TRUE(reactor.post([&] { done.set_value(); }));
  ASSERT_EQ(done.get_future().wait_for(60s), std::future_status::ready);
}

void send_octet(Stream& stream) {
  std::byte octet{1};
  iovec piece{&octet, 1};
  ASSERT_EQ(stream.try_send({&piece, 1}).status, IoStatus::ok);
}

}  // namespace

TEST(Reactor, PostedWorkRunsInOrderOnItsThread) {
  Reactor reactor("test");
  std::vector<int> order;

  for (int i = 0; i < 3; ++i) {
    reactor.post([&, i] {
      EXPECT_TRUE(reactor.is_current());
      order.push_back(i);
    });
  }
  settle(reactor);

  EXPECT_THAT(order, ElementsAre(0, 1, 2));
  EXPECT_FALSE(reactor.is_current());
}

TEST(Reactor, TimersFireInTheOrderOfTheirTimes) {
  Reactor reactor("test");
  std::vector<int> order;
  std::promise<void> done;
  const auto now = SteadyClock::now();

  reactor.call_at(now + 60ms, [&] {
    order.push_back(2);
    done.set_value();
  });
  reactor.call_at(now + 20ms, [&] { order.push_back(1); });
  const auto cancelled = reactor.call_at(now + 30ms, [&] { order.push_back(99); });
  reactor.cancel(cancelled);

  ASSERT_EQ(done.get_future().wait_for(60s), std::future_status::ready);
  EXPECT_THAT(order, ElementsAre(1, 2));
  EXPECT_GE(SteadyClock::now() - now, 60ms);
}

TEST(Reactor, ATimerThatThrowsTakesNoOtherAlong) {
  Reactor reactor("test");
  std::promise<void> done;
  const auto at = SteadyClock::now() + 20ms;

  reactor.call_at(at, [] { throw std::runtime_error("a bug"); });
  reactor.call_at(at, [&] { done.set_value(); });

  EXPECT_EQ(done.get_future().wait_for(60s), std::future_status::ready);
}

TEST(Reactor, AWatchTellsOnceForEachTimeItIsAsked) {
  Reactor reactor("test");
  auto [ours, theirs] = make_memory_pair();
  std::atomic<int> told{0};
  const auto watch = reactor.watch(
      ours->native_handle(), [&] { ++told; }, [] {});
  send_octet(*theirs);

  watch->when_readable();
  while (told == 0) settle(reactor);
  settle(reactor);
  EXPECT_EQ(told, 1);
  watch->when_readable();  // the octet is still there: told again
  while (told == 1) settle(reactor);

  watch->stop();
  EXPECT_EQ(told, 2);
}

TEST(Reactor, APausedWatchIsSilentAndLeavesTheDescriptorBlocking) {
  Reactor reactor("test");
  auto [ours, theirs] = make_memory_pair();
  std::atomic<int> told{0};
  const auto watch = reactor.watch(
      ours->native_handle(), [&] { ++told; }, [] {});
  watch->when_readable();

  watch->pause();
  send_octet(*theirs);
  settle(reactor);

  EXPECT_EQ(told, 0);
  EXPECT_EQ(::fcntl(ours->native_handle(), F_GETFL) & O_NONBLOCK, 0);
  watch->when_readable();
  while (told == 0) settle(reactor);
  watch->stop();
}

TEST(Reactor, AfterStopOfAWatchItsDescriptorMayBeAnothers) {
  Reactor reactor("test");
  std::atomic<int> told{0};
  for (int i = 0; i < 200; ++i) {
    auto [ours, theirs] = make_memory_pair();
    const auto watch = reactor.watch(
        ours->native_handle(), [&] { ++told; }, [] {});
    ASSERT_TRUE(watch->when_readable());

    watch->stop();

    EXPECT_FALSE(watch->when_readable());
  }
  settle(reactor);
  EXPECT_EQ(told, 0);
}

TEST(Reactor, WhatCannotBeWatchedIsToldSo) {
  Reactor reactor("test");
  const auto watch = reactor.watch(
      -1, [] {}, [] {});

  EXPECT_FALSE(watch->when_readable());
  watch->stop();
}

TEST(Reactor, NothingRunsAfterStop) {
  Reactor reactor("test");
  settle(reactor);

  reactor.stop();

  EXPECT_FALSE(reactor.post([] { FAIL(); }));
  EXPECT_EQ(reactor.call_at(SteadyClock::now(), [] { FAIL(); }), 0U);
}

TEST(Reactor, ResolvesNumbersAndNamesFromAnyThread) {
  Reactor reactor("test");
  std::string error;
  EXPECT_THAT(reactor.resolve("127.0.0.1", Deadline::after(10s), error), ElementsAre("127.0.0.1"));
  EXPECT_THAT(reactor.resolve("::1", Deadline::after(10s), error), ElementsAre("::1"));

  const auto here = reactor.resolve("localhost", Deadline::after(10s), error);
  std::vector<std::string> there;
  reactor.post([&] { there = reactor.resolve("localhost", Deadline::after(10s), error); });
  settle(reactor);

  EXPECT_FALSE(here.empty()) << error;
  EXPECT_EQ(here, there);
}

TEST(Reactor, ItsOwnThreadWaitsForANameNoLongerThanItsDeadline) {
  const auto names = std::make_shared<FakeNames>();
  Reactor reactor("test", names);
  std::string error;

  reactor.post([&] { reactor.resolve("silent", Deadline::after(20ms), error); });
  settle(reactor);

  EXPECT_EQ(error, "the name was not resolved in time");
  names->answer("silent");
}

TEST(Reactor, StopDoesNotWaitForANameAndSendsCallersAway) {
  const auto names = std::make_shared<FakeNames>();
  Reactor reactor("test", names);
  std::string error;
  auto caller = std::async(std::launch::async, [&] {
    return reactor.resolve("silent", Deadline::after(FakeNames::kPatience), error);
  });
  ASSERT_EQ(names->wait_for_lookup("silent"), 1);

  reactor.stop();

  EXPECT_TRUE(caller.get().empty());
  EXPECT_EQ(error, "the Orb is shut down");
  EXPECT_TRUE(names->wait_for_running(1));
  names->answer("silent");
}

}  // namespace corbel::transport
