#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

/// Three Orbs in a ring; each target calls the next.
class Nesting : public testing::TestWithParam<DispatchPolicy> {
 protected:
  Nesting() : world(Way::tcp, GetParam()) {
    for (int i = 0; i < 3; ++i) {
      orbs.push_back(world.make_orb());
      auto adapter = answering_adapter(*orbs.back(), "ring", {.dispatch = GetParam()});
      servants.push_back(std::make_shared<TargetServant>());
      targets.push_back(adapter.activate<calls::Target>(servants.back()));
    }
    for (std::size_t i = 0; i < 3; ++i) {
      servants[i]->join_ring(orbs[i]->object<calls::Target>(to_string(targets[(i + 1) % 3])));
    }
    first = world.client().object<calls::Target>(to_string(targets[0]));
  }

  World world;
  std::vector<std::unique_ptr<Orb>> orbs;
  std::vector<std::shared_ptr<TargetServant>> servants;
  std::vector<calls::Target> targets;
  calls::Target first;
};

// With one thread each, too: whoever waits gives his place away.
INSTANTIATE_TEST_SUITE_P(
    Under, Nesting,
    testing::Values(DispatchPolicy(ThreadPerConnection{}), DispatchPolicy(ThreadPerRequest{}),
                    DispatchPolicy(ThreadPerRequest{.max_threads = 1}),
                    DispatchPolicy(ThreadPerObject{}),
                    DispatchPolicy(ThreadPerObject{.max_threads = 1}), DispatchPolicy(Pool{}),
                    DispatchPolicy(Pool{.threads = 1})),
    [](const auto& each) { return std::string(name_of(each.param)) + std::to_string(each.index); });

TEST_P(Nesting, AChainRunsThroughThreeOrbsTwentyDeep) { EXPECT_EQ(first.nest(20), 20); }

TEST_P(Nesting, ManyChainsRunThroughThreeOrbsOneAfterTheOther) {
  for (int i = 0; i < 20; ++i) ASSERT_EQ(first.nest(6), 6);
}

TEST_P(Nesting, ChainsOfDifferentClientsMeetWithoutDeadlock) {
  // Under ThreadPerObject chains that meet head on wait for each other as two locks would
  // (ThreadPerObjectPolicy.OpposedChainsEndAtTheirDeadline), so these start at the same object.
  Callers callers;
  for (int t = 0; t < 3; ++t) {
    callers.add([&] {
      for (int i = 0; i < 5; ++i) EXPECT_EQ(first.nest(4), 4);
    });
  }
}

TEST_P(Nesting, ACallBackOverTheSameTwoOrbsRuns) {
  const auto hook = world.client_adapter().activate<calls::Hook>(
      std::make_shared<HookServant>([&](int number) { return first.add(number, 1); }));

  EXPECT_EQ(first.visit(hook, 3), 1 + 2 + 3);
}

}  // namespace corbel::test
