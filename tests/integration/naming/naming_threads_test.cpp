#include "tests/integration/naming/running_service.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace corbel::naming_service {
namespace {

template <class Work>
void on_threads(int count, Work work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
  for (auto& thread : threads) thread.join();
}

class NamingThreadsTest : public testing::TestWithParam<DispatchPolicy> {};

TEST_P(NamingThreadsTest, ClientsBindResolveListAndUnbindAtOnce) {
  RunningService service({.dispatch = GetParam()});
  std::atomic<int> surprises = 0;

  on_threads(6, [&](int thread) {
    const std::string own = "shared/c" + std::to_string(thread % 3) + "/n" + std::to_string(thread);
    const Object object = service.object(own);
    for (int i = 0; i < 60; ++i) {
      service.naming.bind(own, object);
      surprises += !(service.naming.resolve(own) == object);
      surprises += service.naming.list("shared/c" + std::to_string(thread % 3)).empty();
      service.naming.unbind(own);
      surprises += outcome_of([&] { service.naming.resolve(own); }).rfind("missing_node", 0) != 0;
    }
  });

  EXPECT_EQ(surprises, 0);
  EXPECT_EQ(service.naming.list("shared").size(), 3u);
}

TEST_P(NamingThreadsTest, OneOfManyClientsWinsAName) {
  RunningService service({.dispatch = GetParam()});
  std::atomic<int> won = 0;

  on_threads(6, [&](int) {
    for (int i = 0; i < 50; ++i) {
      const auto wanted = name("n" + std::to_string(i));
      won += outcome_of([&] { service.root.bind(wanted, service.object("o")); }) == "done";
    }
  });

  EXPECT_EQ(won, 50);
}

INSTANTIATE_TEST_SUITE_P(Dispatch, NamingThreadsTest,
                         testing::Values(DispatchPolicy(ThreadPerConnection{}),
                                         DispatchPolicy(ThreadPerRequest{}),
                                         DispatchPolicy(ThreadPerObject{}),
                                         DispatchPolicy(Pool{})));

TEST(NamingThreads, IteratorsOfManyClientsDoNotMix) {
  RunningService service({.iterators = {.iterators = 4}});
  for (int i = 0; i < 30; ++i)
    service.root.bind(name("n" + std::to_string(i)), service.object("o"));
  std::atomic<int> wrong = 0;

  on_threads(6, [&](int) {
    for (int i = 0; i < 30; ++i) {
      CosNaming::BindingList listed;
      CosNaming::BindingIterator rest;
      service.root.list(10, listed, rest);
      try {  // with 4 iterators for 6 clients some lose theirs
        CosNaming::BindingList more;
        rest.next_n(100, more);
        wrong += more.size() != 20;
        rest.destroy();
      } catch (const ObjectNotExist&) {
      }
    }
  });

  EXPECT_EQ(wrong, 0);
}

TEST(NamingThreads, ServicesEndWhileClientsCall) {
  for (int round = 0; round < 5; ++round) {
    auto service = std::make_unique<RunningService>();
    Orb client;
    const Naming naming(client.object(to_string(service->root)));
    std::atomic<bool> end = false;
    std::thread caller([&] {
      while (!end) outcome_of([&] { naming.resolve("a/b"); });
    });
    for (int i = 0; i < 20; ++i) outcome_of([&] { naming.make_context("c" + std::to_string(i)); });

    service.reset();

    end = true;
    caller.join();
  }
}

}  // namespace
}  // namespace corbel::naming_service
