#include "tests/integration/naming/running_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace corbel::naming_service {
namespace {

using testing::HasSubstr;

class NamingClientTest : public testing::Test {
 protected:
  RunningService service;
  const Naming& naming = service.naming;
  Object one = service.object("one");
  Object two = service.object("two");
};

TEST_F(NamingClientTest, BindingMakesTheContextsOnTheWay) {
  naming.bind("a/b.k/c/o", one);
  naming.rebind("a/x/o", two);

  EXPECT_EQ(naming.resolve("a/b.k/c/o"), one);
  EXPECT_EQ(naming.resolve("a/x/o"), two);
  EXPECT_EQ(outcome_of([&] { naming.bind("a/x/o", one); }), "AlreadyBound");
  naming.rebind("a/x/o", one);
  EXPECT_EQ(naming.resolve("a/x/o"), one);
}

TEST_F(NamingClientTest, AnObjectOnTheWayIsNotReplaced) {
  naming.bind("a/o", one);

  EXPECT_EQ(outcome_of([&] { naming.bind("a/o/x/y", two); }), "not_context at o/x/y");
  EXPECT_EQ(outcome_of([&] { naming.rebind("a", two); }), "not_object at a");
}

TEST_F(NamingClientTest, ResolvesToTypedProxies) {
  naming.make_context("a/b");

  const auto context = naming.resolve<CosNaming::NamingContextExt>("a/b");

  EXPECT_EQ(context.to_string({{"x", "y"}}), "x.y");
}

TEST_F(NamingClientTest, MakingAContextThatIsThereIsNoError) {
  naming.make_context("a/b/c");
  naming.bind("a/b/c/o", one);
  naming.make_context("a/b/c");
  naming.make_context("a");

  EXPECT_EQ(naming.resolve("a/b/c/o"), one);
  EXPECT_EQ(outcome_of([&] { naming.make_context("a/b/c/o"); }), "AlreadyBound");
  EXPECT_EQ(outcome_of([&] { naming.make_context("a/b/c/o/p"); }), "not_context at o/p");
}

TEST_F(NamingClientTest, ListsSortedAndEscaped) {
  naming.bind("z.k", one);
  naming.bind(R"(a\.b)", one);
  naming.make_context("m");

  const auto entries = naming.list();

  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].name, R"(a\.b)");
  EXPECT_EQ(entries[1].name, "m");
  EXPECT_TRUE(entries[1].is_context);
  EXPECT_EQ(entries[2].name, "z.k");
  EXPECT_FALSE(entries[2].is_context);
  EXPECT_TRUE(naming.list("m").empty());
  EXPECT_EQ(outcome_of([&] { naming.list("z.k"); }), "not_context at z.k");
  EXPECT_EQ(outcome_of([&] { naming.list("nowhere"); }), "missing_node at nowhere");
}

TEST_F(NamingClientTest, ListsMoreThanOneBatch) {
  for (int i = 0; i < 2500; ++i) naming.bind("n" + std::to_string(i), one);

  EXPECT_EQ(naming.list().size(), 2500u);
}

TEST_F(NamingClientTest, SaysInWordsWhatIsWrong) {
  naming.make_context("bank");
  try {
    naming.resolve("bank/alice.account");
    FAIL() << "resolved";
  } catch (const CosNaming::NamingContext::NotFound& failure) {
    EXPECT_THAT(
        failure.what(),
        HasSubstr(R"(nothing is bound at "alice.account" (looking up "bank/alice.account"))"));
  }
  try {
    naming.resolve("bank//alice");
    FAIL() << "resolved";
  } catch (const CosNaming::NamingContext::InvalidName& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("octet 5"));
  }
  naming.bind("bank/bob", one);
  try {
    naming.bind("bank/bob", two);
    FAIL() << "bound";
  } catch (const CosNaming::NamingContext::AlreadyBound& failure) {
    EXPECT_THAT(failure.what(), HasSubstr(R"(something is bound at "bank/bob" already)"));
  }
}

TEST_F(NamingClientTest, IsTheOrbsNamingService) {
  naming.bind("a", one);
  service.client.set_initial_reference("NameService", service.root);

  EXPECT_EQ(service.client.naming().resolve("a"), one);
  EXPECT_EQ(service.client.object("corbaname:rir:#a"), one);
}

TEST_F(NamingClientTest, AnInitialReferenceMayLeadToAnother) {
  naming.bind("a", one);
  Orb orb({.initial_references = {{"Root", reference(service.root).to_corbaloc()},
                                  {"NameService", "corbaloc:rir:/Root"},
                                  {"Account", "corbaname:rir:#a"}}});

  EXPECT_EQ(reference(orb.initial_reference("Account")), reference(one));
}

TEST(NamingClient, AnInitialReferenceThatLeadsToItselfIsBadParam) {
  Orb orb({.initial_references = {{"A", "corbaloc:rir:/B"}, {"B", "corbaloc:rir:/A"}}});

  EXPECT_THROW(orb.initial_reference("A"), BadParam);
  EXPECT_THROW(orb.initial_reference("A"), BadParam);
}

TEST(NamingClient, WithoutANamingServiceIsBadParam) {
  Orb orb;

  EXPECT_THROW(orb.naming(), BadParam);
}

}  // namespace
}  // namespace corbel::naming_service
