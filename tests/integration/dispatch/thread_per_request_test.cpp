#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

class ThreadPerRequestPolicy : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(Over, ThreadPerRequestPolicy, testing::Values(Way::tcp, Way::collocated),
                         [](const auto& each) { return std::string(to_string(each.param)); });

TEST_P(ThreadPerRequestPolicy, CallsNeverWaitForEachOther) {
  World world(GetParam(), ThreadPerRequest{});
  constexpr int kCalls = 20;
  Meter meter;
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(kCalls) ? number : -1;
  });

  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < kCalls; ++i) replies.push_back(hook.async_run(i));

  for (int i = 0; i < kCalls; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
}

TEST_P(ThreadPerRequestPolicy, MoreRequestsThanThreadsAreRefused) {
  World world(GetParam(), ThreadPerRequest{.max_threads = 4});
  Gate go;
  Meter meter;
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    go.wait();
    return number;
  });
  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 4; ++i) replies.push_back(hook.async_run(i));
  ASSERT_TRUE(meter.wait_for_overlap(4));

  EXPECT_EQ(failure_of([&] { hook.async_run(9).get(); }), "TRANSIENT COMPLETED_NO");
  EXPECT_GE(world.adapter().statistics().refused, 1U);
  EXPECT_TRUE(eventually([&] { return world.adapter().statistics().running == 4; }));
  go.open();

  for (int i = 0; i < 4; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
  EXPECT_EQ(meter.most(), 4);
}

TEST_P(ThreadPerRequestPolicy, ThreadsAreReused) {
  World world(GetParam(), ThreadPerRequest{});
  Record record;
  const auto hook = world.serve_hook([&](int number) { return record.add(number), number; });

  for (int i = 0; i < 50; ++i) hook.async_run(i).get();

  EXPECT_EQ(record.numbers(), ascending(50));
  // Never reused they would be 50. A reply may overtake its thread on its way to rest, on a busy
  // machine often, so it is not always the first.
  EXPECT_LE(record.threads(), 25U);
}

TEST_P(ThreadPerRequestPolicy, AWaitingUpcallLendsItsThread) {
  World world(GetParam(), ThreadPerRequest{.max_threads = 1});
  calls::Hook hook;
  hook = world.serve_hook([&](int number) {
    if (number == 0) return 0;
    return 1 + world.server().object<calls::Hook>(to_string(hook)).run(number - 1);
  });

  EXPECT_EQ(hook.run(5), 5);
}

}  // namespace corbel::test
