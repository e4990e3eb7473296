#include "tests/integration/managers/manager_suite.hpp"

namespace corbel::test {

CORBEL_MANAGER_SUITE(Activator);

TEST_P(Activator, MakesAServantOnTheFirstCallOnly) {
  Diary diary;
  world.adapter().set_servant_activator(std::make_shared<TestActivator>([&](const ObjectId& id) {
    diary.write(id.to_string() + " " + called_id() + " " +
                std::string(CallContext::current().operation()));
    return hook_that([](int number) { return number; });
  }));

  EXPECT_EQ(refer("one").run(1), 1);
  EXPECT_EQ(refer("one").run(2), 2);
  EXPECT_EQ(refer("two").async_run(3).get(), 3);

  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"one one run", "two two run"}));
  EXPECT_TRUE(world.adapter().find(ObjectId("one")));
  EXPECT_FALSE(world.adapter().find(ObjectId("three")));
}

TEST_P(Activator, MakesOneServantForAllFirstCallsAndDelaysNoOtherObject) {
  if (is_event_loop()) GTEST_SKIP() << "an event loop that waits serves nobody";
  Gate go;
  std::atomic<int> incarnations{0};
  Gate entered;
  world.adapter().set_servant_activator(std::make_shared<TestActivator>([&](const ObjectId& id) {
    if (id == ObjectId("slow")) {
      ++incarnations;
      entered.open();
      go.wait();
    }
    return hook_that([](int number) { return number; });
  }));

  std::vector<Reply<std::int32_t>> replies;
  for (int i = 0; i < 8; ++i) replies.push_back(refer("slow").async_run(i));
  ASSERT_TRUE(entered.wait());
  EXPECT_EQ(refer("other").run(7), 7);
  go.open();

  for (int i = 0; i < 8; ++i) EXPECT_EQ(replies[static_cast<std::size_t>(i)].get(), i);
  EXPECT_EQ(incarnations.load(), 1);
}

TEST_P(Activator, SaysThatThereIsNoSuchObject) {
  std::atomic<int> asked{0};
  world.adapter().set_servant_activator(
      std::make_shared<TestActivator>([&](const ObjectId&) -> std::shared_ptr<Servant> {
        ++asked;
        return nullptr;
      }));

  EXPECT_EQ(failure_of([&] { refer("none").run(1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  EXPECT_TRUE(non_existent(refer("none")));
  EXPECT_EQ(asked.load(), 2);
}

TEST_P(Activator, MayRefuseWithAnyException) {
  world.adapter().set_servant_activator(
      std::make_shared<TestActivator>([&](const ObjectId& id) -> std::shared_ptr<Servant> {
        if (id == ObjectId("barred")) throw NoPermission("not for you", Completion::no);
        throw std::runtime_error("out of paper");
      }));

  EXPECT_EQ(failure_of([&] { refer("barred").run(1); }), "NO_PERMISSION COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { refer("other").run(1); }), "UNKNOWN COMPLETED_MAYBE");
}

TEST_P(Activator, TakesAServantBackWhenItsLastCallIsOver) {
  if (is_event_loop()) GTEST_SKIP() << "an event loop that waits serves nobody";
  Diary diary;
  Gate entered;
  Gate go;
  world.adapter().set_servant_activator(std::make_shared<TestActivator>(
      [&](const ObjectId&) {
        diary.write("in");
        return hook_that([&](int number) {
          if (number == 0) {
            entered.open();
            go.wait();
            diary.write("called");
          }
          return number;
        });
      },
      [&](const ObjectId& id, const std::shared_ptr<Servant>& servant, bool ends) {
        diary.write("out " + id.to_string() + (servant ? "" : " nobody") + (ends ? " end" : ""));
      }));
  auto running = refer("one").async_run(0);
  ASSERT_TRUE(entered.wait());

  EXPECT_TRUE(world.adapter().deactivate(ObjectId("one")));
  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"in"}));
  // A call that comes now waits until the old servant is gone, then gets a new one.
  auto next = refer("one").async_run(5);
  go.open();

  EXPECT_EQ(running.get(), 0);
  EXPECT_EQ(next.get(), 5);
  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"in", "called", "out one", "in"}));
  world.adapter().destroy();
}

TEST_P(Activator, TakesBackServantsActivatedByHandToo) {
  Diary diary;
  world.adapter().set_servant_activator(
      std::make_shared<TestActivator>([](const ObjectId&) { return nullptr; },
                                      [&](const ObjectId& id, const std::shared_ptr<Servant>&,
                                          bool) { diary.write(id.to_string()); }));
  world.adapter().activate<calls::Hook>(ObjectId("mine"), hook_that([](int n) { return n; }));
  EXPECT_EQ(refer("mine").run(3), 3);

  world.adapter().deactivate(ObjectId("mine"));

  EXPECT_TRUE(world.adapter().wait_until_idle(kPatience));
  EXPECT_EQ(diary.entries(), std::vector<std::string>{"mine"});
}

TEST_P(Activator, TakesAllServantsBackWhenItsAdapterEnds) {
  Diary diary;
  world.adapter().set_servant_activator(std::make_shared<TestActivator>(
      [](const ObjectId&) { return hook_that([](int number) { return number; }); },
      [&](const ObjectId& id, const std::shared_ptr<Servant>&, bool ends) {
        if (ends) diary.write(id.to_string());
      }));
  for (const char* id : {"a", "b", "c"}) EXPECT_EQ(refer(id).run(1), 1);

  world.adapter().destroy();

  auto gone = diary.entries();
  std::sort(gone.begin(), gone.end());
  EXPECT_EQ(gone, (std::vector<std::string>{"a", "b", "c"}));
  world.adapter().destroy();
  EXPECT_EQ(diary.size(), 3U);
}

TEST_P(Activator, MayEndItsObjectInsideACallOfIt) {
  std::atomic<int> gone{0};
  world.adapter().set_servant_activator(std::make_shared<TestActivator>(
      [&](const ObjectId& id) {
        return hook_that([&, id](int number) {
          world.adapter().deactivate(id);
          return number;
        });
      },
      [&](auto&, auto, bool) { ++gone; }));

  for (int i = 0; i < 10; ++i) EXPECT_EQ(refer("one").run(i), i);

  EXPECT_TRUE(world.adapter().wait_until_idle(kPatience));
  EXPECT_EQ(gone.load(), 10);
}

TEST_P(Activator, KeepsUpWithObjectsThatComeAndGo) {
  std::atomic<int> alive{0};
  std::atomic<int> most{0};
  world.adapter().set_servant_activator(std::make_shared<TestActivator>(
      [&](const ObjectId&) {
        const int now = ++alive;
        if (now > most.load()) most.store(now);
        return hook_that([](int number) { return number; });
      },
      [&](auto&, auto, bool) { --alive; }));

  {
    Callers callers;
    for (int t = 0; t < 3; ++t) {
      callers.add([&] {
        const auto hook = refer("one");
        for (int i = 0; i < 60; ++i) {
          EXPECT_EQ(hook.run(i), i);
          if (i % 5 == 0) world.adapter().deactivate(ObjectId("one"));
        }
      });
    }
  }
  world.adapter().deactivate(ObjectId("one"));

  EXPECT_TRUE(world.adapter().wait_until_idle(kPatience));
  EXPECT_EQ(alive.load(), 0);
  EXPECT_EQ(most.load(), 1) << "two servants of one object at a time";
}

TEST(Activators, AreTakenLeaveOfWhenTheOrbEnds) {
  Diary diary;
  {
    World world(Way::tcp, ThreadPerConnection{});
    world.adapter().set_servant_activator(std::make_shared<TestActivator>(
        [](const ObjectId&) { return hook_that([](int number) { return number; }); },
        [&](const ObjectId& id, const std::shared_ptr<Servant>&, bool ends) {
          diary.write(id.to_string() + (ends ? " end" : ""));
        }));
    EXPECT_EQ(
        world.seen_by_client(world.adapter().make_reference<calls::Hook>(ObjectId("x"))).run(1), 1);
  }
  EXPECT_EQ(diary.entries(), std::vector<std::string>{"x end"});
}

}  // namespace corbel::test
