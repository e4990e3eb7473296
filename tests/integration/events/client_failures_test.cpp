#include "tests/integration/events/running_service.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>

namespace corbel::event_service {
namespace {

struct Thrown {
  const char* name;
  std::function<void()> raise;
};

void PrintTo(const Thrown& thrown, std::ostream* out) { *out << thrown.name; }

class EventsClientFunction : public testing::TestWithParam<Thrown> {};

TEST_P(EventsClientFunction, MayThrowAnythingAndTheChannelCountsARejection) {
  RunningService running;
  const auto channel = running.comfortable();
  Inbox<std::int32_t> calls;
  auto subscription = channel.subscribe<std::int32_t>([&](std::int32_t number) {
    calls.add(number);
    if (number == 1) GetParam().raise();
  });

  channel.publish(std::int32_t{1});
  channel.publish(std::int32_t{2});

  EXPECT_TRUE(comes_true([&] {
    const auto consumers = running.statistics().consumers;
    return consumers.empty() || consumers.at(0).delivered == 1;
  }));
  EXPECT_EQ(calls.wait_for(2), counted(1, 2));
  EXPECT_TRUE(subscription.is_active());
  ASSERT_EQ(running.statistics().consumers.size(), 1u);
  EXPECT_EQ(running.statistics().consumers.at(0).rejected, 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Throws, EventsClientFunction,
    testing::Values(Thrown{"ObjectNotExist", [] { throw ObjectNotExist("of a nested call"); }},
                    Thrown{"Disconnected", [] { throw CosEventComm::Disconnected(); }},
                    Thrown{"Transient", [] { throw Transient("of a nested call"); }},
                    Thrown{"CommFailure", [] { throw CommFailure("x", Completion::maybe); }},
                    Thrown{"RuntimeError", [] { throw std::runtime_error("x"); }},
                    Thrown{"Number", [] { throw 7; }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(EventsClientCancel, InsideOnDropIsFinal) {
  ChannelConfig config;
  config.queue.max_events = 2;
  RunningService running(config);
  Gate gate;
  Inbox<int> calls;
  Inbox<int> drops;
  {
    std::optional<events::Channel> channel(running.comfortable());
    events::Subscription subscription;
    subscription = channel->subscribe(
        [&](const Any&) {
          calls.add(1);
          gate.wait();
        },
        {.on_drop = [&](std::uint64_t) {
          subscription.cancel();
          drops.add(1);
        }});
    channel->publish(std::int32_t{1});
    calls.wait_for(1);
    for (std::int32_t i = 2; i <= 9; ++i) channel->publish(i);
    gate.open();
    drops.wait_for(1);
    channel.reset();
  }  // the last copy of the channel waits for calls that are running

  EXPECT_EQ(drops.size(), 1u);
  EXPECT_EQ(calls.size(), 1u);
}

/// A channel of another make that hands out one proxy, which sends an event while it is told the
/// end.
struct SlowGoodbye final : CosEventChannelAdmin::ProxyPushSupplier::Servant {
  void connect_push_consumer(const CosEventComm::PushConsumer& target) override {
    consumer = target;
  }
  void disconnect_push_supplier() override {
    try {
      consumer.push(Any(std::int32_t{1}));
      answers.add("taken");
    } catch (const CosEventComm::Disconnected&) {
      answers.add("Disconnected");
    } catch (const std::exception& failure) {
      answers.add(failure.what());
    }
  }
  CosEventComm::PushConsumer consumer;
  Inbox<std::string> answers;
};

struct ForeignAdmin final : CosEventChannelAdmin::ConsumerAdmin::Servant {
  CosEventChannelAdmin::ProxyPushSupplier obtain_push_supplier() override { return proxy; }
  CosEventChannelAdmin::ProxyPullSupplier obtain_pull_supplier() override { return nullptr; }
  CosEventChannelAdmin::ProxyPushSupplier proxy;
};

struct ForeignChannel final : CosEventChannelAdmin::EventChannel::Servant {
  CosEventChannelAdmin::ConsumerAdmin for_consumers() override { return admin; }
  CosEventChannelAdmin::SupplierAdmin for_suppliers() override { return nullptr; }
  void destroy() override {}
  CosEventChannelAdmin::ConsumerAdmin admin;
};

TEST(EventsClientCancel, AnswersAnEventOnItsWayWithDisconnected) {
  Orb server;
  Orb client;
  auto adapter = server.create_adapter("foreign", {.dispatch = ThreadPerObject{}});
  adapter.activate_requests();
  const auto goodbye = std::make_shared<SlowGoodbye>();
  const auto admin = std::make_shared<ForeignAdmin>();
  admin->proxy = adapter.activate<CosEventChannelAdmin::ProxyPushSupplier>(goodbye);
  const auto foreign = std::make_shared<ForeignChannel>();
  foreign->admin = adapter.activate<CosEventChannelAdmin::ConsumerAdmin>(admin);
  const auto object = adapter.activate<CosEventChannelAdmin::EventChannel>(foreign);
  const auto channel = events::open(client, client.object(reference(object)));
  auto subscription = channel.subscribe([](const Any&) {});

  subscription.cancel();

  EXPECT_EQ(goodbye->answers.wait_for(1), std::vector<std::string>{"Disconnected"});
}

TEST(EventsClientPull, ConnectsAgainWhenTheServiceWasStartedAnew) {
  Orb server;
  Orb client;
  std::optional<EventService> service(std::in_place, server, ServiceOptions{});
  service->start();
  const auto channel = events::open(
      client, "corbaloc:iiop:" + server.endpoints().at(0).to_string() + "/EventChannel");
  channel.pull(0s);

  service.emplace(server, ServiceOptions{});
  service->start();

  EXPECT_EQ(channel.pull(0s), std::nullopt);
  channel.publish("after");
  EXPECT_EQ(channel.pull<std::string>(10s), "after");
}

TEST(EventsClientPull, ConnectsAgainAfterADisconnectThatItHasTold) {
  RunningService running;
  const auto channel = events::open(
      running.client, "corbaloc:iiop:" + running.server.endpoints().at(0).to_string() + "/prices");
  channel.pull(0s);

  running.service.directory().destroy("prices");
  running.service.directory().create("prices", {});

  EXPECT_THROW(channel.pull(0s), CosEventComm::Disconnected);
  EXPECT_EQ(channel.pull(0s), std::nullopt);
  channel.publish("after");
  EXPECT_EQ(channel.pull<std::string>(10s), "after");
}

}  // namespace
}  // namespace corbel::event_service
