#include "event-service/store/memory.hpp"
#include "tests/integration/events/running_service.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

using corbel_events::ChannelFactory;
using corbel_events::OverflowPolicy;

struct Factory : RunningService {
  ChannelFactory factory = client.object<ChannelFactory>(at("EventChannelFactory"));

  ObjectRef at(const std::string& key) {
    return ObjectRef::parse("corbaloc:iiop:" + server.endpoints().at(0).to_string() + "/" + key);
  }
};

TEST(ChannelFactory, ListsFindsCreatesAndDestroysChannels) {
  Factory running;

  EXPECT_EQ(running.factory.list_channels(), (std::vector<std::string>{"EventChannel", "prices"}));
  const auto created = running.factory.create_channel("news", {7, 4096, OverflowPolicy::block});
  EXPECT_EQ(created.name(), "news");
  EXPECT_EQ(created.policy(), (corbel_events::QueuePolicy{7, 4096, OverflowPolicy::block}));
  EXPECT_EQ(running.factory.find_channel("news"), created);
  running.factory.destroy_channel("news");

  EXPECT_THROW(created.name(), ObjectNotExist);
  EXPECT_THROW(running.factory.find_channel("news"), corbel_events::NoSuchChannel);
  EXPECT_THROW(running.factory.destroy_channel("news"), corbel_events::NoSuchChannel);
}

TEST(ChannelFactory, ACreatedChannelIsThereUnderItsNameAndItsOwnDestroyFreesTheName) {
  Factory running;
  running.factory.create_channel("a/b c", {});
  const auto channel =
      running.client.object<CosEventChannelAdmin::EventChannel>(running.at("a/b%20c"));

  EXPECT_NO_THROW(channel.for_consumers());
  channel.destroy();

  EXPECT_NO_THROW(running.factory.create_channel("a/b c", {}));
}

TEST(ChannelFactory, RefusesNamesThatAreTakenOrNone) {
  Factory running;

  try {
    running.factory.create_channel("prices", {});
    FAIL();
  } catch (const corbel_events::ChannelExists& exists) {
    EXPECT_EQ(exists.existing, running.factory.find_channel("prices"));
  }
  EXPECT_THROW(running.factory.create_channel("", {}), corbel_events::InvalidChannelName);
  EXPECT_THROW(running.factory.create_channel("two\nlines", {}), corbel_events::InvalidChannelName);
  EXPECT_THROW(running.factory.create_channel("EventService", {}),
               corbel_events::InvalidChannelName);
  EXPECT_THROW(running.factory.create_channel(std::string(300, 'x'), {}),
               corbel_events::InvalidChannelName);
}

TEST(ChannelFactory, ZeroStandsForTheServicesOwnBounds) {
  Factory running;

  const auto policy =
      running.factory.create_channel("news", {0, 0, OverflowPolicy::drop_newest}).policy();

  EXPECT_EQ(policy.max_events, 1000u);
  EXPECT_EQ(policy.overflow, OverflowPolicy::drop_newest);
}

TEST(EventService, IsThereUnderItsPlainKeys) {
  Factory running;

  for (const char* key : {"EventService", "EventChannel", "prices"}) {
    const auto channel = running.client.object<CosEventChannelAdmin::EventChannel>(running.at(key));
    EXPECT_NO_THROW(channel.for_suppliers()) << key;
    EXPECT_TRUE(is_a(channel, "IDL:omg.org/CosEventChannelAdmin/EventChannel:1.0"));
  }
}

TEST(EventService, MakesTheChannelsThatItsStoreRemembers) {
  const auto store = std::make_shared<MemoryStore>();
  {
    Orb orb;
    EventService first(orb, {.store = store});
    first.start();
    first.factory().create_channel("news", {5, 0, OverflowPolicy::block});
    first.factory().create_channel("gone", {});
    first.factory().destroy_channel("gone");
  }
  Orb orb;
  EventService second(orb, {.store = store});
  second.start();

  EXPECT_EQ(second.factory().list_channels(), (std::vector<std::string>{"EventChannel", "news"}));
  EXPECT_EQ(second.factory().find_channel("news").policy().max_events, 5u);
}

TEST(ChannelStatistics, TellDeliveredQueuedAndDroppedForEachConsumer) {
  ChannelConfig config;
  config.queue.max_events = 3;
  RunningService running(config);
  const auto pulled = running.pull_supplier();
  const auto push = running.push_consumer();
  for (std::int32_t i = 1; i <= 5; ++i) push.push(Any(i));
  pulled.pull();

  const auto statistics = running.statistics();

  EXPECT_EQ(statistics.received, 5u);
  EXPECT_EQ(statistics.suppliers, 1u);
  ASSERT_EQ(statistics.consumers.size(), 1u);
  const auto& consumer = statistics.consumers[0];
  EXPECT_EQ(consumer.kind, corbel_events::ConsumerKind::pull_consumer);
  EXPECT_TRUE(consumer.connected);
  EXPECT_EQ(consumer.delivered, 1u);
  EXPECT_EQ(consumer.queued, 2u);
  EXPECT_EQ(consumer.dropped, 2u);
  EXPECT_EQ(narrow<corbel_events::PullSubscription>(pulled).statistics(), consumer);
}

}  // namespace
}  // namespace corbel::event_service
