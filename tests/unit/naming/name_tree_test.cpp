#include "tests/unit/naming/tree_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace corbel::naming_service {

namespace {

using Reason = Failure::Reason;
using testing::ElementsAre;
using testing::HasSubstr;

class NameTreeTest : public testing::Test {
 protected:
  MemoryStore store;
  NameTree tree{store, TreeLimits{}};
};

template <class T>
void expect_failure(const Outcome<T>& outcome, Reason reason, std::size_t component) {
  ASSERT_TRUE(outcome.has_error());
  EXPECT_EQ(outcome.error().reason, reason);
  EXPECT_EQ(outcome.error().component, component);
}

TEST_F(NameTreeTest, FindsWhatWasBound) {
  make_context(tree, "a");
  ASSERT_TRUE(tree.bind(kRootContext, TestName("a/b.kind"), BindingKind::object, object("one")));

  EXPECT_EQ(*tree.resolve(kRootContext, TestName("a/b.kind")), object("one"));
  EXPECT_EQ(*tree.resolve(context_at(tree, "a"), TestName("b.kind")), object("one"));
}

TEST_F(NameTreeTest, IdAndKindBothCount) {
  ASSERT_TRUE(tree.bind(kRootContext, TestName("a.b"), BindingKind::object, object("one")));

  expect_failure(tree.resolve(kRootContext, TestName("a")), Reason::missing_node, 0);
  expect_failure(tree.resolve(kRootContext, TestName("a.c")), Reason::missing_node, 0);
  expect_failure(tree.resolve(kRootContext, TestName(".")), Reason::missing_node, 0);
  ASSERT_TRUE(tree.bind(kRootContext, TestName("."), BindingKind::object, object("empty")));
  EXPECT_EQ(*tree.resolve(kRootContext, TestName(".")), object("empty"));
}

TEST_F(NameTreeTest, SaysWhichComponentIsMissing) {
  make_context(tree, "a");

  expect_failure(tree.resolve(kRootContext, TestName("x/y/z")), Reason::missing_node, 0);
  expect_failure(tree.resolve(kRootContext, TestName("a/x/y")), Reason::missing_node, 1);
  expect_failure(tree.resolve(kRootContext, TestName("a/x")), Reason::missing_node, 1);
  expect_failure(tree.unbind(kRootContext, TestName("a/x")), Reason::missing_node, 1);
  expect_failure(tree.bind(kRootContext, TestName("a/x/y"), BindingKind::object, object("o")),
                 Reason::missing_node, 1);
}

TEST_F(NameTreeTest, AnObjectOnTheWayIsNoContext) {
  make_context(tree, "a");
  ASSERT_TRUE(tree.bind(kRootContext, TestName("a/o"), BindingKind::object, object("o")));

  expect_failure(tree.resolve(kRootContext, TestName("a/o/x")), Reason::not_context, 1);
  expect_failure(tree.bind_new_context(kRootContext, TestName("a/o/x"), tree.reserve_context()),
                 Reason::not_context, 1);
}

TEST_F(NameTreeTest, AContextBoundAsAnObjectIsNotWalkedThrough) {
  const ContextId context = make_context(tree, "a");
  ASSERT_TRUE(tree.bind(kRootContext, TestName("o"), BindingKind::object, context));

  EXPECT_EQ(*tree.resolve(kRootContext, TestName("o")), Target(context));
  expect_failure(tree.resolve(kRootContext, TestName("o/x")), Reason::not_context, 0);
}

TEST_F(NameTreeTest, ANameWithoutComponentsIsInvalid) {
  expect_failure(tree.resolve(kRootContext, TestName("")), Reason::invalid_name, 0);
  expect_failure(tree.unbind(kRootContext, TestName("")), Reason::invalid_name, 0);
  expect_failure(tree.rebind(kRootContext, TestName(""), BindingKind::object, object("o")),
                 Reason::invalid_name, 0);
}

TEST_F(NameTreeTest, BindRefusesATakenNameOfEitherKind) {
  make_context(tree, "a");
  ASSERT_TRUE(tree.bind(kRootContext, TestName("o"), BindingKind::object, object("o")));

  expect_failure(tree.bind(kRootContext, TestName("a"), BindingKind::object, object("p")),
                 Reason::already_bound, 0);
  expect_failure(tree.bind(kRootContext, TestName("o"), BindingKind::context, object("p")),
                 Reason::already_bound, 0);
  expect_failure(tree.bind_new_context(kRootContext, TestName("o"), tree.reserve_context()),
                 Reason::already_bound, 0);
  EXPECT_EQ(*tree.resolve(kRootContext, TestName("o")), object("o"));
}

TEST_F(NameTreeTest, RebindReplacesOnlyTheSameKind) {
  make_context(tree, "a");
  ASSERT_TRUE(tree.rebind(kRootContext, TestName("a/o"), BindingKind::object, object("old")));

  EXPECT_TRUE(tree.rebind(kRootContext, TestName("a/o"), BindingKind::object, object("new")));
  EXPECT_EQ(*tree.resolve(kRootContext, TestName("a/o")), object("new"));
  expect_failure(tree.rebind(kRootContext, TestName("a"), BindingKind::object, object("x")),
                 Reason::not_object, 0);
  expect_failure(tree.rebind(kRootContext, TestName("a/o"), BindingKind::context, object("x")),
                 Reason::not_context, 1);
}

TEST_F(NameTreeTest, AContextElsewhereStopsTheWalkBehindIt) {
  make_context(tree, "a");
  ASSERT_TRUE(tree.bind(kRootContext, TestName("a/far"), BindingKind::context, object("far")));

  const auto outcome = tree.resolve(kRootContext, TestName("a/far/x/y"));

  expect_failure(outcome, Reason::cannot_proceed, 2);
  EXPECT_EQ(outcome.error().elsewhere, object("far"));
  EXPECT_EQ(*tree.resolve(kRootContext, TestName("a/far")), object("far"));
  expect_failure(tree.unbind(kRootContext, TestName("a/far/x")), Reason::cannot_proceed, 2);
}

TEST_F(NameTreeTest, ADestroyedContextThatIsStillBoundStopsTheWalkToo) {
  const ContextId context = make_context(tree, "a");
  ASSERT_TRUE(tree.destroy(context));

  const auto outcome = tree.resolve(kRootContext, TestName("a/x"));

  expect_failure(outcome, Reason::cannot_proceed, 1);
  EXPECT_EQ(outcome.error().elsewhere, Target(context));
  expect_failure(tree.resolve(context, TestName("x")), Reason::no_such_context, 0);
  expect_failure(tree.list(context), Reason::no_such_context, 0);
  expect_failure(tree.destroy(context), Reason::no_such_context, 0);
}

TEST_F(NameTreeTest, OnlyEmptyContextsOtherThanTheRootAreDestroyed) {
  const ContextId context = make_context(tree, "a");
  ASSERT_TRUE(tree.bind(context, TestName("o"), BindingKind::object, object("o")));

  expect_failure(tree.destroy(context), Reason::not_empty, 0);
  expect_failure(tree.destroy(kRootContext), Reason::not_empty, 0);
  ASSERT_TRUE(tree.unbind(context, TestName("o")));
  EXPECT_TRUE(tree.destroy(context));
  ASSERT_TRUE(tree.unbind(kRootContext, TestName("a")));
  expect_failure(tree.destroy(kRootContext), Reason::root, 0);
}

TEST_F(NameTreeTest, ContextsMayContainEachOther) {
  const ContextId context = make_context(tree, "a");
  ASSERT_TRUE(tree.bind(context, TestName("up"), BindingKind::context, kRootContext));
  ASSERT_TRUE(tree.bind(context, TestName("self"), BindingKind::context, context));

  EXPECT_EQ(context_at(tree, "a/up/a/self/self/up/a"), context);
}

TEST_F(NameTreeTest, ListsAreSortedAndStayAsTheyWere) {
  make_context(tree, "m");
  for (const char* name : {"z", "b.2", "b.1", "b", "."}) {
    ASSERT_TRUE(tree.bind(kRootContext, TestName(name), BindingKind::object, object(name)));
  }
  const auto before = *tree.list(kRootContext);

  ASSERT_TRUE(tree.unbind(kRootContext, TestName("b")));

  EXPECT_EQ(before->size(), 6u);
  EXPECT_THAT(names_in(tree, kRootContext), ElementsAre(".", "b.1", "b.2", "m/", "z"));
}

TEST_F(NameTreeTest, ListsOfAnUnchangedContextAreShared) {
  ASSERT_TRUE(tree.bind(kRootContext, TestName("a"), BindingKind::object, object("a")));

  const auto first = *tree.list(kRootContext);

  EXPECT_EQ(*tree.list(kRootContext), first);
}

TEST(NameTreeLimits, AreNamedAndChangeNothing) {
  MemoryStore store;
  NameTree tree(store, {.contexts = 2,
                        .bindings = 3,
                        .bindings_per_context = 2,
                        .component_octets = 8,
                        .reference_octets = 200});
  make_context(tree, "a");
  ASSERT_TRUE(tree.bind(kRootContext, TestName("b"), BindingKind::object, object("b")));

  const auto in_one = tree.bind(kRootContext, TestName("c"), BindingKind::object, object("c"));
  EXPECT_EQ(in_one.error().reason, Reason::full);
  EXPECT_THAT(in_one.error().message, HasSubstr("2 names in one context"));
  EXPECT_TRUE(tree.rebind(kRootContext, TestName("b"), BindingKind::object, object("other")));

  ASSERT_TRUE(tree.bind(kRootContext, TestName("a/c"), BindingKind::object, object("c")));
  const auto in_all = tree.bind(kRootContext, TestName("a/d"), BindingKind::object, object("d"));
  EXPECT_THAT(in_all.error().message, HasSubstr("at most 3 names"));

  const auto contexts = tree.create_context(tree.reserve_context());
  EXPECT_THAT(contexts.error().message, HasSubstr("at most 2 contexts"));

  ASSERT_TRUE(tree.unbind(kRootContext, TestName("a/c")));
  const auto long_name =
      tree.bind(kRootContext, TestName("a/12345.6789"), BindingKind::object, object("d"));
  EXPECT_EQ(long_name.error().reason, Reason::too_large);
  const auto large =
      tree.bind(kRootContext, TestName("a/d"), BindingKind::object, object(std::string(300, 'x')));
  EXPECT_EQ(large.error().reason, Reason::too_large);
  EXPECT_THAT(names_in(tree, context_at(tree, "a")), ElementsAre());
}

TEST(NameTreeLimits, CountOctetsOfNamesAndReferences) {
  MemoryStore store;
  NameTree tree(store, {.octets = 4000, .reference_octets = 4000});
  ASSERT_TRUE(
      tree.bind(kRootContext, TestName("a"), BindingKind::object, object(std::string(2000, 'x'))));

  const auto more =
      tree.bind(kRootContext, TestName("b"), BindingKind::object, object(std::string(2000, 'x')));
  EXPECT_EQ(more.error().reason, Reason::full);
  EXPECT_THAT(more.error().message, HasSubstr("4000 octets"));

  EXPECT_TRUE(tree.rebind(kRootContext, TestName("a"), BindingKind::object,
                          object(std::string(3000, 'x'))));
  ASSERT_TRUE(tree.unbind(kRootContext, TestName("a")));
  EXPECT_TRUE(
      tree.bind(kRootContext, TestName("b"), BindingKind::object, object(std::string(3000, 'x'))));
}

}  // namespace
}  // namespace corbel::naming_service
