#include "tests/integration/events/running_service.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

using CosEventChannelAdmin::AlreadyConnected;
using CosEventComm::Disconnected;

TEST(EventProxies, ConnectOnlyOnce) {
  RunningService running;
  const auto push_consumer = running.push_consumer();
  push_consumer.connect_push_supplier(nullptr);
  const auto pull_supplier = running.pull_supplier();
  const auto consumer =
      running.adapter->activate<CosEventComm::PushConsumer>(std::make_shared<Consumer>());
  const auto push_supplier = running.channel.for_consumers().obtain_push_supplier();
  push_supplier.connect_push_consumer(consumer);
  const auto supplier =
      running.adapter->activate<CosEventComm::PullSupplier>(std::make_shared<Supplier>());
  const auto pull_consumer = running.channel.for_suppliers().obtain_pull_consumer();
  pull_consumer.connect_pull_supplier(supplier);

  EXPECT_THROW(push_consumer.connect_push_supplier(nullptr), AlreadyConnected);
  EXPECT_THROW(pull_supplier.connect_pull_consumer(nullptr), AlreadyConnected);
  EXPECT_THROW(push_supplier.connect_push_consumer(consumer), AlreadyConnected);
  EXPECT_THROW(pull_consumer.connect_pull_supplier(supplier), AlreadyConnected);
}

TEST(EventProxies, RefuseNilWhereTheyWouldHaveToCallIt) {
  RunningService running;

  EXPECT_THROW(
      running.channel.for_consumers().obtain_push_supplier().connect_push_consumer(nullptr),
      BadParam);
  EXPECT_THROW(
      running.channel.for_suppliers().obtain_pull_consumer().connect_pull_supplier(nullptr),
      BadParam);
}

TEST(EventProxies, TakeAPushBeforeConnect) {
  RunningService running;
  const auto pulled = running.pull_supplier();

  running.push_consumer().push(Any(std::int32_t{1}));

  EXPECT_EQ(pulled.pull().get<std::int32_t>(), 1);
}

TEST(EventProxies, AnswerDisconnectedOnceDisconnected) {
  RunningService running;
  const auto push = running.push_consumer();
  const auto pull = running.pull_supplier();
  bool has_event = false;

  push.disconnect_push_consumer();
  pull.disconnect_pull_supplier();

  EXPECT_THROW(push.push(Any(std::int32_t{1})), Disconnected);
  EXPECT_THROW(pull.pull(), Disconnected);
  EXPECT_THROW(pull.try_pull(has_event), Disconnected);
  EXPECT_NO_THROW(push.disconnect_push_consumer());
  EXPECT_THROW(push.connect_push_supplier(nullptr), ObjectNotExist);
}

TEST(EventProxies, APullBeforeConnectIsDisconnected) {
  RunningService running;
  EXPECT_THROW(running.channel.for_consumers().obtain_pull_supplier().pull(), Disconnected);
}

TEST(EventProxies, TellTheOtherSideWhenDisconnected) {
  RunningService running;
  const auto consumer = std::make_shared<Consumer>();
  const auto push_supplier = running.connect(consumer);
  const auto supplier = std::make_shared<PushSupplierEnd>();
  const auto push_consumer = running.push_consumer();
  push_consumer.connect_push_supplier(
      running.adapter->activate<CosEventComm::PushSupplier>(supplier));

  push_supplier.disconnect_push_supplier();
  push_consumer.disconnect_push_consumer();

  EXPECT_EQ(consumer->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(supplier->disconnects.wait_for(1).size(), 1u);
}

TEST(EventProxies, EndWhenTheConsumerSaysThatItHasDisconnected) {
  struct Leaving final : CosEventComm::PushConsumer::Servant {
    void push(const Any&) override {
      pushes.add(1);
      throw Disconnected();
    }
    void disconnect_push_consumer() override {}
    Inbox<int> pushes;
  };
  RunningService running;
  const auto leaving = std::make_shared<Leaving>();
  running.channel.for_consumers().obtain_push_supplier().connect_push_consumer(
      running.adapter->activate<CosEventComm::PushConsumer>(leaving));

  running.push_consumer().push(Any(std::int32_t{1}));
  leaving->pushes.wait_for(1);
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (!running.statistics().consumers.empty() && std::chrono::steady_clock::now() < end)
    std::this_thread::yield();

  EXPECT_TRUE(running.statistics().consumers.empty());
}

TEST(EventChannelDestroy, TellsEverybodyAndIsFinal) {
  RunningService running;
  const auto consumer = std::make_shared<Consumer>();
  running.connect(consumer);
  const auto push_end = std::make_shared<PushSupplierEnd>();
  const auto push = running.push_consumer();
  push.connect_push_supplier(running.adapter->activate<CosEventComm::PushSupplier>(push_end));
  const auto pull_end = std::make_shared<PullConsumerEnd>();
  const auto pull = running.channel.for_consumers().obtain_pull_supplier();
  pull.connect_pull_consumer(running.adapter->activate<CosEventComm::PullConsumer>(pull_end));
  const auto supplier = std::make_shared<Supplier>();
  running.channel.for_suppliers().obtain_pull_consumer().connect_pull_supplier(
      running.adapter->activate<CosEventComm::PullSupplier>(supplier));
  const auto admin = running.channel.for_consumers();
  auto waiting = pull.async_pull();

  running.channel.destroy();

  EXPECT_EQ(consumer->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(push_end->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(pull_end->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(supplier->disconnects.wait_for(1).size(), 1u);
  EXPECT_THROW(waiting.get(), Disconnected);
  EXPECT_THROW(push.push(Any(std::int32_t{1})), Disconnected);
  EXPECT_THROW(running.channel.for_consumers(), ObjectNotExist);
  EXPECT_THROW(admin.obtain_push_supplier(), ObjectNotExist);
}

TEST(EventService, StoppingTellsEverybody) {
  RunningService running;
  const auto consumer = std::make_shared<Consumer>();
  running.connect(consumer);

  running.service.stop();

  EXPECT_EQ(consumer->disconnects.wait_for(1).size(), 1u);
}

}  // namespace
}  // namespace corbel::event_service
