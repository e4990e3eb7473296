#include "tests/unit/naming/tree_support.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace corbel::naming_service {
namespace {

constexpr int kThreads = 8;

template <class Work>
void on_threads(Work work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (auto& thread : threads) thread.join();
}

TEST(NameTreeThreads, OneOfManyBindersWinsEachName) {
  MemoryStore store;
  NameTree tree(store, TreeLimits{});
  std::atomic<int> won = 0;

  on_threads([&](int) {
    for (int i = 0; i < 500; ++i) {
      const TestName name("n" + std::to_string(i));
      won += tree.bind(kRootContext, name, BindingKind::object, object("o")).has_value();
    }
  });

  EXPECT_EQ(won, 500);
  EXPECT_EQ(names_in(tree, kRootContext).size(), 500u);
}

TEST(NameTreeThreads, BindersResolversListersAndUnbindersDoNotDisturbEachOther) {
  MemoryStore store;
  NameTree tree(store, TreeLimits{});
  make_context(tree, "shared");
  std::atomic<int> surprises = 0;

  on_threads([&](int thread) {
    const TestName name("shared/n" + std::to_string(thread));
    for (int i = 0; i < 400; ++i) {
      const Target target = object(std::to_string(thread) + "-" + std::to_string(i));
      surprises += !tree.bind(kRootContext, name, BindingKind::object, target);
      const auto found = tree.resolve(kRootContext, name);
      surprises += !found || *found != target;
      const auto listed = tree.list(context_at(tree, "shared"));
      surprises += !listed || (*listed)->empty() || (*listed)->size() > kThreads;
      surprises += !tree.unbind(kRootContext, name);
    }
  });

  EXPECT_EQ(surprises, 0);
  EXPECT_TRUE(tree.destroy(context_at(tree, "shared")));
}

TEST(NameTreeThreads, ContextsAreMadeAndDestroyedFromMany) {
  MemoryStore store;
  NameTree tree(store, {.contexts = kThreads + 1});

  on_threads([&](int thread) {
    const TestName name("c" + std::to_string(thread));
    for (int i = 0; i < 300; ++i) {
      const ContextId id = tree.reserve_context();
      ASSERT_TRUE(tree.bind_new_context(kRootContext, name, id));
      ASSERT_TRUE(tree.destroy(id));
      ASSERT_TRUE(tree.unbind(kRootContext, name));
    }
  });

  EXPECT_TRUE(names_in(tree, kRootContext).empty());
}

// Guards against anything quadratic: 100,000 names take well below a second, 10^10 steps would not.
TEST(NameTreeThreads, AHundredThousandNamesInOneContextAreNoBurden) {
  MemoryStore store;
  NameTree tree(store, TreeLimits{});
  const auto begin = std::chrono::steady_clock::now();

  for (int i = 0; i < 100'000; ++i) {
    ASSERT_TRUE(tree.bind(kRootContext, TestName("n" + std::to_string(i)), BindingKind::object,
                          kRootContext));
  }
  const auto listed = *tree.list(kRootContext);
  for (int i = 0; i < 100'000; ++i) ASSERT_EQ((*tree.list(kRootContext))->size(), 100'000u);
  for (int i = 0; i < 100'000; ++i)
    ASSERT_TRUE(tree.unbind(kRootContext, TestName("n" + std::to_string(i))));

  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace corbel::naming_service
