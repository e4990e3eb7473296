#include "tests/unit/naming/tree_support.hpp"

#include <corbel/exceptions.hpp>

#include <gtest/gtest.h>

#include <functional>

namespace corbel::naming_service {
namespace {

/// Refuses whenever it is told to.
class FailingStore final : public Store {
 public:
  void replay(const std::function<void(const Mutation&)>&) override {}
  Position append(std::span<const Mutation>) override {
    if (refuse_append) throw PersistStore("the disk is full");
    return ++end;
  }
  void commit(Position position) override {
    EXPECT_EQ(position, end);
    if (refuse_commit) throw PersistStore("the disk is gone", Completion::maybe);
  }

  bool refuse_append = false;
  bool refuse_commit = false;
  Position end = 0;
};

TEST(NameTreeStore, AChangeThatTheStoreRefusesDoesNotHappen) {
  FailingStore store;
  NameTree tree(store, TreeLimits{});
  const ContextId context = make_context(tree, "a");
  store.refuse_append = true;

  const std::function<void()> changes[] = {
      [&] { (void)tree.bind(kRootContext, TestName("o"), BindingKind::object, object("o")); },
      [&] { (void)tree.rebind(kRootContext, TestName("o"), BindingKind::object, object("o")); },
      [&] { (void)tree.unbind(kRootContext, TestName("a")); },
      [&] { (void)tree.create_context(tree.reserve_context()); },
      [&] { (void)tree.bind_new_context(kRootContext, TestName("b"), tree.reserve_context()); },
      [&] { (void)tree.destroy(context); },
  };
  for (const auto& change : changes) EXPECT_THROW(change(), PersistStore);

  EXPECT_EQ(names_in(tree, kRootContext), std::vector<std::string>{"a/"});
  EXPECT_TRUE(tree.list(context));
  store.refuse_append = false;
  EXPECT_TRUE(tree.bind(kRootContext, TestName("o"), BindingKind::object, object("o")));
}

TEST(NameTreeStore, AFailedCommitReachesTheCaller) {
  FailingStore store;
  NameTree tree(store, TreeLimits{});
  store.refuse_commit = true;

  try {
    (void)tree.bind(kRootContext, TestName("o"), BindingKind::object, object("o"));
    FAIL() << "bound without being durable";
  } catch (const PersistStore& failure) {
    EXPECT_EQ(failure.completed(), Completion::maybe);
  }
}

TEST(NameTreeStore, AnOperationThatChangesNothingWritesNothing) {
  FailingStore store;
  NameTree tree(store, TreeLimits{});

  (void)tree.unbind(kRootContext, TestName("o"));
  (void)tree.bind(kRootContext, TestName("a/o"), BindingKind::object, object("o"));
  (void)tree.destroy(kRootContext);

  EXPECT_EQ(store.end, 0u);
}

}  // namespace
}  // namespace corbel::naming_service
