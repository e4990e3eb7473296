#include "tests/integration/mapping/forest.hpp"

#include <gtest/gtest.h>

// Factories, and what happens when one is missing.
namespace corbel::test {
namespace {

struct World {
  Orb server;
  Orb client;
  Adapter adapter = server.create_adapter("values");
  tree::Forest forest;

  World() {
    adapter.activate_requests();
    const auto object = adapter.activate<tree::Forest>(std::make_shared<EchoForest>());
    forest = client.object<tree::Forest>(to_string(object));
  }
};

std::shared_ptr<PrintedTask> some_task() {
  auto task = std::make_shared<PrintedTask>();
  task->plan = {{"think", nullptr}, {"write", std::make_shared<tree::Text>("a note")}};
  task->set_about(std::make_shared<tree::Node>("subject", tree::Nodes{}, nullptr, 1));
  return task;
}

}  // namespace

TEST(ValueFactories, MakeTheUsersOwnClass) {
  World world;
  world.server.register_value<tree::Task, PrintedTask>();
  world.client.register_value<tree::Task, PrintedTask>();

  const auto copy = std::dynamic_pointer_cast<PrintedTask>(world.forest.echo_task(some_task()));
  const auto named = world.forest.echo_named(some_task());

  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->title(), "task of 2 steps");
  EXPECT_EQ(copy->plan[1].note->value, "a note");
  EXPECT_EQ(copy->subject()->label, "subject");
  EXPECT_EQ(copy->print(tree::Kind::special), "special");
  EXPECT_EQ(named->title(), "task of 2 steps");
}

TEST(ValueFactories, AreMissedByTheServerWithTheTypesName) {
  World world;

  try {
    world.forest.echo_task(some_task());
    FAIL();
  } catch (const Marshal& error) {
    EXPECT_EQ(error.completed(), Completion::no);
    EXPECT_NE(std::string(error.what())
                  .find("no factory for the valuetype "
                        "IDL:example.org/tree/Task:1.0"),
              std::string::npos)
        << error.what();
  }
  EXPECT_EQ(world.forest.echo(nullptr), nullptr);  // the connection goes on
}

TEST(ValueFactories, AreMissedByTheClientWithTheTypesName) {
  World world;
  world.server.register_value<tree::Task, PrintedTask>();

  try {
    world.forest.echo_task(some_task());
    FAIL();
  } catch (const Marshal& error) {
    EXPECT_EQ(error.completed(), Completion::yes);
    EXPECT_NE(std::string(error.what()).find("tree/Task"), std::string::npos) << error.what();
  }
}

TEST(ValueFactories, AreNeededWithinTheProcessToo) {
  Orb orb;
  auto adapter = orb.create_adapter("values");
  adapter.activate_requests();
  const auto forest = adapter.activate<tree::Forest>(std::make_shared<EchoForest>());

  EXPECT_THROW(forest.echo_task(some_task()), Marshal);
  orb.register_value<tree::Task, PrintedTask>();
  EXPECT_EQ(forest.echo_task(some_task())->plan.size(), 2U);
}

TEST(ValueFactories, CallsThatAskTooMuchGoOnToWork) {
  World world;
  std::shared_ptr<tree::Node> head;
  for (int i = 0; i < 100'000; ++i) {
    auto next = std::make_shared<tree::Node>();
    next->parent = std::move(head);
    head = std::move(next);
  }

  try {
    world.forest.echo(head);
    FAIL();
  } catch (const Marshal& error) {
    EXPECT_NE(std::string(error.what()).find("nest deeper than 1000"), std::string::npos)
        << error.what();
  }
  head->parent = nullptr;
  EXPECT_NE(world.forest.echo(head), nullptr);
}

}  // namespace corbel::test
