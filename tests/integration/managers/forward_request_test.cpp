#include "tests/integration/managers/manager_suite.hpp"

namespace corbel::test {

/// A second server, where objects have moved to.
class ForwardRequests : public ManagerSuite {
 protected:
  calls::Target elsewhere() { return there_.adapter().activate<calls::Target>(servant_); }
  template <class Preinvoke>
  void locate(Preinvoke preinvoke) {
    world.adapter().set_servant_locator(std::make_shared<TestLocator>(std::move(preinvoke)));
  }

  std::atomic<int> asked_{0};
  std::shared_ptr<TargetServant> servant_ = std::make_shared<TargetServant>();
  /// Over TCP even where the rest is not.
  World there_{way() == Way::memory ? Way::collocated : Way::tcp, ThreadPerConnection{}};
};
INSTANTIATE_TEST_SUITE_P(Everywhere, ForwardRequests,
                         testing::Combine(testing::Values(Way::tcp, Way::collocated),
                                          testing::ValuesIn(all_policies())),
                         suite_name);

TEST_P(ForwardRequests, FromALocatorAreFollowedAndRemembered) {
  const auto target = elsewhere();
  locate([&](auto&, auto) -> ServantLease {
    ++asked_;
    throw ForwardRequest(target);
  });
  const auto proxy = refer<calls::Target>("moved");

  for (int i = 0; i < 3; ++i) EXPECT_EQ(proxy.add(i, 1), i + 1);
  EXPECT_EQ(proxy.async_add(1, 2).get(), 3);
  proxy.note(7);
  EXPECT_TRUE(eventually([&] { return proxy.noted() == calls::Longs{7}; }));

  EXPECT_EQ(asked_.load(), 1);
}

TEST_P(ForwardRequests, FromAnActivatorAreFollowed) {
  const auto target = elsewhere();
  world.adapter().set_servant_activator(
      std::make_shared<TestActivator>([&](const ObjectId&) -> std::shared_ptr<Servant> {
        ++asked_;
        throw ForwardRequest(target, true);
      }));
  const auto proxy = refer<calls::Target>("moved");

  EXPECT_EQ(proxy.async_join({"a", "b"}).get(), "ab");
  EXPECT_EQ(proxy.join({"c", "d"}), "cd");
  EXPECT_EQ(asked_.load(), 1);
}

TEST_P(ForwardRequests, FromAServantAreFollowed) {
  const auto target = elsewhere();
  const auto hook = there_.adapter().activate<calls::Hook>(hook_that([](int n) { return -n; }));
  const auto moved =
      world.seen_by_client(world.adapter().activate<calls::Hook>(hook_that([&](int) -> int {
        ++asked_;
        throw ForwardRequest(hook);
      })));

  EXPECT_EQ(moved.run(5), -5);
  EXPECT_EQ(moved.run(6), -6);
  EXPECT_EQ(asked_.load(), 1);
}

TEST_P(ForwardRequests, ThatComeLaterAreFollowed) {
  class Later final : public calls::Hook::Servant {
   public:
    explicit Later(Object target) : target_(std::move(target)) {}
    void async_run(std::int32_t, Responder<std::int32_t> responder) override {
      callers_.add([this, answer = std::make_shared<Responder<std::int32_t>>(
                              std::move(responder))] { answer->raise(ForwardRequest(target_)); });
    }

   private:
    const Object target_;
    Callers callers_;
  };
  const auto hook = there_.adapter().activate<calls::Hook>(hook_that([](int n) { return -n; }));
  const auto moved =
      world.seen_by_client(world.adapter().activate<calls::Hook>(std::make_shared<Later>(hook)));

  EXPECT_EQ(moved.run(5), -5);
  EXPECT_EQ(moved.async_run(6).get(), -6);
}

TEST_P(ForwardRequests, WithinTheServerAreFollowed) {
  const auto own = world.adapter().activate<calls::Target>(ObjectId("real"), servant_);
  locate([&](auto&, auto) -> ServantLease { throw ForwardRequest(own); });

  EXPECT_EQ(refer<calls::Target>("alias").add(2, 2), 4);
  EXPECT_EQ(refer<calls::Target>("alias").async_add(2, 2).get(), 4);
}

TEST_P(ForwardRequests, ToAnObjectThatIsGoneAskAgain) {
  const auto first = elsewhere();
  const auto second = elsewhere();
  std::atomic<bool> moved_on{false};
  locate([&](auto&, auto) -> ServantLease {
    ++asked_;
    throw ForwardRequest(moved_on ? second : first);
  });
  const auto proxy = refer<calls::Target>("moving");
  ASSERT_EQ(proxy.add(1, 1), 2);

  moved_on.store(true);
  there_.adapter().deactivate(first);

  EXPECT_EQ(proxy.add(2, 2), 4);
  EXPECT_EQ(asked_.load(), 2);
}

TEST_P(ForwardRequests, ToADeadServerFallBackToTheLocator) {
  auto dead = std::make_unique<World>(Way::tcp, ThreadPerConnection{});
  const auto gone = dead->adapter().activate<calls::Target>(std::make_shared<TargetServant>());
  const auto where = reference(gone);
  dead.reset();
  locate([&](auto&, auto) -> ServantLease {
    if (++asked_ == 1) throw ForwardRequest(where);
    return servant_;
  });

  EXPECT_EQ(refer<calls::Target>("back").add(1, 2), 3);
  EXPECT_EQ(asked_.load(), 2);
}

TEST_P(ForwardRequests, InCirclesEndWithAClearText) {
  locate([&](const ObjectId& id, auto) -> ServantLease {
    ++asked_;
    const ObjectId other(id == ObjectId("ping") ? "pong" : "ping");
    throw ForwardRequest(world.adapter().make_reference<calls::Hook>(other));
  });

  for (const bool asynchronous : {false, true}) {
    try {
      const auto hook = refer("ping");
      asynchronous ? hook.async_run(1).get() : hook.run(1);
      ADD_FAILURE() << "the call came back";
    } catch (const Transient& failure) {
      EXPECT_EQ(failure.completed(), Completion::no);
      EXPECT_NE(std::string_view(failure.what()).find("forwarded"), std::string_view::npos)
          << failure.what();
    }
  }
  EXPECT_LT(asked_.load(), 60);
}

TEST_P(ForwardRequests, OfOneWayCallsGoNowhereAndHarmNobody) {
  const auto target = elsewhere();
  locate([&](auto&, auto) -> ServantLease {
    ++asked_;
    throw ForwardRequest(target);
  });
  const auto proxy = refer<calls::Target>("moved");

  proxy.note(1);
  EXPECT_TRUE(eventually([&] { return asked_.load() == 1; }));

  EXPECT_EQ(proxy.add(1, 1), 2);
  EXPECT_EQ(proxy.noted(), calls::Longs{});
}

TEST(ForwardRequestsToNowhere, AreRefusedWhereTheyAreMade) {
  EXPECT_EQ(failure_of([] { ForwardRequest(Object{}); }), "BAD_PARAM COMPLETED_NO");
  EXPECT_EQ(failure_of([] { ForwardRequest(ObjectRef::parse("corbaloc:rir:/NameService")); }),
            "BAD_PARAM COMPLETED_NO");
}

}  // namespace corbel::test
