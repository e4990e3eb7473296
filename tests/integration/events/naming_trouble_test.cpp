#include "tests/integration/events/naming_process.hpp"
#include "tests/integration/events/running_service.hpp"

#include <CosNaming.idl.hpp>
#include <corbel/naming.hpp>

#include <gtest/gtest.h>

#include <optional>

namespace corbel::event_service {
namespace {

bool is_bound(const Naming& names, const std::string& name) {
  try {
    names.resolve(name);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

bool becomes_bound(const Naming& names, const std::string& name) {
  return comes_true([&] { return is_bound(names, name); });
}

bool becomes_unbound(const Naming& names, const std::string& name) {
  return comes_true([&] { return !is_bound(names, name); });
}

TEST(NamesOfChannels, OneThatCanNeverBeBoundIsGivenUpWithOneLine) {
  NamingProcess naming;
  RunningService running({}, naming.text);
  const Naming names(running.client.object(naming.text));
  ::testing::internal::CaptureStderr();

  // A corbaloc: reference says nothing of code sets, so only ISO-8859-1 can be sent there.
  running.service.directory().create("价格", {});
  running.service.directory().create("news", {});
  const bool news_bound = becomes_bound(names, "news");
  running.service.directory().destroy("news");
  const bool news_unbound = becomes_unbound(names, "news");
  const std::string log = ::testing::internal::GetCapturedStderr();

  EXPECT_TRUE(news_bound);
  EXPECT_TRUE(news_unbound);
  const auto line = log.find("价格 cannot be bound");
  EXPECT_NE(line, std::string::npos) << log;
  EXPECT_EQ(log.find("价格", line + 1), std::string::npos) << log;
}

TEST(NamesOfChannels, OneBelowADeadServerIsTriedAgainAndHoldsUpNoOther) {
  NamingProcess naming;
  std::optional<NamingProcess> elsewhere(std::in_place);
  const auto port = elsewhere->orb.endpoints().at(0).port;
  const auto elsewhere_text = elsewhere->text;
  elsewhere.reset();
  RunningService running({}, naming.text);
  const Naming names(running.client.object(naming.text));
  running.client.object<CosNaming::NamingContext>(naming.text)
      .bind_context({{"elsewhere", ""}},
                    running.client.object<CosNaming::NamingContext>(elsewhere_text));

  running.service.directory().create("elsewhere/prices", {});
  running.service.directory().create("news", {});
  EXPECT_TRUE(becomes_bound(names, "news"));
  running.service.directory().destroy("news");
  EXPECT_TRUE(becomes_unbound(names, "news"));
  elsewhere.emplace(port);

  EXPECT_TRUE(becomes_bound(names, "elsewhere/prices"));
}

TEST(NamesOfChannels, AreBoundAgainWhenTheNamingServiceWasStartedAnew) {
  std::optional<NamingProcess> naming(std::in_place);
  const auto port = naming->orb.endpoints().at(0).port;
  const auto text = naming->text;
  RunningService running({}, text, 10ms);
  const Naming names(running.client.object(text));
  ASSERT_TRUE(is_bound(names, "prices"));

  naming.reset();
  naming.emplace(port);

  EXPECT_TRUE(becomes_bound(names, "prices"));
  EXPECT_TRUE(becomes_bound(names, "EventChannelFactory"));
}

TEST(NamesOfChannels, AreLeftToASuccessorWhileRunningAndAtTheEnd) {
  NamingProcess naming;
  RunningService old({}, naming.text, 1ms);
  RunningService successor({}, naming.text);
  const Naming names(old.client.object(naming.text));
  const Object its_channel = *successor.service.directory().find("prices");
  ASSERT_EQ(names.resolve("prices"), its_channel);

  // Three rounds of the old one's checks.
  old.service.directory().create("zebra", {});
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(becomes_bound(names, "zebra"));
    names.unbind("zebra");
  }
  EXPECT_EQ(names.resolve("prices"), its_channel);
  old.service.directory().destroy("prices");
  old.service.stop();

  EXPECT_EQ(names.resolve("prices"), its_channel);
  EXPECT_TRUE(is_bound(names, "EventChannelFactory"));
}

TEST(NamesOfChannels, AreGoneWhenTheServiceHasStopped) {
  NamingProcess naming;
  RunningService running({}, naming.text);
  const Naming names(running.client.object(naming.text));
  ASSERT_TRUE(is_bound(names, "prices"));

  running.service.stop();

  EXPECT_TRUE(names.list().empty());
}

TEST(NamesOfChannels, WaitForTheContextOfACorbanameReference) {
  NamingProcess naming;
  RunningService running({},
                         "corbaname:iiop:" + naming.orb.endpoints().at(0).to_string() + "#apps");
  const Naming names(running.client.object(naming.text));

  names.make_context("apps");

  EXPECT_TRUE(becomes_bound(names, "apps/prices"));
}

}  // namespace
}  // namespace corbel::event_service
