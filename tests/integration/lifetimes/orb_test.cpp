#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <atomic>
#include <optional>
#include <thread>

namespace corbel::test {

TEST(OrbLifetime, AProxyThatOutlivesItsOrbSaysSo) {
  calls::Target target;
  {
    World world(Way::tcp, ThreadPerConnection{});
    target = world.serve<calls::Target>(std::make_shared<TargetServant>());
    ASSERT_EQ(target.add(1, 1), 2);
  }

  EXPECT_EQ(failure_of([&] { target.add(1, 1); }), "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { target.note(1); }), "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { target.async_add(1, 1).get(); }), "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_FALSE(is_nil(target));
  EXPECT_FALSE(to_string(target).empty());
}

TEST(OrbLifetime, AServantThatHoldsItsOwnProxyIsNoCycle) {
  std::weak_ptr<TargetServant> watched;
  {
    World world(Way::tcp, ThreadPerConnection{});
    const auto servant = std::make_shared<TargetServant>();
    watched = servant;
    const auto target = world.serve<calls::Target>(servant);
    servant->know_yourself(world.server().object<calls::Target>(to_string(target)));
    servant->join_ring(target);
    ASSERT_EQ(target.self().add(1, 1), 2);
    // Also once its proxy has found the way to it.
    servant->join_ring(servant->self());
    ASSERT_EQ(target.nest(3), 3);
  }

  EXPECT_TRUE(watched.expired());
}

TEST(OrbLifetime, TwoOrbsInOneProcessCallEachOtherOverTheNetwork) {
  World world(Way::tcp, ThreadPerConnection{});
  std::string peer;
  const auto hook = world.serve_hook([&](int number) {
    peer = CallContext::current().peer();
    return number;
  });

  EXPECT_EQ(hook.run(1), 1);

  EXPECT_TRUE(peer.starts_with("127.0.0.1:")) << peer;
  EXPECT_NE(world.server().endpoints(), world.client().endpoints());
}

TEST(OrbLifetime, WithoutCollocationAnOrbCallsItselfOverTheNetwork) {
  Orb orb(OrbOptions{.collocation = false});
  auto adapter = answering_adapter(orb, "own");
  std::string peer;
  const auto hook = adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
    peer = CallContext::current().peer();
    return number;
  }));

  EXPECT_EQ(hook.run(1), 1);

  EXPECT_TRUE(peer.starts_with("127.0.0.1:")) << peer;
}

TEST(OrbLifetime, ShutdownLetsARunningCallFinish) {
  World world(Way::tcp, ThreadPerConnection{});
  Gate entered;
  Gate go;
  const auto hook = world.serve_hook([&](int number) {
    entered.open();
    go.wait();
    return number;
  });
  auto reply = hook.async_run(7);
  ASSERT_TRUE(entered.wait());

  std::thread ending([&] { world.server().shutdown(); });
  go.open();
  ending.join();

  EXPECT_EQ(reply.get(), 7);
  EXPECT_EQ(failure_of([&] { hook.run(1); }), "TRANSIENT COMPLETED_NO");
}

TEST(OrbLifetime, ShutdownInsideAnUpcallReturnsAtOnceAndRunReturns) {
  for (const auto& policy : all_policies()) {
    World world(Way::tcp, policy);
    bool returned = false;
    const auto hook = world.serve_hook([&](int number) {
      world.server().shutdown();
      returned = true;
      return number;
    });
    std::thread caller([&] { EXPECT_EQ(hook.run(3), 3) << name_of(policy); });

    world.server().run();
    caller.join();

    EXPECT_TRUE(returned) << name_of(policy);
  }
}

TEST(OrbLifetime, AnOrbMayBeShutDownTwiceAndThenRefusesAdapters) {
  Orb orb;
  orb.shutdown();
  orb.shutdown();

  EXPECT_EQ(failure_of([&] { orb.create_adapter("late"); }), "BAD_INV_ORDER COMPLETED_NO");
  orb.run();
}

TEST(OrbLifetime, AnOrbThatEndsFailsItsOutstandingReplies) {
  World world(Way::tcp, ThreadPerConnection{});
  Gate entered;
  Gate go;
  const auto hook = world.serve_hook([&](int number) {
    entered.open();
    go.wait();
    return number;
  });
  auto other_orb = world.make_orb();
  auto reply = other_orb->object<calls::Hook>(to_string(hook)).async_run(1);
  ASSERT_TRUE(entered.wait());

  other_orb.reset();

  EXPECT_NE(failure_of([&] { reply.get(); }), "");
  go.open();
  world.finish();
}

namespace {

/// Keeps what it should answer.
class KeepingServant final : public calls::Target::Servant {
 public:
  std::int32_t add(std::int32_t a, std::int32_t b) override { return a + b; }
  void async_answer_never(Responder<void> responder) override {
    kept_.emplace(std::move(responder));
    entered.open();
  }
  Gate entered;

 private:
  std::optional<Responder<void>> kept_;
};

}  // namespace

TEST(OrbLifetime, AnOrbThatEndsFailsItsAsynchronousCallsToItself) {
  for (const DispatchPolicy& policy :
       {DispatchPolicy(ThreadPerConnection{}), DispatchPolicy(Pool{})}) {
    SCOPED_TRACE(name_of(policy));
    OrbOptions options;
    options.shutdown_timeout = std::chrono::milliseconds(1);
    World world(Way::collocated, policy, options);
    const auto servant = std::make_shared<KeepingServant>();
    const auto target = world.serve<calls::Target>(servant);
    auto reply = target.async_answer_never();
    ASSERT_TRUE(servant->entered.wait());

    world.client().shutdown();

    ASSERT_TRUE(reply.wait_for(kPatience));
    EXPECT_EQ(failure_of([&] { reply.get(); }), "COMM_FAILURE COMPLETED_MAYBE");
  }
}

TEST(OrbLifetime, AnOrbThatEndsFailsItsAsynchronousCallsThatWaitToBeRepeated) {
  World world(Way::tcp, ThreadPerConnection{});
  std::atomic<int> runs{0};
  Gate repeated;
  const auto hook = world.serve_hook([&](int) -> int {
    if (++runs == 3) repeated.open();  // the longest wait comes after this one
    throw Transient("busy", Completion::no);
  });
  auto other_orb = world.make_orb();
  const auto target = other_orb->object<calls::Target>(
      to_string(world.serve<calls::Target>(std::make_shared<TargetServant>())));
  auto reply = other_orb->object<calls::Hook>(to_string(hook)).async_run(1);
  ASSERT_TRUE(repeated.wait());
  EXPECT_EQ(target.async_add(1, 1).get(), 2);  // over the same connection: that answer is here

  other_orb->shutdown();

  ASSERT_TRUE(reply.wait_for(kPatience));
  EXPECT_NE(failure_of([&] { reply.get(); }), "");
}

TEST(OrbLifetime, AContinuationRunsEvenWhenTheOrbEnds) {
  World world(Way::tcp, ThreadPerConnection{});
  Gate entered;
  Gate go;
  Gate continued;
  const auto hook = world.serve_hook([&](int number) {
    entered.open();
    go.wait();
    return number;
  });
  auto other_orb = world.make_orb();
  auto chained = other_orb->object<calls::Hook>(to_string(hook))
                     .async_run(1)
                     .then([&](Reply<std::int32_t> reply) {
                       continued.open();
                       return reply.get();
                     });
  ASSERT_TRUE(entered.wait());

  other_orb.reset();

  EXPECT_TRUE(continued.wait());
  EXPECT_NE(failure_of([&] { chained.get(); }), "");
  go.open();
  world.finish();
}

TEST(OrbLifetime, RepliesDroppedEarlyLeaveNothingBehind) {
  World world(Way::tcp, ThreadPerConnection{});
  const auto target = world.serve<calls::Target>(std::make_shared<TargetServant>());

  for (int i = 0; i < 100; ++i) {
    auto dropped = target.async_add(i, i);
    if (i % 2 == 0) dropped.cancel();
  }

  EXPECT_EQ(target.add(1, 1), 2);
}

TEST(OrbLifetime, AnOrbForWhichThereAreNoDescriptorsIsRefused) {
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit tight{0, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);

  const auto failure = failure_of([] { Orb orb; });

  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(failure.starts_with("NO_RESOURCES")) << failure;
}

TEST(OrbLifetime, AnOrbWithoutAdaptersListensNowhere) {
  Orb orb;

  EXPECT_TRUE(orb.endpoints().empty());
}

TEST(OrbLifetime, ADeadServerIsNamedInTheMessage) {
  std::string text;
  {
    World world(Way::tcp, ThreadPerConnection{});
    text = to_string(world.serve_hook([](int number) { return number; }));
  }
  Orb orb;
  const auto hook = orb.object<calls::Hook>(text);

  try {
    hook.run(1);
    FAIL() << "nobody is there";
  } catch (const ConnectFailed& failure) {
    const std::string_view message = failure.what();
    EXPECT_EQ(failure.completed(), Completion::no);
    EXPECT_NE(message.find("127.0.0.1:"), message.npos) << message;
    EXPECT_NE(message.find("is the server running?"), message.npos) << message;
  }
}

}  // namespace corbel::test
