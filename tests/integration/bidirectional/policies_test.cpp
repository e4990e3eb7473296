#include "tests/integration/bidirectional/parties.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>

namespace corbel::test {

/// Both sides under each dispatch policy.
class BidirectionalCalls : public testing::TestWithParam<DispatchPolicy> {
 protected:
  static bool is_event_loop() { return std::holds_alternative<EventLoop>(GetParam()); }
  /// The client's only connections are those that it opened.
  void expect_no_other_connection() {
    EXPECT_EQ(parties.server.statistics().client_connections, 0U);
    EXPECT_EQ(parties.client.statistics().server_connections, 0U);
  }

  Parties parties{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Everywhere, BidirectionalCalls, testing::ValuesIn(all_policies()),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

TEST_P(BidirectionalCalls, AClientThatWaitsInACallIsCalledBackOverItsOwnConnection) {
  std::atomic<int> runs = 0;
  const auto callback = parties.activate([&](int number) { return ++runs, 10 * number; });

  EXPECT_EQ(parties.proxy.visit(callback, 4), 10 + 20 + 30);

  EXPECT_EQ(runs, 4);
  EXPECT_EQ(parties.server.statistics().server_connections, 1U);
  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, AnIdleClientIsCalledBack) {
  const auto callback = parties.activate([](int number) { return number + 1; });
  parties.proxy.keep(callback);

  for (int i = 0; i < 50; ++i) EXPECT_EQ(parties.servant->kept().run(i), i + 1);

  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, AnIdleClientIsToldThingsWhileTheServersUpcallHasEnded) {
  const auto servant = std::make_shared<ClientServant>();
  parties.proxy.keep(parties.activate(servant));

  parties.proxy.tell_later(20);

  EXPECT_EQ(servant->told(20).size(), 20U);
  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, AClientWhoseAsynchronousCallIsOutstandingIsCalledBack) {
  const auto callback = parties.activate([](int number) { return number; });

  auto reply = parties.proxy.async_visit(callback, 5);

  EXPECT_EQ(reply.get(), 0 + 1 + 2 + 3 + 4);
  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, AsynchronousCallsBackNeedNobodyWhoReads) {
  const auto callback = parties.activate([](int number) { return number; });

  EXPECT_EQ(parties.proxy.visit_at_once(callback, 300), 299 * 300 / 2);

  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, OneWayCallsBackComeAllAndInOrderWhereThePolicyKeepsIt) {
  const auto servant = std::make_shared<ClientServant>();
  parties.proxy.keep(parties.activate(servant));
  const auto kept = parties.servant->kept();
  std::vector<int> sent(200);
  std::iota(sent.begin(), sent.end(), 0);

  for (const int number : sent) kept.tell(number);

  auto told = servant->told(sent.size());
  if (std::holds_alternative<ThreadPerRequest>(GetParam()) ||
      std::holds_alternative<Pool>(GetParam()))
    std::sort(told.begin(), told.end());
  EXPECT_EQ(told, sent);
}

TEST_P(BidirectionalCalls, CallsNestTwentyDeep) {
  if (is_event_loop()) GTEST_SKIP() << "an event loop that waits serves nobody";
  const auto callback = parties.activate(std::make_shared<ClientServant>());

  EXPECT_EQ(parties.proxy.nest(callback, 20), 20);

  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, ManyThreadsCallInBothDirectionsAtOnce) {
  const auto callback = parties.activate([](int number) { return 2 * number; });
  parties.proxy.keep(callback);
  const auto kept = parties.servant->kept();

  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) EXPECT_EQ(parties.proxy.ping(i), i);
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) EXPECT_EQ(kept.run(i), 2 * i);
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) EXPECT_EQ(parties.proxy.visit(callback, 3), 6);
    });
  }
  for (auto& thread : threads) thread.join();

  expect_no_other_connection();
}

TEST_P(BidirectionalCalls, ExceptionsAndDeadlinesOfCallsBackAreTheCallersOwn) {
  std::mutex held;
  std::unique_lock holding(held);
  const auto callback = parties.activate([&](int number) -> int {
    if (number == 0) throw NoPermission("not you", Completion::no);
    const std::lock_guard wait(held);
    return number;
  });
  parties.proxy.keep(callback);
  const auto kept = parties.servant->kept();

  EXPECT_EQ(failure_of([&] { kept.run(0); }), "NO_PERMISSION COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { with(kept, {.deadline = std::chrono::milliseconds(100)}).run(1); }),
            "TIMEOUT COMPLETED_MAYBE");
  holding.unlock();

  EXPECT_EQ(kept.run(2), 2);
}

}  // namespace corbel::test
