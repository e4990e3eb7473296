#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

TEST(EventLoopPolicy, NoTwoUpcallsOverlapAndAllRunOnOneThread) {
  World world(Way::tcp, EventLoop{});
  Meter meter;
  Record record;
  const auto work = [&](int number) {
    const Meter::Inside inside(meter);
    record.add(number);
    return number;
  };
  const auto one = world.serve_hook(work);
  const auto two = world.serve_hook(work);
  const auto other_orb = world.make_orb();
  const auto other = other_orb->object<calls::Hook>(to_string(two));

  {
    Callers callers;
    for (const auto& hook : {one, two, other}) {
      callers.add([hook] {
        for (int i = 0; i < 50; ++i) EXPECT_EQ(hook.run(i), i);
      });
    }
  }

  EXPECT_EQ(meter.most(), 1);
  EXPECT_EQ(meter.entries(), 150);
  EXPECT_EQ(record.threads(), 1U);
}

TEST(EventLoopPolicy, CollocatedCallsOfManyThreadsDoNotOverlapEither) {
  World world(Way::collocated, EventLoop{});
  int unguarded = 0;
  const auto hook = world.serve_hook([&](int number) { return unguarded += number; });

  {
    Callers callers;
    for (int t = 0; t < 4; ++t) {
      callers.add([&] {
        for (int i = 0; i < 50; ++i) hook.run(1);
      });
    }
  }

  EXPECT_EQ(hook.run(0), 200);
}

TEST(EventLoopPolicy, OneClientsCallsKeepTheirOrder) {
  World world(Way::tcp, EventLoop{});
  Record record;
  const auto hook = world.serve<calls::Hook>(
      std::make_shared<HookServant>([&](int number) { return record.add(number), number; },
                                    [&](int number) { record.add(number); }));

  for (int i = 0; i < 60; ++i) hook.send(i);
  hook.run(60);

  EXPECT_EQ(record.numbers(), ascending(61));
}

TEST(EventLoopPolicy, ACallToItselfOverTheNetworkFailsAtItsDeadlineAndSaysWhy) {
  World world(Way::tcp, EventLoop{}, {.collocation = false});
  calls::Hook hook;
  std::string message;
  hook = world.serve_hook([&](int number) {
    if (number == 0) return 0;
    try {
      with(world.server().object<calls::Hook>(to_string(hook)),
           {.deadline = std::chrono::milliseconds(200)})
          .run(0);
    } catch (const Timeout& failure) {
      message = failure.what();
    }
    return number;
  });

  EXPECT_EQ(hook.run(1), 1);

  EXPECT_NE(message.find("another dispatch policy"), std::string::npos) << message;
}

TEST(EventLoopPolicy, ACollocatedCallToItselfRunsAtOnce) {
  World world(Way::tcp, EventLoop{});
  calls::Hook hook;
  hook = world.serve_hook([&](int number) {
    return number == 0 ? 0
                       : 1 + world.server().object<calls::Hook>(to_string(hook)).run(number - 1);
  });

  EXPECT_EQ(hook.run(5), 5);
}

TEST(EventLoopPolicy, AFullQueueRefuses) {
  World world(Way::collocated, EventLoop{.queue = 2});
  Gate entered;
  Gate go;
  const auto hook = world.serve_hook([&](int number) {
    entered.open();
    go.wait();
    return number;
  });
  std::vector<Reply<std::int32_t>> replies;
  replies.push_back(hook.async_run(0));
  ASSERT_TRUE(entered.wait());
  for (int i = 1; i < 3; ++i) replies.push_back(hook.async_run(i));

  EXPECT_EQ(failure_of([&] { hook.async_run(9).get(); }), "TRANSIENT COMPLETED_NO");
  go.open();

  for (int i = 0; i < 3; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
}

}  // namespace corbel::test
