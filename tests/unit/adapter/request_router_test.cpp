#include "tests/unit/adapter/fakes.hpp"

#include <orb/adapter/request_router.hpp>

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

namespace corbel::adapter {

namespace {

class Routing : public testing::Test {
 protected:
  std::shared_ptr<detail::AdapterCore> add(std::string name, bool persistent = false,
                                           std::uint64_t timestamp = 7) {
    auto core = std::make_shared<detail::AdapterCore>(
        detail::AdapterCore::Settings{
            .name = std::move(name), .timestamp = timestamp, .persistent = persistent},
        std::make_unique<IdleDispatcher>());
    router.add(core);
    return core;
  }
  std::string outcome_of(std::string_view key) {
    try {
      router.find(key);
    } catch (const SystemException& failure) {
      EXPECT_EQ(failure.completed(), Completion::no);
      return std::string(failure.name());
    }
    return "found";
  }
  static std::string key(std::string adapter, bool persistent = false,
                         std::uint64_t timestamp = 7) {
    return ior::encode_object_key({timestamp, std::move(adapter), ObjectId("id"), persistent});
  }

  Limits limits;
  std::weak_ptr<detail::OrbCore> orb;
  RequestRouter router{limits, orb};
};

}  // namespace

TEST_F(Routing, FindsAnActiveObjectOfAnAcceptingAdapter) {
  const auto core = add("a");
  core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  EXPECT_EQ(outcome_of(key("a")), "TRANSIENT");

  core->set_accepting(true);

  EXPECT_EQ(outcome_of(key("a")), "found");
  core->deactivate("id");
  EXPECT_EQ(outcome_of(key("a")), "OBJECT_NOT_EXIST");
}

TEST_F(Routing, KnowsThatAnotherIncarnationsObjectIsGone) {
  const auto core = add("a");
  core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  core->set_accepting(true);

  EXPECT_EQ(outcome_of(key("a", false, 6)), "OBJECT_NOT_EXIST");
  EXPECT_EQ(outcome_of(key("a", false, 8)), "OBJECT_NOT_EXIST");
}

TEST_F(Routing, SaysThatATransientAdapterIsGoneAndThatAPersistentOneMayCome) {
  EXPECT_EQ(outcome_of(key("nobody")), "OBJECT_NOT_EXIST");
  EXPECT_EQ(outcome_of(key("nobody", true)), "TRANSIENT");
}

TEST_F(Routing, SaysThatAPlainKeyMayComeUntilTheOrbRuns) {
  EXPECT_EQ(outcome_of("NameService"), "TRANSIENT");

  router.set_running();

  EXPECT_EQ(outcome_of("NameService"), "OBJECT_NOT_EXIST");
}

TEST_F(Routing, FindsPlainKeysOfAnyOctets) {
  const auto core = add("a");
  core->set_accepting(true);
  const std::string key("CORB\0\1", 6);
  const auto object = core->activate(ObjectId(key), key, std::make_shared<NoServant>());

  router.add_key(key, core, object);

  EXPECT_EQ(outcome_of(key), "found");
  EXPECT_THROW(router.add_key(key, core, object), ObjectAlreadyActive);
  router.remove_key(key, nullptr);
  EXPECT_EQ(outcome_of(key), "found");
  router.remove_key(key, object.get());
  EXPECT_EQ(outcome_of(key), "TRANSIENT");
}

TEST_F(Routing, ForgetsTheKeysOfAnAdapterThatIsRemoved) {
  const auto core = add("a");
  core->set_accepting(true);
  router.add_key("plain", core,
                 core->activate(ObjectId("plain"), "plain", std::make_shared<NoServant>()));

  router.remove("a");

  EXPECT_EQ(outcome_of("plain"), "TRANSIENT");
  EXPECT_EQ(router.find_adapter("a"), nullptr);
  add("a");
}

// The router's threads remember where their last requests went (RecentDestinations): never longer
// than it is true.

TEST_F(Routing, FindsTheObjectThatIsActiveNowUnderARememberedKey) {
  const auto core = add("a");
  core->set_accepting(true);
  const auto first = core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(router.find(key("a")).object, first);

  core->deactivate("id");

  EXPECT_EQ(outcome_of(key("a")), "OBJECT_NOT_EXIST");
  const auto second = core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(router.find(key("a")).object, second);
}

TEST_F(Routing, AsksTheAdaptersStateAlsoForARememberedKey) {
  const auto core = add("a");
  core->set_accepting(true);
  core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  EXPECT_EQ(outcome_of(key("a")), "found");

  core->set_state(AdapterState::discarding);
  EXPECT_EQ(outcome_of(key("a")), "TRANSIENT");

  core->set_accepting(true);
  EXPECT_EQ(outcome_of(key("a")), "found");
  core->set_state(AdapterState::inactive);
  EXPECT_EQ(outcome_of(key("a")), "OBJ_ADAPTER");
}

TEST_F(Routing, RemembersNothingOfAnAdapterThatIsRemoved) {
  const auto core = add("a", true);
  core->set_accepting(true);
  core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  EXPECT_EQ(outcome_of(key("a", true)), "found");

  router.remove("a");

  EXPECT_EQ(outcome_of(key("a", true)), "TRANSIENT");
}

TEST_F(Routing, DoesNotTakeWhatAnotherRouterFoundForItsOwn) {
  const auto core = add("a", true);
  core->set_accepting(true);
  core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  EXPECT_EQ(outcome_of(key("a", true)), "found");

  RequestRouter other(limits, orb);

  EXPECT_THROW(other.find(key("a", true)), Transient);
  EXPECT_EQ(outcome_of(key("a", true)), "found");
}

TEST_F(Routing, KeepsNoObjectAliveThatItRemembers) {
  const auto core = add("a");
  core->set_accepting(true);
  std::weak_ptr<ActiveObject> object =
      core->activate(ObjectId("id"), {}, std::make_shared<NoServant>());
  EXPECT_EQ(outcome_of(key("a")), "found");

  core->deactivate("id");

  EXPECT_TRUE(object.expired());
}

TEST_F(Routing, RemembersMoreObjectsThanOneAndForgetsTheOldest) {
  const auto core = add("a");
  core->set_accepting(true);
  std::map<std::string, std::shared_ptr<ActiveObject>> objects;
  for (int i = 0; i < 40; ++i) {
    const auto object =
        core->activate(ObjectId("object " + std::to_string(i)), {}, std::make_shared<NoServant>());
    objects.emplace(object->key, object);
  }

  for (int round = 0; round < 3; ++round) {
    for (const auto& [object_key, object] : objects)
      EXPECT_EQ(router.find(object_key).object, object);
  }
}

TEST_F(Routing, RefusesTwoAdaptersOfOneName) {
  add("a");

  EXPECT_THROW(add("a"), BadParam);
}

}  // namespace corbel::adapter
