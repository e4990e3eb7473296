#include "tests/integration/managers/manager_suite.hpp"

namespace corbel::test {

CORBEL_MANAGER_SUITE(Locator);

TEST_P(Locator, FindsAServantForEachCallAndIsToldWhenItIsOver) {
  Diary diary;
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId& id, std::string_view operation) {
        const auto call = id.to_string() + " " + std::string(operation);
        diary.write("before " + call + " " + called_id());
        return ServantLease(hook_that([&](int number) {
                              diary.write("in");
                              return number;
                            }),
                            [&diary, call] { diary.write("after " + call); });
      }));

  EXPECT_EQ(refer("one").run(1), 1);
  // The answer came after the end of the lease: no need to wait.
  EXPECT_EQ(diary.entries(),
            (std::vector<std::string>{"before one run one", "in", "after one run"}));
  EXPECT_EQ(refer("two").async_run(2).get(), 2);
  EXPECT_EQ(diary.size(), 6U);
}

TEST_P(Locator, EndsTheLeaseWhateverTheOperationThrows) {
  std::atomic<int> ends{0};
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId&, std::string_view) {
        return ServantLease(std::make_shared<TargetServant>(), [&] { ++ends; });
      }));
  const auto target = refer<calls::Target>("one");

  EXPECT_THROW(target.refuse("no"), calls::Refused);
  EXPECT_EQ(ends.load(), 1);
  EXPECT_EQ(failure_of([&] { target.fail(1); }), "NO_RESOURCES COMPLETED_NO");
  EXPECT_EQ(ends.load(), 2);
  EXPECT_EQ(failure_of([&] { target.throw_number(); }), "UNKNOWN COMPLETED_MAYBE");
  EXPECT_EQ(ends.load(), 3);
  EXPECT_EQ(failure_of([&] { target.not_written(); }), "NO_IMPLEMENT COMPLETED_NO");
  EXPECT_EQ(ends.load(), 4);
}

TEST_P(Locator, MayFailACallAtItsEnd) {
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId&, std::string_view) {
        return ServantLease(hook_that([](int number) { return number; }),
                            [] { throw PersistStore("cannot commit", Completion::maybe); });
      }));

  EXPECT_EQ(failure_of([&] { refer("one").run(1); }), "PERSIST_STORE COMPLETED_MAYBE");
  EXPECT_EQ(failure_of([&] { refer("one").async_run(1).get(); }), "PERSIST_STORE COMPLETED_MAYBE");
}

TEST_P(Locator, ServesOperationsThatAnswerLater) {
  std::atomic<int> ends{0};
  const auto servant = std::make_shared<TargetServant>();
  world.adapter().set_servant_locator(std::make_shared<TestLocator>(
      [&](const ObjectId&, std::string_view) { return ServantLease(servant, [&] { ++ends; }); }));
  const auto target = refer<calls::Target>("one");

  EXPECT_EQ(target.answer_later("a"), "later: a");
  EXPECT_EQ(target.async_answer_later("b").get(), "later: b");
  EXPECT_THROW(target.throw_at_once(), calls::Refused);
  EXPECT_EQ(failure_of([&] { target.answer_never(); }), "NO_RESPONSE COMPLETED_MAYBE");

  EXPECT_TRUE(eventually([&] { return ends.load() == 4; }));
}

TEST_P(Locator, SaysThatThereIsNoSuchObjectOrWhyNot) {
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([](const ObjectId& id, std::string_view) -> ServantLease {
        if (id == ObjectId("barred")) throw NoPermission("not for you", Completion::no);
        return nullptr;
      }));

  EXPECT_EQ(failure_of([&] { refer("none").run(1); }), "OBJECT_NOT_EXIST COMPLETED_NO");
  EXPECT_EQ(failure_of([&] { refer("barred").run(1); }), "NO_PERMISSION COMPLETED_NO");
  EXPECT_TRUE(non_existent(refer("none")));
}

TEST_P(Locator, IsAskedForWhatEveryObjectIsAsked) {
  Diary diary;
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId&, std::string_view operation) {
        diary.write(std::string(operation));
        return ServantLease(std::make_shared<TargetServant>());
      }));
  const Object object = refer<Object>("one");

  EXPECT_TRUE(is_a(object, "IDL:calls/Base:1.0"));
  EXPECT_FALSE(non_existent(object));

  EXPECT_EQ(diary.entries(), (std::vector<std::string>{"_is_a", "_non_existent"}));
}

TEST_P(Locator, HandlesLargeResults) {
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId&, std::string_view) {
        return ServantLease(std::make_shared<TargetServant>(), [] {});
      }));
  const calls::Octets many(3'000'000, 7);

  EXPECT_EQ(refer<calls::Target>("one").reverse(many), many);
}

TEST_P(Locator, ServesOneWayCalls) {
  Record record;
  Gate over;
  world.adapter().set_servant_locator(
      std::make_shared<TestLocator>([&](const ObjectId&, std::string_view) {
        return ServantLease(std::make_shared<HookServant>([](int n) { return n; },
                                                          [&](int number) { record.add(number); }),
                            [&] { over.open(); });
      }));

  refer("one").send(4);

  EXPECT_TRUE(over.wait());
  EXPECT_EQ(record.numbers(), std::vector<int>{4});
}

}  // namespace corbel::test
