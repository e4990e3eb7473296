#include "tests/integration/events/naming_process.hpp"
#include "tests/integration/events/running_service.hpp"

#include <corbel/naming.hpp>

#include <gtest/gtest.h>

#include <optional>

namespace corbel::event_service {
namespace {

TEST(EventServiceInTheNamingService, IsBoundWithItsFactoryAndChannels) {
  NamingProcess naming;
  RunningService running({}, naming.text);
  const Naming names(running.client.object(naming.text));

  EXPECT_NO_THROW(
      names.resolve<corbel_events::ChannelFactory>("EventChannelFactory").list_channels());
  EXPECT_EQ(names.resolve<corbel_events::Channel>("prices").name(), "prices");
  EXPECT_NO_THROW(
      names.resolve<CosEventChannelAdmin::EventChannel>("EventChannel").for_consumers());
}

TEST(EventServiceInTheNamingService, ChannelsComeAndGoThereToo) {
  NamingProcess naming;
  RunningService running({}, naming.text);
  const Naming names(running.client.object(naming.text));
  const auto factory = names.resolve<corbel_events::ChannelFactory>("EventChannelFactory");
  const auto bound = [&] {
    try {
      names.resolve("news");
      return true;
    } catch (const UserException&) {
      return false;
    }
  };
  const auto wait_until_bound_is = [&](bool wanted) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (bound() != wanted && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return bound() == wanted;
  };

  factory.create_channel("news", {});
  EXPECT_TRUE(wait_until_bound_is(true));
  factory.destroy_channel("news");
  EXPECT_TRUE(wait_until_bound_is(false));
}

TEST(EventServiceInTheNamingService, TheClientFindsChannelsByName) {
  NamingProcess naming;
  RunningService running({}, naming.text);
  OrbOptions options;
  options.initial_references["NameService"] = naming.text;
  Orb orb(options);

  const auto channel = events::open(orb, "prices");
  channel.pull(0s);
  channel.publish("hello");

  EXPECT_EQ(channel.pull<std::string>(10s), "hello");
}

TEST(EventServiceInTheNamingService, WorksWithoutItAndIsBoundOnceItIsThere) {
  std::optional<NamingProcess> naming(std::in_place);
  const auto port = naming->orb.endpoints().at(0).port;
  const auto text = naming->text;
  naming.reset();

  RunningService running({}, text);
  EXPECT_NO_THROW(running.channel.for_consumers());
  naming.emplace(port);
  const Naming names(running.client.object(text));
  const auto end = std::chrono::steady_clock::now() + 20s;
  bool found = false;
  while (!found && std::chrono::steady_clock::now() < end) {
    try {
      names.resolve("prices");
      found = true;
    } catch (const UserException&) {
      std::this_thread::yield();
    }
  }

  EXPECT_TRUE(found);
}

TEST(EventServiceInTheNamingService, RefusesAReferenceThatIsNone) {
  Orb orb;
  ServiceOptions options;
  options.naming = "not a reference";

  EXPECT_THROW(EventService(orb, options), BadParam);
}

}  // namespace
}  // namespace corbel::event_service
