#include "event-service/core/pull_subscriber.hpp"

#include "tests/unit/events/fakes.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

using End = PullRecord::End;

struct PullConnection : ChannelFixture {
  explicit PullConnection(ChannelConfig config = {})
      : ChannelFixture(std::move(config)),
        subscriber(channel->add_subscriber<PullSubscriber>()),
        peer(std::make_shared<FakePeer>()) {
    subscriber->connect(peer);
  }
  std::shared_ptr<PullRecord> pull(std::optional<std::chrono::nanoseconds> limit = std::nullopt) {
    auto record = std::make_shared<PullRecord>();
    std::unique_ptr<PullWaiter> waiter = std::make_unique<FakePull>(record);
    last_result = subscriber->pull(waiter, limit);
    return record;
  }
  std::shared_ptr<PullSubscriber> subscriber;
  std::shared_ptr<FakePeer> peer;
  PullSubscriber::PullResult last_result{};
};

TEST(PullSubscriber, AnswersAtOnceWhatIsThere) {
  PullConnection connection;
  connection.publish(1);

  const auto pull = connection.pull();

  EXPECT_EQ(numbers(pull->events.now()), counted(1, 1));
}

TEST(PullSubscriber, AWaitingPullGetsTheNextEvent) {
  PullConnection connection;
  const auto pull = connection.pull();
  EXPECT_TRUE(pull->ends.now().empty());

  connection.publish(7);

  EXPECT_EQ(numbers(pull->events.wait_for(1)), counted(7, 7));
}

TEST(PullSubscriber, WaitingPullsAreAnsweredInTheirOrder) {
  PullConnection connection;
  std::vector<std::shared_ptr<PullRecord>> pulls;
  for (int i = 0; i < 20; ++i) pulls.push_back(connection.pull());

  for (std::int32_t i = 0; i < 20; ++i) connection.publish(i);

  for (std::size_t i = 0; i < pulls.size(); ++i) {
    const auto expected = static_cast<std::int32_t>(i);
    EXPECT_EQ(numbers(pulls[i]->events.wait_for(1)), counted(expected, expected));
  }
}

TEST(PullSubscriber, ACallerThatGaveUpSwallowsNothing) {
  PullConnection connection;
  const auto gone = connection.pull();
  gone->cancelled = true;
  const auto there = connection.pull();

  connection.publish(1);

  EXPECT_EQ(numbers(there->events.wait_for(1)), counted(1, 1));
  EXPECT_TRUE(gone->events.now().empty());
}

TEST(PullSubscriber, AnEventWhoseAnswerCannotBeSentIsKept) {
  PullConnection connection;
  const auto broken = connection.pull();
  broken->reply_fails = true;
  const auto second = connection.pull();

  connection.publish(1);
  connection.publish(2);

  EXPECT_EQ(numbers(second->events.wait_for(1)), counted(1, 1));
  EXPECT_EQ(numbers(connection.pull()->events.wait_for(1)), counted(2, 2));
}

TEST(PullSubscriber, TryingNeverWaits) {
  PullConnection connection;

  EXPECT_EQ(connection.pull(0ns)->ends.now(), std::vector<End>{End::nothing});
  connection.publish(1);
  EXPECT_EQ(connection.pull(0ns)->ends.now(), std::vector<End>{End::event});
}

TEST(PullSubscriber, ALimitedPullEndsWithNothingAndLosesNothing) {
  PullConnection connection;

  const auto pull = connection.pull(1ms);
  EXPECT_EQ(pull->ends.wait_for(1), std::vector<End>{End::nothing});
  connection.publish(1);

  EXPECT_TRUE(pull->events.now().empty());
  EXPECT_EQ(connection.pull(0ns)->ends.now(), std::vector<End>{End::event});
}

TEST(PullSubscriber, EachLimitCountsForItself) {
  PullConnection connection;

  const auto unlimited = connection.pull();
  const auto late = connection.pull(1h);
  const auto soon = connection.pull(1ms);

  EXPECT_EQ(soon->ends.wait_for(1), std::vector<End>{End::nothing});
  connection.publish(1);
  connection.publish(2);
  EXPECT_EQ(numbers(unlimited->events.wait_for(1)), counted(1, 1));
  EXPECT_EQ(numbers(late->events.wait_for(1)), counted(2, 2));
}

TEST(PullSubscriber, DisconnectingEndsWaitingPullsAndTellsTheConsumer) {
  PullConnection connection;
  const auto pull = connection.pull();

  connection.channel->close();

  EXPECT_EQ(pull->ends.now(), std::vector<End>{End::disconnected});
  EXPECT_EQ(connection.peer->disconnects.now().size(), 1u);
  connection.pull();
  EXPECT_EQ(connection.last_result, PullSubscriber::PullResult::not_connected);
}

TEST(PullSubscriber, BoundsThePullsThatWaitButNotCountingThoseGivenUp) {
  ChannelConfig config;
  config.max_waiting_pulls = 2;
  PullConnection connection(config);
  const auto first = connection.pull();
  connection.pull();

  connection.pull();
  EXPECT_EQ(connection.last_result, PullSubscriber::PullResult::too_many);
  first->cancelled = true;
  connection.pull();
  EXPECT_EQ(connection.last_result, PullSubscriber::PullResult::taken_over);
}

TEST(PullSubscriber, NothingIsKeptForOneThatIsNotConnected) {
  ChannelFixture fixture;
  const auto subscriber = fixture.channel->add_subscriber<PullSubscriber>();

  fixture.publish(1);

  EXPECT_EQ(subscriber->statistics().queued, 0u);
  EXPECT_FALSE(subscriber->statistics().connected);
}

}  // namespace
}  // namespace corbel::event_service
