#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/suite.hpp"

namespace corbel::test {

CORBEL_CALL_SUITE(Callbacks);

// The dispatch tests show what that looks like.
constexpr const char* kEventLoopWaits = "an event loop that waits serves nobody";

TEST_P(Callbacks, AClientIsCalledBackWhileItWaitsInACall) {
  int calls = 0;
  const auto visitor = world.client_adapter().activate<calls::Hook>(
      std::make_shared<HookServant>([&](int number) { return ++calls, 10 * number; }));

  EXPECT_EQ(target.visit(visitor, 4), 10 + 20 + 30);
  EXPECT_EQ(calls, 4);
}

TEST_P(Callbacks, AnExceptionOfACallbackPassesThroughTheServant) {
  const auto visitor = world.client_adapter().activate<calls::Hook>(std::make_shared<HookServant>(
      [](int) -> int { throw NoPermission("not you", Completion::no); }));

  EXPECT_EQ(failure_of([&] { target.visit(visitor, 1); }), "NO_PERMISSION COMPLETED_NO");
}

TEST_P(Callbacks, ACallbackMayCallTheObjectThatWaitsForIt) {
  if (is_event_loop() && way() != Way::collocated) GTEST_SKIP() << kEventLoopWaits;
  const auto visitor = world.client_adapter().activate<calls::Hook>(
      std::make_shared<HookServant>([&](int number) { return target.add(number, 100); }));

  EXPECT_EQ(target.visit(visitor, 2), 100 + 101);
}

TEST_P(Callbacks, CallsNestTwentyDeepThroughThreeOrbs) {
  if (is_event_loop()) GTEST_SKIP() << kEventLoopWaits;
  auto second = world.make_orb();
  auto third = world.make_orb();
  auto b = answering_adapter(*second, "b", {.dispatch = policy()});
  auto c = answering_adapter(*third, "c", {.dispatch = policy()});
  const auto at_b = std::make_shared<TargetServant>();
  const auto at_c = std::make_shared<TargetServant>();
  const auto second_target = b.activate<calls::Target>(at_b);
  const auto third_target = c.activate<calls::Target>(at_c);
  target.join_ring(second_target);
  world.server().object<calls::Target>(to_string(second_target)).join_ring(third_target);
  world.server().object<calls::Target>(to_string(third_target)).join_ring(target);

  EXPECT_EQ(target.nest(20), 20);
}

TEST_P(Callbacks, AnObjectMayCallItself) {
  if (is_event_loop() && way() != Way::collocated) GTEST_SKIP() << kEventLoopWaits;
  target.join_ring(target);

  EXPECT_EQ(target.nest(5), 5);
}

}  // namespace corbel::test
