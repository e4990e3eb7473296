#include "tests/integration/managers/manager_suite.hpp"

namespace corbel::test {

CORBEL_MANAGER_SUITE(DefaultServant);

TEST_P(DefaultServant, ServesEveryObjectAndLearnsWhichWasCalled) {
  Diary diary;
  world.adapter().set_default_servant(hook_that([&](int number) {
    diary.write(called_id() + " " + std::string(CallContext::current().operation()));
    return number + 1;
  }));

  EXPECT_EQ(refer("one").run(1), 2);
  EXPECT_EQ(refer("a rather long object id, longer than any small string").run(2), 3);
  EXPECT_EQ(refer("one").async_run(3).get(), 4);

  EXPECT_EQ(
      diary.entries(),
      (std::vector<std::string>{
          "one run", "a rather long object id, longer than any small string run", "one run"}));
}

TEST_P(DefaultServant, LeavesActiveObjectsToTheirOwnServants) {
  world.adapter().set_default_servant(hook_that([](int) { return 0; }));
  const auto own = refer("own");
  EXPECT_EQ(own.run(5), 0);

  world.adapter().activate<calls::Hook>(ObjectId("own"),
                                        hook_that([](int number) { return number; }));
  EXPECT_EQ(own.run(5), 5);
  world.adapter().deactivate(ObjectId("own"));
  EXPECT_EQ(own.run(5), 0);
}

TEST_P(DefaultServant, AnswersWhatEveryObjectIsAsked) {
  world.adapter().set_default_servant(std::make_shared<TargetServant>());
  const Object object = refer<Object>("any");

  EXPECT_TRUE(is_a(object, "IDL:calls/Target:1.0"));
  EXPECT_TRUE(is_a(object, "IDL:calls/Base:1.0"));
  EXPECT_FALSE(is_a(object, "IDL:calls/Hook:1.0"));
  EXPECT_FALSE(non_existent(object));
  EXPECT_EQ(narrow<calls::Target>(object).add(1, 2), 3);
  EXPECT_TRUE(is_nil(narrow<calls::Hook>(object)));
}

TEST_P(DefaultServant, AnswersLater) {
  world.adapter().set_default_servant(std::make_shared<TargetServant>());

  EXPECT_EQ(refer<calls::Target>("one").answer_later("yes"), "later: yes");
  EXPECT_EQ(refer<calls::Target>("two").async_answer_later("yes").get(), "later: yes");
  EXPECT_THROW(refer<calls::Target>("three").refuse_later(), calls::Refused);
}

TEST_P(DefaultServant, OverlapsForDifferentObjectsOnlyAsThePolicySays) {
  if (is_event_loop()) GTEST_SKIP() << "nothing overlaps in an event loop";
  Meter meter;
  world.adapter().set_default_servant(hook_that([&](int number) {
    const Meter::Inside inside(meter);
    return meter.wait_for_overlap(2) ? number : -1;
  }));

  auto one = refer("one").async_run(1);
  auto two = refer("two").async_run(2);

  EXPECT_EQ(one.get(), 1);
  EXPECT_EQ(two.get(), 2);
}

TEST_P(DefaultServant, OfAThreadPerObjectAdapterNeverOverlapsForOneObject) {
  if (!std::holds_alternative<ThreadPerObject>(policy())) {
    GTEST_SKIP() << "the promise of another policy";
  }
  Meter meter;
  int unguarded = 0;  // ThreadSanitizer watches it
  world.adapter().set_default_servant(hook_that([&](int number) {
    const Meter::Inside inside(meter);
    return unguarded += number;
  }));

  {
    Callers callers;
    for (int t = 0; t < 4; ++t) {
      callers.add([&] {
        const auto hook = refer("the one");
        for (int i = 0; i < 50; ++i) hook.run(1);
      });
    }
  }

  EXPECT_EQ(refer("the one").run(0), 200);
  EXPECT_EQ(meter.most(), 1);
}

TEST_P(DefaultServant, GoesWithItsAdapter) {
  auto servant = hook_that([](int number) { return number; });
  const std::weak_ptr<HookServant> watched = servant;
  world.adapter().set_default_servant(std::move(servant));
  const auto hook = refer("one");
  EXPECT_EQ(hook.run(1), 1);

  world.adapter().destroy();

  EXPECT_EQ(failure_of([&] { hook.run(1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  EXPECT_TRUE(eventually([&] { return watched.expired(); }));
}

TEST(Managers, AreSetOnce) {
  World world(Way::tcp, ThreadPerConnection{});
  auto& adapter = world.adapter();
  EXPECT_EQ(failure_of([&] { adapter.set_default_servant(nullptr); }), "BAD_PARAM COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { adapter.set_servant_locator(nullptr); }), "BAD_PARAM COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { adapter.set_servant_activator(nullptr); }), "BAD_PARAM COMPLETED_NO");

  adapter.set_default_servant(hook_that([](int number) { return number; }));

  EXPECT_EQ(failure_of([&] { adapter.set_default_servant(hook_that({})); }),
            "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] {
              adapter.set_servant_locator(
                  std::make_shared<TestLocator>([](auto&, auto) { return nullptr; }));
            }),
            "BAD_INV_ORDER COMPLETED_NO");
}

TEST(Managers, IdsAreAssignedAsTheAdapterWasTold) {
  World world(Way::tcp, ThreadPerConnection{});
  const auto servant = [] { return hook_that([](int number) { return number; }); };
  auto own = answering_adapter(world.server(), "own", {.ids = IdAssignment::user});
  auto made = answering_adapter(world.server(), "made", {.ids = IdAssignment::generated});

  EXPECT_EQ(own.activate<calls::Hook>(ObjectId("x"), servant()).run(1), 1);
  EXPECT_EQ(made.activate<calls::Hook>(servant()).run(1), 1);
  EXPECT_EQ(failure_of([&] { own.activate<calls::Hook>(servant()); }),
            "BAD_INV_ORDER COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { made.activate<calls::Hook>(ObjectId("x"), servant()); }),
            "BAD_INV_ORDER COMPLETED_NO");
}

}  // namespace corbel::test
