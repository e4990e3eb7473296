#include "tests/integration/dispatch/clients.hpp"

namespace corbel::test {

namespace {

/// One one-way request runs, one waits in the queue, the third finds no room for too long.
void expect_the_third_dropped(Way way, const DispatchPolicy& policy) {
  World world(way, policy);
  Gate entered;
  Gate go;
  std::atomic<int> sum = 0;
  const auto hook =
      world.serve<calls::Hook>(std::make_shared<HookServant>([](int number) { return number; },
                                                             [&](int number) {
                                                               entered.open();
                                                               go.wait();
                                                               sum += number;
                                                             }));
  Callers callers;
  callers.add([&] { hook.send(1); });
  ASSERT_TRUE(entered.wait());

  for (const int number : {10, 100}) callers.add([&, number] { hook.send(number); });
  const auto patience = std::chrono::steady_clock::now() + kPatience;
  while (world.adapter().statistics().dropped_oneway == 0 &&
         std::chrono::steady_clock::now() < patience)
    std::this_thread::yield();
  go.open();

  EXPECT_EQ(world.adapter().statistics().dropped_oneway, 1U);
  callers.join();
  world.finish();
  EXPECT_TRUE(sum == 11 || sum == 101) << sum;
}

}  // namespace

TEST(DroppedOneWays, AreCountedByAPool) {
  expect_the_third_dropped(Way::tcp, Pool{.threads = 1, .queue = 1});
}

// Over the network the loop reads nothing while an upcall runs, so only callers of the same process
// can fill its queue.
TEST(DroppedOneWays, AreCountedByAnEventLoop) {
  expect_the_third_dropped(Way::collocated, EventLoop{.queue = 1});
}

}  // namespace corbel::test
