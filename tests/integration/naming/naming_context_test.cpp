#include "tests/integration/naming/running_service.hpp"

#include <gtest/gtest.h>

namespace corbel::naming_service {
namespace {

using CosNaming::NamingContext;

class NamingContextTest : public testing::Test {
 protected:
  RunningService service;
  const CosNaming::NamingContextExt& root = service.root;
  Object one = service.object("one");
  Object two = service.object("two");
};

TEST_F(NamingContextTest, ResolvesToTheReferenceThatWasBound) {
  root.bind(name("a.b"), one);

  EXPECT_EQ(root.resolve(name("a.b")), one);
  EXPECT_EQ(reference(root.resolve(name("a.b"))).to_string(), reference(one).to_string());
}

TEST_F(NamingContextTest, IsFoundUnderItsPlainKey) {
  const Endpoint endpoint = service.server.endpoints().front();
  const auto found = service.client.object<NamingContext>("corbaloc:iiop:" + endpoint.to_string() +
                                                          "/NameService");
  found.bind(name("a"), one);

  EXPECT_EQ(root.resolve(name("a")), one);
  EXPECT_TRUE(is_a(found, "IDL:omg.org/CosNaming/NamingContextExt:1.0"));
  EXPECT_TRUE(is_a(found, "IDL:omg.org/CosNaming/NamingContext:1.0"));
  EXPECT_FALSE(is_a(found, "IDL:omg.org/CosNaming/BindingIterator:1.0"));
  EXPECT_FALSE(non_existent(found));
}

TEST_F(NamingContextTest, SaysWhyANameIsNotFoundAndFromWhere) {
  root.bind_new_context(name("a"));
  root.bind(name("a/o"), one);

  EXPECT_EQ(outcome_of([&] { root.resolve(name("x")); }), "missing_node at x");
  EXPECT_EQ(outcome_of([&] { root.resolve(name("x/y/z")); }), "missing_node at x/y/z");
  EXPECT_EQ(outcome_of([&] { root.resolve(name("a/x/z")); }), "missing_node at x/z");
  EXPECT_EQ(outcome_of([&] { root.resolve(name("a/o/z")); }), "not_context at o/z");
  EXPECT_EQ(outcome_of([&] { root.bind(name("a/o/z"), one); }), "not_context at o/z");
  EXPECT_EQ(outcome_of([&] { root.bind(name("a/x/z"), one); }), "missing_node at x/z");
  EXPECT_EQ(outcome_of([&] { root.unbind(name("a/x")); }), "missing_node at x");
  EXPECT_EQ(outcome_of([&] { root.bind_new_context(name("a/x/y")); }), "missing_node at x/y");
}

TEST_F(NamingContextTest, RefusesNamesWithoutComponents) {
  EXPECT_EQ(outcome_of([&] { root.bind({}, one); }), "InvalidName");
  EXPECT_EQ(outcome_of([&] { root.rebind({}, one); }), "InvalidName");
  EXPECT_EQ(outcome_of([&] { root.bind_context({}, root); }), "InvalidName");
  EXPECT_EQ(outcome_of([&] { root.rebind_context({}, root); }), "InvalidName");
  EXPECT_EQ(outcome_of([&] { root.resolve({}); }), "InvalidName");
  EXPECT_EQ(outcome_of([&] { root.unbind({}); }), "InvalidName");
  EXPECT_EQ(outcome_of([&] { root.bind_new_context({}); }), "InvalidName");
}

TEST_F(NamingContextTest, RefusesNilReferences) {
  EXPECT_EQ(outcome_of([&] { root.bind(name("a"), nullptr); }), "BAD_PARAM");
  EXPECT_EQ(outcome_of([&] { root.rebind(name("a"), nullptr); }), "BAD_PARAM");
  EXPECT_EQ(outcome_of([&] { root.bind_context(name("a"), nullptr); }), "BAD_PARAM");
  EXPECT_EQ(outcome_of([&] { root.rebind_context(name("a"), nullptr); }), "BAD_PARAM");
  EXPECT_EQ(outcome_of([&] { root.resolve(name("a")); }), "missing_node at a");
}

TEST_F(NamingContextTest, BindsAFreeNameOnly) {
  root.bind(name("o"), one);
  root.bind_new_context(name("c"));

  EXPECT_EQ(outcome_of([&] { root.bind(name("o"), two); }), "AlreadyBound");
  EXPECT_EQ(outcome_of([&] { root.bind(name("c"), two); }), "AlreadyBound");
  EXPECT_EQ(outcome_of([&] { root.bind_context(name("o"), root); }), "AlreadyBound");
  EXPECT_EQ(outcome_of([&] { root.bind_new_context(name("c")); }), "AlreadyBound");
  EXPECT_EQ(root.resolve(name("o")), one);
}

TEST_F(NamingContextTest, RebindsTheSameKindOnly) {
  root.rebind(name("o"), one);
  root.rebind(name("o"), two);
  root.bind_new_context(name("c"));
  const auto other = root.new_context();
  root.rebind_context(name("c"), other);

  EXPECT_EQ(root.resolve(name("o")), two);
  EXPECT_EQ(root.resolve(name("c")), other);
  EXPECT_EQ(outcome_of([&] { root.rebind(name("c"), one); }), "not_object at c");
  EXPECT_EQ(outcome_of([&] { root.rebind_context(name("o"), root); }), "not_context at o");
  EXPECT_EQ(outcome_of([&] { root.rebind_context(name("c/x"), root); }), "done");
}

TEST_F(NamingContextTest, ContextsAreObjectsOfTheirOwn) {
  const auto a = root.bind_new_context(name("a"));
  const auto b = a.bind_new_context(name("b"));
  b.bind(name("o"), one);

  EXPECT_EQ(root.resolve(name("a/b/o")), one);
  EXPECT_EQ(root.resolve(name("a/b")), b);
  EXPECT_FALSE(is_nil(narrow<CosNaming::NamingContextExt>(b)));
  const auto again = service.client.object<NamingContext>(to_string(b));
  EXPECT_EQ(again.resolve(name("o")), one);
}

TEST_F(NamingContextTest, ANewContextIsBoundWhereTheClientWants) {
  const auto context = root.new_context();
  context.bind(name("o"), one);
  root.bind_context(name("c"), context);
  root.bind_context(name("d"), context);

  EXPECT_EQ(root.resolve(name("c/o")), one);
  EXPECT_EQ(root.resolve(name("d/o")), one);
  root.unbind(name("c"));
  EXPECT_EQ(context.resolve(name("o")), one);
}

TEST_F(NamingContextTest, TheRootMayBeBoundInAContext) {
  root.bind_new_context(name("a"));
  root.bind_context(name("a/top"), root);
  root.bind(name("o"), one);

  EXPECT_EQ(root.resolve(name("a/top/a/top/o")), one);
  EXPECT_EQ(root.resolve(name("a/top")), root);
}

TEST_F(NamingContextTest, AContextBoundAsObjectLeadsNowhere) {
  const auto context = root.new_context();
  context.bind(name("o"), one);
  root.bind(name("c"), context);

  EXPECT_EQ(root.resolve(name("c")), context);
  EXPECT_EQ(outcome_of([&] { root.resolve(name("c/o")); }), "not_context at c/o");
}

TEST_F(NamingContextTest, OnlyEmptyContextsAreDestroyed) {
  const auto context = root.bind_new_context(name("c"));
  context.bind(name("o"), one);

  EXPECT_EQ(outcome_of([&] { context.destroy(); }), "NotEmpty");
  context.unbind(name("o"));
  EXPECT_EQ(outcome_of([&] { context.destroy(); }), "done");
  EXPECT_EQ(outcome_of([&] { context.resolve(name("o")); }), "OBJECT_NOT_EXIST");
  EXPECT_EQ(outcome_of([&] { context.destroy(); }), "OBJECT_NOT_EXIST");
}

TEST_F(NamingContextTest, ADestroyedContextStaysBoundAndStopsNames) {
  const auto context = root.bind_new_context(name("c"));
  context.destroy();

  EXPECT_EQ(root.resolve(name("c")), context);
  EXPECT_EQ(outcome_of([&] { root.resolve(name("c/x/y")); }), "CannotProceed with x/y");
  root.unbind(name("c"));
  EXPECT_EQ(outcome_of([&] { root.resolve(name("c/x/y")); }), "missing_node at c/x/y");
}

TEST_F(NamingContextTest, TheRootCannotBeDestroyed) {
  EXPECT_EQ(outcome_of([&] { root.destroy(); }), "NO_PERMISSION");
  EXPECT_EQ(outcome_of([&] { root.bind(name("o"), one); }), "done");
  EXPECT_EQ(outcome_of([&] { root.destroy(); }), "NotEmpty");
}

TEST_F(NamingContextTest, EmptyIdAndKindIsANameLikeOthers) {
  root.bind(name("."), one);
  root.bind(name(".k"), two);

  EXPECT_EQ(root.resolve({{"", ""}}), one);
  EXPECT_EQ(root.resolve({{"", "k"}}), two);
}

TEST_F(NamingContextTest, CallsFromTheSameOrbDoTheSame) {
  const auto local = service.server.object<NamingContext>(to_string(root));
  const auto context = local.bind_new_context(name("c"));
  context.bind(name("o"), service.server.object(to_string(one)));

  EXPECT_EQ(outcome_of([&] { local.resolve(name("c/x")); }), "missing_node at x");
  EXPECT_EQ(root.resolve(name("c/o")), one);
}

}  // namespace
}  // namespace corbel::naming_service
