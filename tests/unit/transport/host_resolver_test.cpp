#include <orb/transport/host_resolver.hpp>

#include "tests/unit/transport/fake_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <optional>

namespace corbel::transport {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

class HostResolvers : public testing::Test {
 protected:
  HostResolvers() { make({.wanted = 2, .threads = 4}); }
  ~HostResolvers() override {
    for (const auto* host : {"silent", "silent 1", "silent 2", "silent 3", "silent 4", "silent 5"})
      names->answer(host);
    // A test that fails leaves callers behind, who need them to end.
    callers.clear();
  }

  void make(HostResolver::Bounds bounds) { resolver.emplace(names, bounds); }

  std::vector<std::string> resolve(const std::string& host, Deadline deadline) {
    return resolver->resolve(host, deadline, error);
  }
  std::vector<std::string> resolve(const std::string& host) {
    return resolve(host, Deadline::after(FakeNames::kPatience));
  }

  /// Asks for the host on a thread of its own.
  struct Call {
    std::vector<std::string> addresses;
    std::string error;
  };
  std::future<Call> call(const std::string& host,
                         Deadline deadline = Deadline::after(FakeNames::kPatience)) {
    return std::async(std::launch::async, [this, host, deadline] {
      Call result;
      result.addresses = resolver->resolve(host, deadline, result.error);
      return result;
    });
  }
  /// The same, and waits until it is being looked up.
  void occupy(const std::string& host) {
    callers.push_back(call(host));
    ASSERT_EQ(names->wait_for_lookup(host), 1);
  }
  /// A lookup that nobody waits for any more.
  void abandon(const std::string& host) {
    auto caller = call(host, Deadline::after(20ms));
    ASSERT_EQ(names->wait_for_lookup(host), 1);
    ASSERT_EQ(caller.get().error, "the name was not resolved in time");
  }

  std::shared_ptr<FakeNames> names = std::make_shared<FakeNames>();
  std::optional<HostResolver> resolver;
  std::string error;
  std::vector<std::future<Call>> callers;
};

}  // namespace

TEST_F(HostResolvers, AnswersAndFailuresComeAsTheSourceGivesThem) {
  EXPECT_THAT(resolve("a"), ElementsAre("address of a"));
  EXPECT_EQ(error, "");

  EXPECT_THAT(resolve("unknown"), IsEmpty());
  EXPECT_EQ(error, "nobody knows it");
}

TEST_F(HostResolvers, AHostThatHangsHoldsUpNoOther) {
  occupy("silent");

  EXPECT_THAT(resolve("a"), ElementsAre("address of a"));

  names->answer("silent");
  EXPECT_THAT(callers[0].get().addresses, ElementsAre("address of silent"));
}

TEST_F(HostResolvers, WhoGivesUpLeavesAtHisDeadlineAndTheOthersStay) {
  occupy("silent");

  EXPECT_THAT(resolve("silent", Deadline::after(20ms)), IsEmpty());
  EXPECT_EQ(error, "the name was not resolved in time");

  names->answer("silent");
  EXPECT_THAT(callers[0].get().addresses, ElementsAre("address of silent"));
}

TEST_F(HostResolvers, CallersOfOneHostShareALookup) {
  make({.wanted = 1, .threads = 1});
  occupy("silent");
  abandon("silent");

  auto late = call("silent");
  names->answer("silent");

  EXPECT_THAT(callers[0].get().addresses, ElementsAre("address of silent"));
  EXPECT_THAT(late.get().addresses, ElementsAre("address of silent"));
}

TEST_F(HostResolvers, ALookupThatWasGivenUpServesWhoComesLater) {
  abandon("silent");
  auto late = call("silent");

  names->answer("silent");

  EXPECT_THAT(late.get().addresses, ElementsAre("address of silent"));
}

TEST_F(HostResolvers, BeyondTheBoundTheNextWaitsForAPlace) {
  occupy("silent 1");
  occupy("silent 2");

  EXPECT_THAT(resolve("a", Deadline::after(20ms)), IsEmpty());
  EXPECT_EQ(names->lookups("a"), 0);
  auto waiting = call("b");
  names->answer("silent 1");

  EXPECT_THAT(waiting.get().addresses, ElementsAre("address of b"));
}

TEST_F(HostResolvers, WhatWasGivenUpTakesNoPlace) {
  abandon("silent 1");
  abandon("silent 2");

  EXPECT_THAT(resolve("a"), ElementsAre("address of a"));
}

TEST_F(HostResolvers, WhoGivesUpMakesRoomForTheNextInLine) {
  auto first = call("silent 1", Deadline::after(200ms));
  auto second = call("silent 2", Deadline::after(200ms));
  ASSERT_EQ(names->wait_for_lookup("silent 1"), 1);
  ASSERT_EQ(names->wait_for_lookup("silent 2"), 1);

  EXPECT_THAT(resolve("a"), ElementsAre("address of a"));
}

TEST_F(HostResolvers, ThreadsAreBoundedAlsoWhenAllIsGivenUp) {
  for (const auto* host : {"silent 1", "silent 2", "silent 3", "silent 4"}) abandon(host);

  EXPECT_THAT(resolve("silent 5", Deadline::after(20ms)), IsEmpty());
  EXPECT_EQ(names->lookups("silent 5"), 0);
  auto waiting = call("a");
  names->answer("silent 2");

  EXPECT_THAT(waiting.get().addresses, ElementsAre("address of a"));
}

TEST_F(HostResolvers, ALocalHostNeverWaitsForAPlace) {
  for (const auto* host : {"silent 1", "silent 2", "silent 3"}) abandon(host);
  occupy("silent 4");

  EXPECT_THAT(resolve("local"), ElementsAre("address of local"));
}

TEST_F(HostResolvers, StopSendsEveryCallerAway) {
  occupy("silent 1");
  occupy("silent 2");
  callers.push_back(call("in line"));

  resolver->stop();

  for (auto& caller : callers) EXPECT_EQ(caller.get().error, "the Orb is shut down");
  EXPECT_THAT(resolve("a"), IsEmpty());
  EXPECT_EQ(error, "the Orb is shut down");
}

TEST_F(HostResolvers, ThatAreDestroyedDoNotWaitForALookupInProgress) {
  abandon("silent");

  resolver.reset();

  EXPECT_TRUE(names->wait_for_running(1));
  names->answer("silent");
  EXPECT_TRUE(names->wait_for_running(0));
}

TEST_F(HostResolvers, ThreadsEndWithTheirLookupsAndLetGoOfWhatTheyShared) {
  auto gone = names->gone();
  abandon("silent");
  resolver.reset();
  names->answer("silent");

  names.reset();

  EXPECT_EQ(gone.wait_for(FakeNames::kPatience), std::future_status::ready);
  names = std::make_shared<FakeNames>();
}

TEST(SystemNames, KnowLocalhostWithoutAskingAnybody) {
  const auto names = system_names();
  std::string error;

  EXPECT_TRUE(names->is_local("localhost"));
  EXPECT_TRUE(names->is_local("LocalHost"));
  EXPECT_FALSE(names->is_local("host.example.com"));
  EXPECT_FALSE(names->look_up("localhost", error).empty()) << error;
}

}  // namespace corbel::transport
