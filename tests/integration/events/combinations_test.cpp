#include "tests/integration/events/running_service.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

TEST(EventChannel, TakesFromPushAndPullSuppliersAndGivesToPushAndPullConsumers) {
  RunningService running;
  const auto pushed = std::make_shared<Consumer>();
  running.connect(pushed);
  const auto pulled = running.pull_supplier();
  const auto supplier = std::make_shared<Supplier>();
  supplier->stock = {1, 2, 3};

  running.channel.for_suppliers().obtain_pull_consumer().connect_pull_supplier(
      running.adapter->activate<CosEventComm::PullSupplier>(supplier));
  EXPECT_EQ(pushed->events.wait_for(3), counted(1, 3));
  const auto push = running.push_consumer();
  push.connect_push_supplier(nullptr);
  for (std::int32_t i = 4; i <= 6; ++i) push.push(Any(i));

  EXPECT_EQ(pushed->events.wait_for(6), counted(1, 6));
  for (std::int32_t i = 1; i <= 6; ++i) EXPECT_EQ(pulled.pull().get<std::int32_t>(), i);
  bool has_event = true;
  pulled.try_pull(has_event);
  EXPECT_FALSE(has_event);
}

TEST(EventChannel, GivesEveryEventToManyConsumersInOrder) {
  RunningService running;
  std::vector<std::shared_ptr<Consumer>> consumers;
  for (int i = 0; i < 20; ++i) {
    consumers.push_back(std::make_shared<Consumer>());
    running.connect(consumers.back());
  }
  const auto push = running.push_consumer();
  push.connect_push_supplier(nullptr);

  for (std::int32_t i = 1; i <= 100; ++i) push.push(Any(i));

  for (const auto& consumer : consumers) EXPECT_EQ(consumer->events.wait_for(100), counted(1, 100));
}

TEST(EventChannel, ASlowConsumerDelaysNobodyElse) {
  Gate gate;
  const auto slow = std::make_shared<Consumer>();
  slow->gate = &gate;
  RunningService running;
  running.connect(slow);
  const auto quick = std::make_shared<Consumer>();
  running.connect(quick);
  const auto push = running.push_consumer();

  for (std::int32_t i = 1; i <= 100; ++i) push.push(Any(i));

  EXPECT_EQ(quick->events.wait_for(100), counted(1, 100));
  EXPECT_EQ(slow->events.size(), 0u);
  gate.open();
  EXPECT_EQ(slow->events.wait_for(100), counted(1, 100));
}

TEST(EventChannel, AConsumerThatDiedDelaysNobodyElse) {
  RunningService running;
  const auto quick = std::make_shared<Consumer>();
  running.connect(quick);
  {
    Orb dying;
    auto adapter = dying.create_adapter("dying");
    adapter.activate_requests();
    const auto proxy = running.channel.for_consumers().obtain_push_supplier();
    proxy.connect_push_consumer(
        adapter.activate<CosEventComm::PushConsumer>(std::make_shared<Consumer>()));
  }
  const auto push = running.push_consumer();

  for (std::int32_t i = 1; i <= 100; ++i) push.push(Any(i));

  EXPECT_EQ(quick->events.wait_for(100), counted(1, 100));
}

TEST(EventChannel, AConsumerThatCannotBeReachedIsDisconnected) {
  ChannelConfig config;
  config.unreachable_timeout = 300ms;
  RunningService running(config);
  {
    Orb dying;
    auto adapter = dying.create_adapter("dying");
    adapter.activate_requests();
    const auto proxy = running.channel.for_consumers().obtain_push_supplier();
    proxy.connect_push_consumer(
        adapter.activate<CosEventComm::PushConsumer>(std::make_shared<Consumer>()));
  }
  running.push_consumer().push(Any(std::int32_t{1}));

  const auto end = std::chrono::steady_clock::now() + 20s;
  while (!running.statistics().consumers.empty() && std::chrono::steady_clock::now() < end)
    std::this_thread::yield();

  EXPECT_TRUE(running.statistics().consumers.empty());
}

TEST(EventChannel, ABlockingPullGetsTheNextEvent) {
  RunningService running;
  const auto pulled = running.pull_supplier();
  auto reply = pulled.async_pull();
  EXPECT_FALSE(reply.wait_for(50ms));

  running.push_consumer().push(Any(std::int32_t{7}));

  EXPECT_EQ(reply.get().get<std::int32_t>(), 7);
}

TEST(EventChannel, WaitingPullsCostNoThread) {
  RunningService running;
  std::vector<Reply<Any>> replies;
  std::vector<CosEventChannelAdmin::ProxyPullSupplier> proxies;
  for (int i = 0; i < 50; ++i) proxies.push_back(running.pull_supplier());
  const auto threads = running.server.statistics().threads;

  for (const auto& proxy : proxies) replies.push_back(proxy.async_pull());
  running.statistics();  // answered behind the pulls

  EXPECT_LE(running.server.statistics().threads, threads + 20);
  running.push_consumer().push(Any(std::int32_t{1}));
  for (auto& reply : replies) EXPECT_EQ(reply.get().get<std::int32_t>(), 1);
}

TEST(EventChannel, APullThatWasGivenUpSwallowsNothing) {
  RunningService running;
  const auto pulled = running.pull_supplier();
  auto given_up = pulled.async_pull();
  running.statistics();
  given_up.cancel();
  EXPECT_THROW(given_up.get(), SystemException);
  const auto connections = running.server.statistics().server_connections;
  {
    Orb vanishing;
    const auto same = vanishing.object<CosEventComm::PullSupplier>(reference(pulled));
    auto lost = same.async_pull();
    EXPECT_FALSE(lost.wait_for(50ms));
  }
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (running.server.statistics().server_connections > connections &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }

  running.push_consumer().push(Any(std::int32_t{1}));

  EXPECT_EQ(with(pulled, {.deadline = 10s}).pull().get<std::int32_t>(), 1);
}

TEST(EventChannel, ForwardsAnyTypeUnchanged) {
  RunningService running;
  const auto pulled = running.pull_supplier();
  const auto push = running.push_consumer();
  const std::vector<Any> events{Any(std::u16string(u"wide \u00e9 \u4e2d")),
                                Any(std::string("\xc3\xa4 text")),
                                Any(Any(std::int64_t{-5})),
                                Any(std::vector<std::string>{"a", "", "b"}),
                                Any(TypeCode::sequence(TypeCode(TCKind::tk_double), 8)),
                                Any(3.5),
                                Any(true),
                                Any()};

  for (const auto& event : events) push.push(event);

  for (const auto& event : events) EXPECT_EQ(pulled.pull(), event) << event.type().to_string();
}

}  // namespace
}  // namespace corbel::event_service
