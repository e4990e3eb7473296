#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/target_servant.hpp"
#include "tests/integration/calls/world.hpp"
#include "tests/support/memory.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>

namespace corbel::test {

namespace {

std::size_t threads() {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator("/proc/self/task"), {}));
}

template <class Holds>
bool comes_true(const Holds& holds) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  return holds();
}

/// Belongs to one adapter and goes with it.
class Activator final : public ServantActivator {
 public:
  std::shared_ptr<Servant> incarnate(const ObjectId&) override {
    return std::make_shared<TargetServant>();
  }
};

// A few for reuse, those that are about to end, and what the connection needs.
constexpr std::size_t kSomeThreads = 16;
constexpr std::size_t kSomeOctets = 1 << 20;

}  // namespace

/// Destroyed adapters of every policy.
class Retirement : public testing::Test {
 protected:
  World world{Way::tcp, ThreadPerConnection{}};
};

TEST_F(Retirement, AdaptersComeAndGoWithoutATrace) {
  const auto come_and_go = [&](int times, const DispatchPolicy& policy) {
    for (int i = 0; i < times; ++i) {
      auto adapter = answering_adapter(world.server(), "brief", {.dispatch = policy});
      adapter.activate<calls::Target>(std::make_shared<TargetServant>());
      adapter.destroy();
    }
  };
  for (const auto& policy : all_policies()) come_and_go(10, policy);
  const auto before = heap_in_use();

  for (const auto& policy : all_policies()) come_and_go(2'000, policy);

  EXPECT_LT(heap_in_use(), before + kSomeOctets);
}

TEST_F(Retirement, TheThreadsOfADestroyedAdapterEndWithIt) {
  for (const auto& policy : all_policies()) {
    const auto before = threads();
    for (int i = 0; i < 100; ++i) {
      auto adapter = answering_adapter(world.server(), "brief", {.dispatch = policy});
      const auto target =
          world.seen_by_client(adapter.activate<calls::Target>(std::make_shared<TargetServant>()));
      ASSERT_EQ(target.add(1, 1), 2);

      adapter.destroy();

      ASSERT_LT(threads(), before + kSomeThreads) << name_of(policy);
    }
  }
}

TEST_F(Retirement, OneThatAnUpcallOfItsOwnDestroysGoesAfterIt) {
  for (const auto& policy : all_policies()) {
    auto activator = std::make_shared<Activator>();
    const std::weak_ptr<Activator> watched = activator;
    auto adapter = answering_adapter(world.server(), "brief", {.dispatch = policy});
    adapter.set_servant_activator(std::move(activator));
    Gate destroyed;
    Gate go;
    const auto hook = world.seen_by_client(
        adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
          adapter.destroy();
          destroyed.open();
          go.wait();
          return number;
        })));
    std::thread caller([&] { EXPECT_EQ(hook.run(5), 5) << name_of(policy); });

    EXPECT_TRUE(destroyed.wait());

    EXPECT_FALSE(watched.expired()) << name_of(policy);
    go.open();
    caller.join();
    EXPECT_TRUE(comes_true([&] { return watched.expired(); })) << name_of(policy);
  }
}

TEST_F(Retirement, InsideUpcallsOfTheirOwnAdaptersGoWithoutATrace) {
  for (const auto& policy : all_policies()) {
    const auto before = threads();
    for (int i = 0; i < 100; ++i) {
      auto adapter = answering_adapter(world.server(), "brief", {.dispatch = policy});
      const auto hook = world.seen_by_client(
          adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
            adapter.destroy();
            return number;
          })));
      ASSERT_EQ(hook.run(i), i) << name_of(policy);
    }

    EXPECT_TRUE(comes_true([&] { return threads() < before + kSomeThreads; })) << name_of(policy);
  }
}

TEST_F(Retirement, AnAdapterWithAnEndlessUpcallKeepsNoOther) {
  Gate entered;
  Gate go;
  auto endless = answering_adapter(world.server(), "endless", {.dispatch = ThreadPerObject{}});
  const auto stuck = world.seen_by_client(
      endless.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
        endless.destroy();
        entered.open();
        go.wait();
        return number;
      })));
  std::thread caller([&] { EXPECT_EQ(stuck.run(1), 1); });
  ASSERT_TRUE(entered.wait());

  auto activator = std::make_shared<Activator>();
  const std::weak_ptr<Activator> watched = activator;
  auto adapter = answering_adapter(world.server(), "brief", {.dispatch = ThreadPerObject{}});
  adapter.set_servant_activator(std::move(activator));
  const auto hook = world.seen_by_client(
      adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
        adapter.destroy();
        return number;
      })));
  EXPECT_EQ(hook.run(2), 2);

  EXPECT_TRUE(comes_true([&] { return watched.expired(); }));
  go.open();
  caller.join();
}

}  // namespace corbel::test
