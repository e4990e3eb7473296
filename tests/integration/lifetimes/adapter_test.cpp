#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace corbel::test {

/// Over TCP and collocated.
class AdapterLifetime : public testing::TestWithParam<Way> {
 protected:
  AdapterLifetime() : world(GetParam(), ThreadPerConnection{}) {}
  World world;
};
INSTANTIATE_TEST_SUITE_P(Over, AdapterLifetime, testing::Values(Way::tcp, Way::collocated),
                         [](const auto& each) { return std::string(to_string(each.param)); });

TEST_P(AdapterLifetime, AHoldingAdapterAnswersTransient) {
  auto adapter = world.server().create_adapter("holding");
  const auto target =
      world.seen_by_client(adapter.activate<calls::Target>(std::make_shared<TargetServant>()));

  EXPECT_EQ(failure_of([&] { target.add(1, 1); }), "TRANSIENT COMPLETED_NO");
  adapter.activate_requests();
  EXPECT_EQ(target.add(1, 1), 2);
  adapter.hold_requests();
  EXPECT_EQ(failure_of([&] { target.add(1, 1); }), "TRANSIENT COMPLETED_NO");
}

TEST_P(AdapterLifetime, DestroyInsideAnUpcallReturnsAndEndsTheObjects) {
  for (const auto& policy : all_policies()) {
    auto adapter = answering_adapter(world.server(), "brief", {.dispatch = policy});
    const auto hook = world.seen_by_client(
        adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
          adapter.destroy();
          return number;
        })));

    EXPECT_EQ(hook.run(5), 5) << name_of(policy);
    EXPECT_EQ(failure_of([&] { hook.run(5); }), "OBJECT_NOT_EXIST COMPLETED_NO") << name_of(policy);
  }
}

TEST_P(AdapterLifetime, DestroyWaitsForRunningCalls) {
  auto adapter = answering_adapter(world.server(), "brief");
  Gate entered;
  Gate go;
  bool finished = false;
  const auto hook = world.seen_by_client(
      adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
        entered.open();
        go.wait();
        finished = true;
        return number;
      })));
  std::thread caller([&] { EXPECT_EQ(hook.run(5), 5); });
  ASSERT_TRUE(entered.wait());

  std::thread opener([&] { go.open(); });
  adapter.destroy();

  EXPECT_TRUE(finished);
  caller.join();
  opener.join();
}

TEST_P(AdapterLifetime, ANewAdapterUnderAnOldNameServesNoOldReference) {
  auto adapter = answering_adapter(world.server(), "again");
  const auto old = world.seen_by_client(
      adapter.activate<calls::Target>(ObjectId("one"), std::make_shared<TargetServant>()));
  ASSERT_EQ(old.add(1, 1), 2);
  adapter.destroy();

  auto next = answering_adapter(world.server(), "again");
  const auto young = world.seen_by_client(
      next.activate<calls::Target>(ObjectId("one"), std::make_shared<TargetServant>()));

  EXPECT_GT(next.timestamp(), adapter.timestamp());
  EXPECT_EQ(failure_of([&] { old.add(1, 1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  EXPECT_EQ(young.add(1, 1), 2);
}

TEST_P(AdapterLifetime, DeactivatingARunningObjectLetsItsCallFinish) {
  Gate entered;
  Gate go;
  std::weak_ptr<HookServant> watched;
  calls::Hook hook;
  {
    const auto servant = std::make_shared<HookServant>([&](int number) {
      entered.open();
      go.wait();
      return number;
    });
    watched = servant;
    hook = world.adapter().activate<calls::Hook>(servant);
  }
  const auto remote = world.seen_by_client(hook);
  std::thread caller([&] { EXPECT_EQ(remote.run(5), 5); });
  ASSERT_TRUE(entered.wait());

  EXPECT_TRUE(world.adapter().deactivate(hook));

  EXPECT_EQ(failure_of([&] { remote.run(6); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  EXPECT_FALSE(watched.expired());
  go.open();
  caller.join();
}

TEST_P(AdapterLifetime, AnIdIsUsedOnceAtATime) {
  auto& adapter = world.adapter();
  const ObjectId id("the one");
  const auto target =
      world.seen_by_client(adapter.activate<calls::Target>(id, std::make_shared<TargetServant>()));

  EXPECT_THROW(adapter.activate<calls::Target>(id, std::make_shared<TargetServant>()),
               ObjectAlreadyActive);
  EXPECT_EQ(reference(*adapter.find(id)), reference(target));
  EXPECT_TRUE(adapter.deactivate(id));
  EXPECT_FALSE(adapter.deactivate(id));
  EXPECT_FALSE(adapter.find(id));
  EXPECT_EQ(failure_of([&] { target.add(1, 1); }), "OBJECT_NOT_EXIST COMPLETED_NO");

  adapter.activate<calls::Target>(id, std::make_shared<TargetServant>());
  EXPECT_EQ(target.add(1, 1), 2);
}

TEST_P(AdapterLifetime, TheObjectThatHasTheIdNowIsCalledHoweverOftenItIsReplaced) {
  auto& adapter = world.adapter();
  const ObjectId id("a role");
  const auto hook = world.seen_by_client(adapter.make_reference<calls::Hook>(id));
  for (int holder = 1; holder <= 4; ++holder) {
    const auto servant = std::make_shared<HookServant>([holder](int) { return holder; });
    adapter.activate<calls::Hook>(id, servant);
    EXPECT_EQ(hook.run(0), holder);
    EXPECT_EQ(hook.run(0), holder);
    adapter.hold_requests();
    EXPECT_EQ(failure_of([&] { hook.run(0); }), "TRANSIENT COMPLETED_NO");
    adapter.activate_requests();
    EXPECT_EQ(hook.run(0), holder);
    EXPECT_TRUE(adapter.deactivate(id));
    EXPECT_EQ(failure_of([&] { hook.run(0); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  }
}

TEST_P(AdapterLifetime, CallsWhileTheObjectIsReplacedMeetOneOrNone) {
  auto& adapter = world.adapter();
  const ObjectId id("a role");
  const auto hook = world.seen_by_client(adapter.make_reference<calls::Hook>(id));
  std::atomic<bool> stop{false};
  std::atomic<int> answered{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i) {
    callers.emplace_back([&] {
      while (!stop.load()) {
        try {
          EXPECT_EQ(hook.run(7), 7);
          ++answered;
        } catch (const ObjectNotExist& gone) {
          EXPECT_EQ(gone.completed(), Completion::no);
        }
      }
    });
  }
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (int round = 0;
       round < 200 || (answered.load() < 50 && std::chrono::steady_clock::now() < until); ++round) {
    adapter.activate<calls::Hook>(id,
                                  std::make_shared<HookServant>([](int number) { return number; }));
    std::this_thread::yield();
    EXPECT_TRUE(adapter.deactivate(id));
  }
  stop.store(true);
  for (auto& caller : callers) caller.join();
  EXPECT_GE(answered.load(), 50);
}

TEST_P(AdapterLifetime, AReferenceMayBeMadeBeforeItsObject) {
  const auto early =
      world.seen_by_client(world.adapter().make_reference<calls::Target>(ObjectId("later")));
  EXPECT_EQ(failure_of([&] { early.add(1, 1); }), "OBJECT_NOT_EXIST COMPLETED_NO");

  world.adapter().activate<calls::Target>(ObjectId("later"), std::make_shared<TargetServant>());

  EXPECT_EQ(early.add(1, 1), 2);
}

TEST_P(AdapterLifetime, AnAdapterOutlivesItsOrbAsAHandle) {
  auto orb = world.make_orb();
  auto adapter = orb->create_adapter("orphan");
  orb.reset();

  EXPECT_EQ(failure_of([&] { adapter.activate<calls::Target>(std::make_shared<TargetServant>()); }),
            "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(adapter.name(), "orphan");
  adapter.destroy();
}

TEST_P(AdapterLifetime, TwoAdaptersOfOneNameAreRefused) {
  EXPECT_EQ(failure_of([&] { world.server().create_adapter("server"); }), "BAD_PARAM COMPLETED_NO");
}

TEST_P(AdapterLifetime, AServantIsDestroyedWithItsObject) {
  auto servant = std::make_shared<TargetServant>();
  const std::weak_ptr<TargetServant> watched = servant;
  const auto object = world.adapter().activate<calls::Target>(std::move(servant));
  ASSERT_EQ(world.seen_by_client(object).add(1, 1), 2);

  world.adapter().deactivate(object);

  // The upcall's thread lets go of the servant after it has answered.
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!watched.expired() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  EXPECT_TRUE(watched.expired());
}

TEST(CollocatedCall, MayLetGoOfTheProxyItIsMadeThrough) {
  World world(Way::collocated, ThreadPerConnection{});
  const ObjectId id("short-lived");
  std::optional<calls::Hook> hook;
  hook = world.adapter().activate<calls::Hook>(id, std::make_shared<HookServant>([&](int number) {
                                                 hook.reset();
                                                 world.adapter().deactivate(id);
                                                 return number;
                                               }));
  EXPECT_EQ(hook->run(5), 5);
  EXPECT_FALSE(hook);
}

}  // namespace corbel::test
