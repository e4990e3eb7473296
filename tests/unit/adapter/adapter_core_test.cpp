#include "tests/unit/adapter/fakes.hpp"

#include <orb/base/clock.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace corbel::detail {

namespace {

AdapterCore::Settings settings() { return {.name = "a", .timestamp = 7, .persistent = true}; }

class Core : public testing::Test {
 protected:
  std::shared_ptr<adapter::ActiveObject> activate(std::optional<ObjectId> id) {
    return core.activate(std::move(id), {}, std::make_shared<adapter::NoServant>());
  }
  AdapterCore core{settings(), std::make_unique<adapter::IdleDispatcher>()};
};

}  // namespace

TEST_F(Core, MakesIdsThatDifferAndKeysThatSayWhereTheObjectIs) {
  const auto one = activate(std::nullopt);
  const auto two = activate(std::nullopt);

  EXPECT_EQ(one->id.octets().size(), 16U);
  EXPECT_NE(one->id, two->id);
  const auto key = ior::view_object_key(one->key);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->adapter, "a");
  EXPECT_EQ(key->timestamp, 7U);
  EXPECT_EQ(key->id, one->id.octets());
  EXPECT_TRUE(key->persistent);
}

TEST_F(Core, RefusesAnIdInUseANullServantAndALateOne) {
  activate(ObjectId("id"));

  EXPECT_THROW(activate(ObjectId("id")), ObjectAlreadyActive);
  EXPECT_THROW(core.activate(std::nullopt, {}, nullptr), BadParam);
  core.begin_destruction();
  EXPECT_THROW(activate(std::nullopt), BadInvOrder);
  EXPECT_THROW(core.set_accepting(true), BadInvOrder);
}

TEST_F(Core, DeactivatesAllObjectsWhenDestroyed) {
  const auto object = activate(ObjectId("id"));
  EXPECT_TRUE(object->active.load());

  core.begin_destruction();

  EXPECT_FALSE(object->active.load());
  EXPECT_EQ(core.find("id"), nullptr);
}

TEST_F(Core, AnswersOnlyBetweenActivationAndDestruction) {
  EXPECT_THROW(core.require_accepting(), Transient);
  core.set_accepting(true);
  EXPECT_NO_THROW(core.require_accepting());
  core.set_accepting(false);
  EXPECT_THROW(core.require_accepting(), Transient);
  core.begin_destruction();
  EXPECT_THROW(core.require_accepting(), ObjectNotExist);
}

TEST_F(Core, HoldsOnlyWithRoom) {
  AdapterCore roomy{{.name = "b", .timestamp = 7, .held_requests = 1},
                    std::make_unique<adapter::IdleDispatcher>()};

  EXPECT_NO_THROW(roomy.require_admission());
  EXPECT_THROW(roomy.require_accepting(), Transient);
  EXPECT_THROW(core.require_admission(), Transient);
}

TEST_F(Core, DiscardsAndIsDeactivatedForGood) {
  core.set_state(AdapterState::active);
  core.set_state(AdapterState::discarding);
  EXPECT_THROW(core.require_admission(), Transient);

  const auto object = activate(ObjectId("id"));
  core.end_requests();

  EXPECT_FALSE(object->active.load());
  EXPECT_THROW(core.require_admission(), ObjAdapter);
  EXPECT_THROW(core.set_state(AdapterState::active), BadInvOrder);
  EXPECT_FALSE(core.try_set_state(AdapterState::holding));
  EXPECT_THROW(activate(std::nullopt), BadInvOrder);
}

TEST_F(Core, IsDestroyedOnce) {
  EXPECT_TRUE(core.begin_destruction());
  EXPECT_FALSE(core.begin_destruction());
}

TEST_F(Core, DrainWaitsForUpcallsAndAnswers) {
  core.enter();
  core.enter();
  std::atomic<bool> over{false};

  std::thread ending([&] {
    core.leave();
    core.leave_lingering();
    over.store(true);
    core.end_lingering();
  });
  core.drain(std::chrono::seconds(60), std::chrono::seconds(60));

  EXPECT_TRUE(over.load());
  ending.join();
  EXPECT_EQ(core.statistics().completed, 2U);
}

TEST_F(Core, DoesNotCountWhatWentBackAsCompleted) {
  core.enter();
  EXPECT_EQ(core.statistics().running, 1U);

  core.leave_undone();

  EXPECT_EQ(core.statistics().running, 0U);
  EXPECT_EQ(core.statistics().completed, 0U);
}

TEST_F(Core, DrainGivesUpOnUpcallsThatDoNotEnd) {
  core.enter();

  const auto before = SteadyClock::now();
  core.drain(std::chrono::milliseconds(20), std::chrono::milliseconds(20));

  EXPECT_GE(SteadyClock::now() - before, std::chrono::milliseconds(20));
  core.leave();
}

TEST_F(Core, CountsWhatWasRefusedAndDropped) {
  core.count_refused();
  core.count_dropped_oneway("note");
  core.count_dropped_oneway("note");

  EXPECT_EQ(core.statistics().refused, 1U);
  EXPECT_EQ(core.statistics().dropped_oneway, 2U);
}

}  // namespace corbel::detail
