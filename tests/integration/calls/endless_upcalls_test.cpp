#include "tests/integration/calls/gate.hpp"
#include "tests/integration/calls/world.hpp"

#include <gtest/gtest.h>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

/// Outlive the test: an upcall that is left behind still uses them.
struct Gates {
  Gate entered;
  Gate go;
  Gate left;
};

}  // namespace

class EndlessUpcalls : public testing::TestWithParam<DispatchPolicy> {};

INSTANTIATE_TEST_SUITE_P(Everywhere, EndlessUpcalls, testing::ValuesIn(all_policies()),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

TEST_P(EndlessUpcalls, DoNotKeepAnOrbFromEnding) {
  const auto gates = std::make_shared<Gates>();
  Orb client;
  auto server = std::make_unique<Orb>(OrbOptions{.shutdown_timeout = 200ms});
  auto adapter = answering_adapter(*server, "server", {.dispatch = GetParam()});
  const auto hook = client.object<calls::Hook>(
      to_string(adapter.activate<calls::Hook>(std::make_shared<HookServant>([gates](int number) {
        gates->entered.open();
        gates->go.wait();
        gates->left.open();
        return number;
      }))));
  auto reply = hook.async_run(1);
  ASSERT_TRUE(gates->entered.wait());

  const auto began = std::chrono::steady_clock::now();
  server.reset();

  EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
  EXPECT_EQ(failure_of([&] { reply.get(); }), "COMM_FAILURE COMPLETED_MAYBE");
  EXPECT_FALSE(gates->left.is_open());
  gates->go.open();
  EXPECT_TRUE(gates->left.wait());
}

TEST(EndlessContinuations, DoNotKeepAnOrbFromEndingEither) {
  const auto gates = std::make_shared<Gates>();
  World world(Way::tcp, ThreadPerConnection{});
  const auto hook = world.serve_hook([](int number) { return number; });
  auto client = std::make_unique<Orb>(OrbOptions{.shutdown_timeout = 200ms});
  const auto next = client->object<calls::Hook>(to_string(hook))
                        .async_run(1)
                        .then([gates](Reply<std::int32_t>&&) {
                          gates->entered.open();
                          gates->go.wait();
                          gates->left.open();
                        });
  ASSERT_TRUE(gates->entered.wait());

  const auto began = std::chrono::steady_clock::now();
  client.reset();

  EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
  gates->go.open();
  EXPECT_TRUE(gates->left.wait());
}

TEST(CollocatedAsynchronousCalls, NestDeeperThanThereAreThreadsForConnecting) {
  Orb orb;
  auto adapter = answering_adapter(orb, "nested");
  calls::Hook hook;
  hook = adapter.activate<calls::Hook>(std::make_shared<HookServant>([&](int number) {
    return number == 0 ? 0 : 1 + with(hook, {.deadline = 50s}).async_run(number - 1).get();
  }));

  EXPECT_EQ(hook.async_run(200).get(), 200);

  hook = {};
}

}  // namespace corbel::test
