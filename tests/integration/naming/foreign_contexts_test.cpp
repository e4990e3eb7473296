#include "tests/integration/naming/running_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace corbel::naming_service {
namespace {

using CosNaming::NamingContext;
using testing::HasSubstr;

/// Two services; "here/there" leads from the first to the second.
class ForeignContextTest : public testing::Test {
 protected:
  ForeignContextTest() {
    near.root.bind_new_context(name("here"));
    near.root.bind_context(name("here/there"),
                           near.client.object<NamingContext>(to_string(far.root)));
  }

  RunningService near;
  RunningService far;
};

TEST_F(ForeignContextTest, TheServerAnswersCannotProceedWithTheContextAndTheRest) {
  try {
    near.root.resolve(name("here/there/x/y.z"));
    FAIL() << "resolved";
  } catch (const NamingContext::CannotProceed& failure) {
    EXPECT_EQ(reference(failure.cxt), reference(far.root));
    EXPECT_EQ(text(failure.rest_of_name), "x/y.z");
  }
  for (const auto& change : std::vector<std::function<void()>>{
           [&] { near.root.bind(name("here/there/x"), near.object("o")); },
           [&] { near.root.rebind(name("here/there/x"), near.object("o")); },
           [&] { near.root.bind_context(name("here/there/x"), near.root); },
           [&] { near.root.bind_new_context(name("here/there/x")); },
           [&] { near.root.unbind(name("here/there/x")); },
       }) {
    EXPECT_EQ(outcome_of(change), "CannotProceed with x");
  }
}

TEST_F(ForeignContextTest, TheForeignContextItselfIsABindingLikeOthers) {
  EXPECT_EQ(reference(near.root.resolve(name("here/there"))), reference(far.root));
  near.root.unbind(name("here/there"));
  EXPECT_EQ(outcome_of([&] { near.root.resolve(name("here/there/x")); }),
            "missing_node at there/x");
}

TEST_F(ForeignContextTest, OurClientGoesOnThere) {
  const Object object = near.object("o");

  near.naming.bind("here/there/a/b", object);

  EXPECT_EQ(near.naming.resolve("here/there/a/b"), object);
  EXPECT_EQ(reference(far.root.resolve(name("a/b"))), reference(object));
  near.naming.make_context("here/there/c/d");
  ASSERT_EQ(near.naming.list("here/there").size(), 2u);
  EXPECT_TRUE(near.naming.list("here/there")[1].is_context);
  near.naming.unbind("here/there/a/b");
  EXPECT_EQ(outcome_of([&] { near.naming.resolve("here/there/a/b"); }), "missing_node at b");
}

TEST_F(ForeignContextTest, OurClientGivesUpAfterSixteenHops) {
  far.root.bind_context(name("back"), far.client.object<NamingContext>(to_string(near.root)));
  std::string there_and_back;
  for (int i = 0; i < 7; ++i) there_and_back += "here/there/back/";

  const Object object = near.object("o");
  near.root.bind(name("o"), object);

  EXPECT_EQ(near.naming.resolve(there_and_back + "o"), object);
  try {
    near.naming.resolve(there_and_back + there_and_back + "o");
    FAIL() << "resolved";
  } catch (const NamingContext::CannotProceed& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("at most 16 contexts on other servers"));
  }
}

TEST_F(ForeignContextTest, AServerThatIsNotThereIsAnOrdinaryFailure) {
  near.root.bind_context(
      name("dead"),
      NamingContext(near.client.object(ObjectRef::at({{"127.0.0.1", 1}}, "NameService"))));

  EXPECT_EQ(outcome_of([&] { near.naming.resolve("dead/x"); }), "TRANSIENT");
  EXPECT_EQ(outcome_of([&] { near.root.resolve(name("dead/x")); }), "CannotProceed with x");
}

}  // namespace
}  // namespace corbel::naming_service
