#include "tests/integration/managers/manager_suite.hpp"

namespace corbel::test {

class States : public ManagerSuite {
 protected:
  Adapter make_adapter(std::size_t held_requests) {
    return world.server().create_adapter("gated",
                                         {.dispatch = policy(), .held_requests = held_requests});
  }
  calls::Hook serve(Adapter& adapter, std::function<int(int)> work,
                    std::function<void(int)> send = {}) {
    return world.seen_by_client(adapter.activate<calls::Hook>(
        std::make_shared<HookServant>(std::move(work), std::move(send))));
  }
};
INSTANTIATE_TEST_SUITE_P(Everywhere, States,
                         testing::Combine(testing::Values(Way::memory, Way::tcp, Way::collocated),
                                          testing::ValuesIn(all_policies())),
                         suite_name);

TEST_P(States, HoldingLetsRequestsWait) {
  auto adapter = make_adapter(10);
  EXPECT_EQ(adapter.state(), AdapterState::holding);
  const auto hook = serve(adapter, [](int number) { return number; });

  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 4; ++i) replies.push_back(hook.async_run(i));
  EXPECT_TRUE(eventually([&] { return adapter.statistics().queued == 4; }));
  EXPECT_EQ(adapter.statistics().completed, 0U);
  adapter.activate_requests();

  EXPECT_EQ(adapter.state(), AdapterState::active);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
  EXPECT_EQ(hook.run(9), 9);
}

TEST_P(States, HoldingKeepsASynchronousCallerWaiting) {
  auto adapter = make_adapter(10);
  const auto hook = serve(adapter, [](int number) { return number; });
  {
    Callers callers;
    callers.add([&] { EXPECT_EQ(hook.run(3), 3); });
    EXPECT_TRUE(eventually([&] { return adapter.statistics().queued == 1; }));
    adapter.activate_requests();
  }
  adapter.hold_requests();
  Callers callers;
  callers.add([&] { EXPECT_EQ(hook.run(4), 4); });
  EXPECT_TRUE(eventually([&] { return adapter.statistics().queued == 1; }));
  adapter.activate_requests();
}

TEST_P(States, HoldingHasItsBounds) {
  auto adapter = make_adapter(2);
  const auto hook = serve(adapter, [](int number) { return number; });
  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 2; ++i) replies.push_back(hook.async_run(i));
  ASSERT_TRUE(eventually([&] { return adapter.statistics().queued == 2; }));

  EXPECT_EQ(failure_of([&] { hook.run(3); }), "TRANSIENT COMPLETED_NO");

  adapter.activate_requests();
  for (int i = 0; i < 2; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
}

TEST_P(States, HoldingKeepsOneClientsOneWayCallsInOrder) {
  if (!std::holds_alternative<ThreadPerObject>(policy()) && !is_event_loop())
    GTEST_SKIP() << "this policy promises no order for requests that waited";
  auto adapter = make_adapter(100);
  Record record;
  const auto hook = serve(
      adapter, [](int number) { return number; }, [&](int number) { record.add(number); });

  Callers callers;
  callers.add([&] {
    for (int i = 0; i < 20; ++i) hook.send(i);
  });
  EXPECT_TRUE(eventually([&] { return adapter.statistics().queued >= 1; }));
  adapter.activate_requests();

  ASSERT_TRUE(record.wait_for(20));
  EXPECT_EQ(record.numbers(), ascending(20));
}

TEST_P(States, ACallerLeavesAHoldingAdapterAtItsDeadline) {
  auto adapter = make_adapter(10);
  std::atomic<int> calls{0};
  const auto hook = serve(adapter, [&](int number) { return ++calls, number; });

  const auto failure =
      failure_of([&] { with(hook, {.deadline = std::chrono::milliseconds(100)}).run(1); });

  // The server counts from when the request came in: let the deadline pass there too.
  const auto passed = std::chrono::steady_clock::now() + std::chrono::milliseconds(150);
  EXPECT_TRUE(eventually([&] { return std::chrono::steady_clock::now() > passed; }));
  // On a thread that waits the server says it, else the caller knows by itself.
  EXPECT_TRUE(failure == "TIMEOUT COMPLETED_MAYBE" || failure == "TRANSIENT COMPLETED_NO" ||
              failure == "TIMEOUT COMPLETED_NO")
      << failure;
  adapter.activate_requests();
  EXPECT_EQ(hook.run(2), 2);
  EXPECT_EQ(calls.load(), 1);
}

TEST_P(States, DiscardingAnswersTransientToThoseThatWaitToo) {
  auto adapter = make_adapter(10);
  const auto hook = serve(adapter, [](int number) { return number; });
  auto waiting = with(hook, {.deadline = std::chrono::seconds(30)}).async_run(1);
  ASSERT_TRUE(eventually([&] { return adapter.statistics().queued == 1; }));

  adapter.discard_requests();

  EXPECT_EQ(adapter.state(), AdapterState::discarding);
  EXPECT_EQ(failure_of([&] { waiting.get(); }), "TRANSIENT COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { hook.run(1); }), "TRANSIENT COMPLETED_NO");
  adapter.activate_requests();
  EXPECT_EQ(hook.run(2), 2);
}

TEST_P(States, InactiveIsFinal) {
  auto adapter = make_adapter(10);
  const auto hook = serve(adapter, [](int number) { return number; });
  adapter.activate_requests();
  EXPECT_EQ(hook.run(1), 1);

  adapter.deactivate_requests();
  adapter.deactivate_requests();

  EXPECT_EQ(adapter.state(), AdapterState::inactive);
  EXPECT_EQ(failure_of([&] { hook.run(1); }), "OBJ_ADAPTER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { adapter.activate_requests(); }), "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { adapter.hold_requests(); }), "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] {
              adapter.activate<calls::Hook>(hook_that([](int number) { return number; }));
            }),
            "BAD_INV_ORDER COMPLETED_NO");
  adapter.destroy();
  EXPECT_EQ(failure_of([&] { hook.run(1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
}

TEST_P(States, DestructionAnswersThoseThatWait) {
  auto adapter = make_adapter(10);
  const auto hook = serve(adapter, [](int number) { return number; });
  auto waiting = hook.async_run(1);
  ASSERT_TRUE(eventually([&] { return adapter.statistics().queued == 1; }));

  adapter.destroy();

  EXPECT_EQ(failure_of([&] { waiting.get(); }), "OBJECT_NOT_EXIST COMPLETED_NO");
}

TEST_P(States, WaitingUntilIdleWaitsForRunningCallsOnly) {
  if (is_event_loop()) GTEST_SKIP() << "the running call keeps the loop from taking another";
  auto adapter = make_adapter(10);
  adapter.activate_requests();
  Gate entered;
  Gate go;
  std::atomic<bool> finished{false};
  const auto slow = serve(adapter, [&](int number) {
    entered.open();
    go.wait();
    finished.store(true);
    return number;
  });
  const auto other = serve(adapter, [](int number) { return number; });
  auto running = slow.async_run(1);
  ASSERT_TRUE(entered.wait());

  adapter.hold_requests();
  auto held = other.async_run(2);
  EXPECT_FALSE(adapter.wait_until_idle(std::chrono::milliseconds(20)));
  go.open();

  EXPECT_TRUE(adapter.wait_until_idle(kPatience));
  EXPECT_TRUE(finished.load());
  EXPECT_EQ(running.get(), 1);
  adapter.activate_requests();
  EXPECT_EQ(held.get(), 2);
}

TEST_P(States, ChangeFromWithinAnUpcallWithoutWaiting) {
  auto adapter = make_adapter(10);
  adapter.activate_requests();
  const auto hook = serve(adapter, [&](int number) {
    EXPECT_FALSE(adapter.wait_until_idle(kPatience));
    if (number == 1) adapter.discard_requests();
    if (number == 2) adapter.deactivate_requests();
    return number;
  });

  EXPECT_EQ(hook.run(1), 1);
  EXPECT_EQ(failure_of([&] { hook.run(0); }), "TRANSIENT COMPLETED_NO");
  adapter.activate_requests();
  EXPECT_EQ(hook.run(2), 2);
  EXPECT_EQ(failure_of([&] { hook.run(0); }), "OBJ_ADAPTER COMPLETED_NO");
}

TEST_P(States, TheOrbsEndAnswersThoseThatWait) {
  auto orb = world.make_orb();
  auto adapter = orb->create_adapter("gated", {.dispatch = policy(), .held_requests = 10});
  const auto hook = world.client().object<calls::Hook>(
      to_string(adapter.activate<calls::Hook>(hook_that([](int number) { return number; }))));
  auto waiting = hook.async_run(1);
  ASSERT_TRUE(eventually([&] { return adapter.statistics().queued == 1; }));

  orb.reset();

  EXPECT_NE(failure_of([&] { waiting.get(); }), "");
}

}  // namespace corbel::test
