#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/suite.hpp"

namespace corbel::test {

using std::chrono::seconds;
using std::chrono::steady_clock;

CORBEL_CALL_SUITE(Context);

TEST_P(Context, AServantLearnsWhoCalledWhat) {
  std::string seen;
  world.adapter().activate<calls::Hook>(
      ObjectId("the hook"), std::make_shared<HookServant>([&](int number) {
        const auto& call = CallContext::current();
        seen = call.object_id().to_string() + " " + std::string(call.adapter()) + " " +
               std::string(call.operation());
        EXPECT_EQ(call.peer() == "collocated", way() == Way::collocated) << call.peer();
        EXPECT_FALSE(call.peer().empty());
        EXPECT_FALSE(call.oneway());
        EXPECT_FALSE(call.cancelled());
        EXPECT_FALSE(call.service_context(0xdead));
        return number;
      }));

  world.seen_by_client(world.adapter().make_reference<calls::Hook>(ObjectId("the hook"))).run(1);

  EXPECT_EQ(seen, "the hook server run");
}

TEST_P(Context, AServantLearnsOfAOneWayCall) {
  Gate done;
  bool oneway = false;
  const auto hook =
      world.serve<calls::Hook>(std::make_shared<HookServant>([](int n) { return n; },
                                                             [&](int) {
                                                               oneway =
                                                                   CallContext::current().oneway();
                                                               done.open();
                                                             }));

  hook.send(1);

  ASSERT_TRUE(done.wait());
  EXPECT_TRUE(oneway);
}

TEST_P(Context, AServantLearnsOfTheCallersDeadline) {
  std::optional<steady_clock::time_point> seen;
  const auto hook = world.serve_hook([&](int number) {
    seen = CallContext::current().deadline();
    return number;
  });

  const auto before = steady_clock::now();
  with(hook, {.deadline = seconds(30)}).run(1);

  ASSERT_TRUE(seen);
  EXPECT_GE(*seen, before + seconds(29));
  EXPECT_LE(*seen, steady_clock::now() + seconds(30));
}

TEST_P(Context, ThereIsNoneOutsideAnUpcall) {
  EXPECT_EQ(failure_of([] { CallContext::current(); }), "BAD_INV_ORDER COMPLETED_NO");
  target.add(1, 1);
  EXPECT_EQ(CallContext::current_if(), nullptr);
}

TEST_P(Context, TheOuterOneIsBackAfterANestedCall) {
  std::string before;
  std::string after;
  const auto inner = world.serve_hook([](int number) { return number; });
  const auto visitor = world.client_adapter().activate<calls::Hook>(
      ObjectId("outer"), std::make_shared<HookServant>([&](int number) {
        before = CallContext::current().object_id().to_string();
        const auto result = target.count();
        after = CallContext::current().object_id().to_string();
        return result + number;
      }));

  visitor.run(1);

  EXPECT_EQ(before, "outer");
  EXPECT_EQ(after, "outer");
}

TEST_P(Context, ACallEndsAtItsDeadlineWithAMessageThatSaysWhatWasCalled) {
  if (is_direct()) GTEST_SKIP() << "a caller cannot leave a servant that it runs itself";
  Gate go;
  const auto hook = world.serve_hook([&](int number) {
    go.wait();
    return number;
  });

  const auto before = steady_clock::now();
  try {
    with(hook, {.deadline = std::chrono::milliseconds(200)}).run(1);
    ADD_FAILURE() << "the call came back";
  } catch (const Timeout& failure) {
    EXPECT_EQ(failure.completed(), Completion::maybe);
    EXPECT_NE(std::string_view(failure.what()).find("run"), std::string_view::npos)
        << failure.what();
  }
  const auto took = steady_clock::now() - before;
  go.open();

  world.finish();
  EXPECT_GE(took, std::chrono::milliseconds(200));
  EXPECT_LT(took, seconds(10));
}

TEST_P(Context, ANestedCallEndsWithTheCallThatItIsMadeIn) {
  if (is_direct()) GTEST_SKIP() << "a caller cannot leave a servant that it runs itself";
  if (is_event_loop()) GTEST_SKIP() << "an event loop that waits serves nobody";
  Gate go;
  Gate inner_ended;
  Gate outer_ended;
  std::string inner_failure;
  const auto slow =
      world.client_adapter().activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
        go.wait();
        return number;
      }));
  const auto hook = world.serve_hook([&](int number) {
    inner_failure =
        failure_of([&] { world.server().object<calls::Hook>(to_string(slow)).run(number); });
    inner_ended.open();
    outer_ended.wait();
    return number;
  });

  EXPECT_EQ(failure_of([&] { with(hook, {.deadline = std::chrono::milliseconds(200)}).run(1); }),
            "TIMEOUT COMPLETED_MAYBE");
  outer_ended.open();
  EXPECT_TRUE(inner_ended.wait());
  go.open();

  world.finish();
  EXPECT_EQ(inner_failure, "TIMEOUT COMPLETED_MAYBE");
}

TEST_P(Context, AProxyKeepsItsOptionsThroughCopies) {
  std::optional<steady_clock::time_point> seen;
  const auto hook = with(world.serve_hook([&](int number) {
    seen = CallContext::current().deadline();
    return number;
  }),
                         {.deadline = seconds(30)});
  const auto copy = with(hook, {.idempotent = true});

  copy.run(1);

  EXPECT_TRUE(seen);
}

}  // namespace corbel::test
