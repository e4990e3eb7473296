#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

class PoolPolicy : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(Over, PoolPolicy, testing::Values(Way::tcp, Way::collocated),
                         [](const auto& each) { return std::string(to_string(each.param)); });

TEST_P(PoolPolicy, AsManyUpcallsOverlapAsThePoolHasThreads) {
  World world(GetParam(), Pool{.threads = 3});
  Meter meter;
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(3) ? number : -1;
  });

  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 30; ++i) replies.push_back(hook.async_run(i));

  for (int i = 0; i < 30; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
  EXPECT_EQ(meter.most(), 3);
}

TEST_P(PoolPolicy, OneThreadKeepsOneClientsOrder) {
  World world(GetParam(), Pool{.threads = 1});
  Record record;
  const auto hook = world.serve<calls::Hook>(
      std::make_shared<HookServant>([&](int number) { return record.add(number), number; },
                                    [&](int number) { record.add(number); }));

  for (int i = 0; i < 60; ++i) hook.send(i);
  hook.run(60);

  EXPECT_EQ(record.numbers(), ascending(61));
}

TEST_P(PoolPolicy, AnotherThreadRunsWhileOneWaitsInACallOfItsOwn) {
  World world(GetParam(), Pool{.threads = 1});
  calls::Hook hook;
  hook = world.serve_hook([&](int number) {
    return number == 0 ? 0
                       : 1 + world.server().object<calls::Hook>(to_string(hook)).run(number - 1);
  });

  EXPECT_EQ(hook.run(10), 10);
}

TEST_P(PoolPolicy, ThreadsAddedForWaitingUpcallsAreBounded) {
  World world(GetParam(), Pool{.threads = 1, .extra_threads = 2});
  calls::Hook hook;
  Meter meter;
  hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    if (number == 0) return 0;
    const auto again = with(world.server().object<calls::Hook>(to_string(hook)),
                            {.deadline = std::chrono::milliseconds(300)});
    return 1 + again.run(number - 1);
  });

  EXPECT_EQ(hook.run(2), 2);
  EXPECT_EQ(failure_of([&] { hook.run(3); }), "TIMEOUT COMPLETED_MAYBE");
  world.finish();
  EXPECT_LE(meter.most(), 3);
}

TEST_P(PoolPolicy, AFullQueueRefuses) {
  World world(GetParam(), Pool{.threads = 1, .queue = 2});
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
  ASSERT_TRUE(eventually([&] { return world.adapter().statistics().queued == 2; }));

  EXPECT_EQ(failure_of([&] { hook.async_run(9).get(); }), "TRANSIENT COMPLETED_NO");
  EXPECT_GE(world.adapter().statistics().refused, 1U);
  go.open();

  for (int i = 0; i < 3; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
  ASSERT_TRUE(eventually([&] { return world.adapter().statistics().running == 0; }));
  EXPECT_EQ(world.adapter().statistics().queued, 0U);
  EXPECT_GE(world.adapter().statistics().completed, 3U);
}

}  // namespace corbel::test
