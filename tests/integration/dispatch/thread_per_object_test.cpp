#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

class ThreadPerObjectPolicy : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(Over, ThreadPerObjectPolicy, testing::Values(Way::tcp, Way::collocated),
                         [](const auto& each) { return std::string(to_string(each.param)); });

TEST_P(ThreadPerObjectPolicy, UpcallsOfOneObjectNeverOverlap) {
  World world(GetParam(), ThreadPerObject{});
  Meter meter;
  int unguarded = 0;  // ThreadSanitizer watches it
  const auto hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    unguarded += number;
    return unguarded;
  });

  {
    Callers callers;
    for (int t = 0; t < 4; ++t) {
      callers.add([&] {
        for (int i = 0; i < 50; ++i) hook.run(1);
      });
    }
  }

  EXPECT_EQ(hook.run(0), 200);
  EXPECT_EQ(meter.most(), 1);
}

TEST_P(ThreadPerObjectPolicy, OneClientsCallsOfOneObjectKeepTheirOrder) {
  World world(GetParam(), ThreadPerObject{});
  Record record;
  const auto hook = world.serve<calls::Hook>(
      std::make_shared<HookServant>([&](int number) { return record.add(number), number; },
                                    [&](int number) { record.add(number); }));

  for (int i = 0; i < 100; ++i) {
    if (i % 3 == 0) {
      hook.run(i);
    } else {
      hook.send(i);
    }
  }

  ASSERT_TRUE(record.wait_for(100));
  EXPECT_EQ(record.numbers(), ascending(100));
}

TEST_P(ThreadPerObjectPolicy, DifferentObjectsOverlap) {
  World world(GetParam(), ThreadPerObject{});
  constexpr int kObjects = 5;
  Meter meter;
  const auto work = [&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(kObjects) ? number : -1;
  };

  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < kObjects; ++i) replies.push_back(world.serve_hook(work).async_run(i));

  for (int i = 0; i < kObjects; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
}

TEST_P(ThreadPerObjectPolicy, MoreObjectsThanThreadsWaitTheirTurn) {
  World world(GetParam(), ThreadPerObject{.max_threads = 2});
  Meter meter;
  const auto work = [&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(2) ? number : -1;
  };

  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 8; ++i) replies.push_back(world.serve_hook(work).async_run(i));

  for (int i = 0; i < 8; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
  EXPECT_EQ(meter.most(), 2);
}

TEST_P(ThreadPerObjectPolicy, AFullQueueRefusesAndOtherObjectsGoOn) {
  World world(GetParam(), ThreadPerObject{.queue = 3});
  Gate entered;
  Gate go;
  const auto slow = world.serve_hook([&](int number) {
    entered.open();
    go.wait();
    return number;
  });
  const auto other = world.serve_hook([](int number) { return number; });
  std::vector<Reply<std::int32_t>> replies;
  replies.push_back(slow.async_run(0));
  ASSERT_TRUE(entered.wait());
  for (int i = 1; i < 4; ++i) replies.push_back(slow.async_run(i));
  ASSERT_TRUE(eventually([&] { return world.adapter().statistics().queued == 3; }));

  EXPECT_EQ(failure_of([&] { slow.async_run(9).get(); }), "TRANSIENT COMPLETED_NO");
  EXPECT_EQ(other.run(7), 7);
  // An upcall is counted until shortly after its answer.
  EXPECT_TRUE(eventually([&] { return world.adapter().statistics().running == 1; }));
  const auto statistics = world.adapter().statistics();
  EXPECT_GE(statistics.refused, 1U);
  EXPECT_EQ(statistics.dropped_oneway, 0U);
  go.open();

  for (int i = 0; i < 4; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
}

TEST_P(ThreadPerObjectPolicy, OneWayRequestsThatFindNoRoomAreHeldBackAndLost) {
  World world(GetParam(), ThreadPerObject{.queue = 2});
  Gate entered;
  Gate go;
  Record record;
  const auto hook = world.serve<calls::Hook>(std::make_shared<HookServant>(
      [&](int number) {
        entered.open();
        go.wait();
        return number;
      },
      [&](int number) { record.add(number); }));
  auto running = hook.async_run(0);
  ASSERT_TRUE(entered.wait());

  // Two wait in the queue, the third holds the others back until there is room again.
  Callers sender;
  sender.add([&] {
    for (int i = 0; i < 6; ++i) hook.send(i);
  });
  ASSERT_TRUE(eventually([&] { return world.adapter().statistics().queued == 2; }));
  EXPECT_EQ(world.adapter().statistics().dropped_oneway, 0U);
  go.open();

  EXPECT_EQ(running.get(), 0);
  ASSERT_TRUE(record.wait_for(6));
  EXPECT_EQ(record.numbers(), ascending(6));
  EXPECT_EQ(world.adapter().statistics().dropped_oneway, 0U);
}

TEST_P(ThreadPerObjectPolicy, AOneWayRequestThatFindsNoRoomForLongIsDroppedAndCounted) {
  World world(GetParam(), ThreadPerObject{.queue = 1});
  Gate entered;
  Gate go;
  const auto hook = world.serve_hook([&](int number) {
    entered.open();
    go.wait();
    return number;
  });
  auto running = hook.async_run(0);
  ASSERT_TRUE(entered.wait());
  hook.send(1);
  hook.send(2);

  EXPECT_TRUE(eventually([&] { return world.adapter().statistics().dropped_oneway == 1; }));
  go.open();

  EXPECT_EQ(running.get(), 0);
}

TEST_P(ThreadPerObjectPolicy, ACallThatComesBackToAWaitingObjectRunsMeanwhile) {
  World world(GetParam(), ThreadPerObject{.max_threads = 1});
  Meter running;
  int unguarded = 0;
  calls::Hook a;
  calls::Hook b;
  const auto at_server = [&](const calls::Hook& hook) {
    return world.server().object<calls::Hook>(to_string(hook));
  };
  a = world.serve_hook([&](int number) {
    ++unguarded;
    const int result = number == 0 ? 0 : 1 + at_server(b).run(number - 1);
    ++unguarded;
    return result;
  });
  b = world.serve_hook(
      [&](int number) { return number == 0 ? 0 : 1 + at_server(a).run(number - 1); });

  EXPECT_EQ(a.run(8), 8);
  EXPECT_EQ(unguarded, 2 * 5);
}

TEST_P(ThreadPerObjectPolicy, CallsOfOthersDoNotEnterAWaitingObject) {
  World world(GetParam(), ThreadPerObject{});
  Gate waiting;
  Gate go;
  Record record;
  const auto partner = world.serve_hook([&](int number) {
    waiting.open();
    go.wait();
    return number;
  });
  const auto hook = world.serve_hook([&](int number) {
    record.add(number);
    if (number == 1) world.server().object<calls::Hook>(to_string(partner)).run(0);
    record.add(number + 1);
    return number;
  });
  auto first = hook.async_run(1);
  ASSERT_TRUE(waiting.wait());
  auto second = hook.async_run(11);
  ASSERT_TRUE(eventually([&] { return world.adapter().statistics().queued == 1; }));
  go.open();

  first.get();
  second.get();
  EXPECT_EQ(record.numbers(), (std::vector<int>{1, 2, 11, 12}));
}

TEST_P(ThreadPerObjectPolicy, OpposedChainsEndAtTheirDeadline) {
  World world(GetParam(), ThreadPerObject{});
  Gate is_in[2];
  calls::Hook hooks[2];
  std::string failures[2];
  for (const std::size_t own : {0U, 1U}) {
    const std::size_t other = 1 - own;
    hooks[own] = world.serve_hook([&, own, other](int number) {
      if (number == 0) return 0;
      is_in[own].open();
      is_in[other].wait();
      failures[own] = failure_of([&] {
        with(world.server().object<calls::Hook>(to_string(hooks[other])),
             {.deadline = std::chrono::milliseconds(100)})
            .run(0);
      });
      return number;
    });
  }

  auto one = hooks[0].async_run(1);
  auto another = hooks[1].async_run(2);

  EXPECT_EQ(one.get(), 1);
  EXPECT_EQ(another.get(), 2);
  // The one that gave up last may have found the other object free by then.
  EXPECT_TRUE(failures[0].starts_with("TIMEOUT") || failures[1].starts_with("TIMEOUT"))
      << failures[0] << ", " << failures[1];
  for (const auto& hook : hooks) EXPECT_EQ(hook.run(0), 0);
}

TEST_P(ThreadPerObjectPolicy, ANestedCallThatComesTooLateStillOverlapsWithNothing) {
  World world(GetParam(), ThreadPerObject{});
  Gate late;
  Gate timed_out;
  Meter meter;
  calls::Hook hook;
  const auto at_server = [&](const calls::Hook& object) {
    return world.server().object<calls::Hook>(to_string(object));
  };
  // Comes back into the object that has meanwhile given up waiting.
  const auto partner = world.serve_hook([&](int number) {
    timed_out.wait();
    auto reply = with(at_server(hook), {.deadline = kPatience}).async_run(2);
    late.open();
    return number;
  });
  hook = world.serve_hook([&](int number) {
    const Meter::Inside inside(meter);
    if (number != 1) return number;
    EXPECT_EQ(failure_of([&] {
                with(at_server(partner), {.deadline = std::chrono::milliseconds(100)}).run(0);
              }),
              "TIMEOUT COMPLETED_MAYBE");
    timed_out.open();
    late.wait();
    return number;
  });

  EXPECT_EQ(hook.run(1), 1);
  for (int i = 3; i < 20; ++i) EXPECT_EQ(hook.run(i), i);

  world.finish();
  EXPECT_EQ(meter.most(), 1);
}

}  // namespace corbel::test
