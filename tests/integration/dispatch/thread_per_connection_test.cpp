#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

TEST(ThreadPerConnectionPolicy, OneClientsCallsKeepTheirOrder) {
  World world(Way::tcp, ThreadPerConnection{});
  Record record;
  const auto servant =
      std::make_shared<HookServant>([&](int number) { return record.add(number), number; },
                                    [&](int number) { record.add(number); });
  const auto hook = world.serve<calls::Hook>(servant);

  for (int i = 0; i < 100; ++i) {
    if (i % 3 == 0) {
      hook.run(i);
    } else {
      hook.send(i);
    }
  }

  ASSERT_TRUE(record.wait_for(100));
  EXPECT_EQ(record.numbers(), ascending(100));
  EXPECT_EQ(record.threads(), 1U);
}

TEST(ThreadPerConnectionPolicy, TwoClientsOverlap) {
  World world(Way::tcp, ThreadPerConnection{});
  Meter meter;
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(2) ? number : -1;
  });
  const auto other_orb = world.make_orb();
  const auto other = other_orb->object<calls::Hook>(to_string(hook));

  Callers callers;
  callers.add([&] { EXPECT_EQ(hook.run(1), 1); });
  EXPECT_EQ(other.run(2), 2);
}

TEST(ThreadPerConnectionPolicy, ThreadsOfOneClientOverlap) {
  World world(Way::tcp, ThreadPerConnection{});
  Meter meter;
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(3) ? number : -1;
  });

  Callers callers;
  for (int i = 0; i < 3; ++i) callers.add([&, i] { EXPECT_EQ(hook.run(i), i); });
}

TEST(ThreadPerConnectionPolicy, AnUpcallThatTakesLongDoesNotKeepItsConnectionFromBeingRead) {
  World world(Way::tcp, ThreadPerConnection{});
  Gate second_ran;
  const auto hook = world.serve_hook([&](int number) {
    if (number == 1) return second_ran.wait() ? 1 : -1;
    second_ran.open();
    return number;
  });

  auto first = hook.async_run(1);
  auto second = hook.async_run(2);

  EXPECT_EQ(second.get(), 2);
  EXPECT_EQ(first.get(), 1);
}

TEST(ThreadPerConnectionPolicy, SpareThreadsAreBounded) {
  constexpr int kSpare = 3;
  World world(Way::tcp, ThreadPerConnection{.spare_threads = kSpare});
  Gate go;
  Meter meter;
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    go.wait();
    return number;
  });

  // All on one connection: its own thread and the spare ones.
  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 12; ++i) replies.push_back(hook.async_run(i));
  ASSERT_TRUE(meter.wait_for_overlap(1 + kSpare));
  // What has no thread is refused at once, so replies come while the rest runs.
  ASSERT_TRUE(eventually([&] {
    int ready = 0;
    for (const auto& reply : replies) ready += reply.is_ready() ? 1 : 0;
    return ready == 12 - 1 - kSpare;
  }));
  go.open();

  int ran = 0;
  int refused = 0;
  for (auto& reply : replies)
    (failure_of([&] { reply.get(); }) == "TRANSIENT COMPLETED_NO" ? refused : ran)++;
  EXPECT_EQ(ran, 1 + kSpare);
  EXPECT_EQ(refused, 12 - 1 - kSpare);
  EXPECT_EQ(meter.most(), 1 + kSpare);
}

}  // namespace corbel::test
