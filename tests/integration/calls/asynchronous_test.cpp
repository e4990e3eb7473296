#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/suite.hpp"

#include <coroutine>
#include <optional>

namespace corbel::test {

namespace {

/// A coroutine that nobody waits for.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

}  // namespace

CORBEL_CALL_SUITE(Asynchronous);

TEST_P(Asynchronous, GetWaitsForTheResult) {
  auto sum = target.async_add(40, 2);
  auto joined = target.async_join({"a", "b"});

  EXPECT_EQ(joined.get(), "ab");
  EXPECT_EQ(sum.get(), 42);
}

TEST_P(Asynchronous, OutParametersComeAsAStructOfResults) {
  const auto results =
      target.async_mix({"x", 1, calls::Colour::red, {{1, 1}}}, "y", calls::Point{1, 2}).get();

  EXPECT_EQ(results.result.name, "xy");
  EXPECT_EQ(results.text, "was y");
  EXPECT_EQ(results.numbers, (calls::Longs{1}));
  EXPECT_EQ(results.swapped, (calls::Point{2, 1}));
}

TEST_P(Asynchronous, GetThrowsWhatTheCallThrows) {
  auto refused = target.async_refuse("no");
  auto failed = target.async_fail(1);

  EXPECT_THROW(refused.get(), calls::Refused);
  EXPECT_EQ(failure_of([&] { failed.get(); }), "NO_RESOURCES COMPLETED_NO");
}

TEST_P(Asynchronous, ManyCallsAreOutAtOnce) {
  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 60; ++i) replies.push_back(target.async_add(i, i));

  for (int i = 0; i < 60; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), 2 * i);
}

TEST_P(Asynchronous, AttributesHaveAsynchronousForms) {
  target.async_label("green").get();

  EXPECT_EQ(target.async_label().get(), "green");
}

TEST_P(Asynchronous, ThenRunsWithTheReadyReplyAndMayCall) {
  auto chained = target.async_add(1, 2).then(
      [this](Reply<std::int32_t> sum) { return target.add(sum.get(), 10); });

  EXPECT_EQ(chained.get(), 13);
}

TEST_P(Asynchronous, ThenPassesOnWhatItsContinuationThrows) {
  auto chained = target.async_refuse("no").then([](Reply<void> reply) { reply.get(); });

  EXPECT_THROW(chained.get(), calls::Refused);
}

TEST_P(Asynchronous, ACoroutineAwaitsReplies) {
  Gate done;
  std::string seen;
  const auto run = [&]() -> Detached {
    const auto sum = co_await target.async_add(1, 2);
    try {
      co_await target.async_refuse("no");
    } catch (const calls::Refused& refused) {
      seen = std::to_string(sum) + refused.why;
    }
    done.open();
  };

  run();

  ASSERT_TRUE(done.wait());
  EXPECT_EQ(seen, "3no");
}

TEST_P(Asynchronous, ADroppedReplyLetsTheCallGoOn) {
  Gate ran;
  const auto hook = world.serve_hook([&](int number) {
    ran.open();
    return number;
  });

  { auto dropped = hook.async_run(1); }

  EXPECT_TRUE(ran.wait());
}

TEST_P(Asynchronous, CancelEndsTheWaitAndTellsTheServant) {
  Gate entered;
  Gate cancelled;
  Gate told;
  const auto hook = world.serve_hook([&](int number) {
    entered.open();
    cancelled.wait();
    // The event loop reads no CancelRequest while it runs an upcall.
    const auto until =
        std::chrono::steady_clock::now() + (is_event_loop() ? std::chrono::seconds(0) : kPatience);
    while (!CallContext::current().cancelled() && std::chrono::steady_clock::now() < until)
      std::this_thread::yield();
    if (CallContext::current().cancelled()) told.open();
    return number;
  });
  auto reply = hook.async_run(1);
  ASSERT_TRUE(entered.wait());

  reply.cancel();
  cancelled.open();

  EXPECT_EQ(failure_of([&] { reply.get(); }), "NO_RESPONSE COMPLETED_MAYBE");
  if (!is_event_loop()) {
    EXPECT_TRUE(told.wait());
  }
  world.finish();
}

TEST_P(Asynchronous, AReplyIsTakenOnce) {
  auto reply = target.async_add(1, 1);
  EXPECT_EQ(reply.get(), 2);

  EXPECT_EQ(failure_of([&] { reply.get(); }), "BAD_INV_ORDER COMPLETED_NO");
}

TEST_P(Asynchronous, WaitForSaysWhetherTheResultIsThere) {
  Gate go;
  const auto hook = world.serve_hook([&](int number) {
    go.wait();
    return number;
  });
  auto reply = hook.async_run(5);

  EXPECT_FALSE(reply.is_ready());
  EXPECT_FALSE(reply.wait_for(std::chrono::milliseconds(1)));
  go.open();
  EXPECT_TRUE(reply.wait_for(kPatience));
  EXPECT_TRUE(reply.is_ready());
  EXPECT_EQ(reply.get(), 5);
}

TEST_P(Asynchronous, AnAsynchronousServantAnswersAnAsynchronousCall) {
  EXPECT_EQ(target.async_answer_later("tea").get(), "later: tea");
  EXPECT_EQ(failure_of([&] { target.async_answer_never().get(); }), "NO_RESPONSE COMPLETED_MAYBE");
}

TEST_P(Asynchronous, ContinuationsMayWaitForContinuations) {
  constexpr int kMany = 40;  // more than the threads that run them
  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < kMany; ++i) {
    replies.push_back(target.async_add(1, i).then([this](auto sum) {
      return target.async_add(sum.get(), 1).then([](auto next) { return next.get(); }).get();
    }));
  }

  for (int i = 0; i < kMany; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i + 2);
}

}  // namespace corbel::test
