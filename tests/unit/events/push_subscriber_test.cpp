#include "event-service/core/push_subscriber.hpp"

#include "tests/unit/events/fakes.hpp"

#include <gtest/gtest.h>

namespace corbel::event_service {
namespace {

ChannelConfig patient(std::chrono::nanoseconds unreachable_timeout = 60s) {
  ChannelConfig config;
  config.unreachable_timeout = unreachable_timeout;
  config.first_backoff = 1ms;
  config.last_backoff = 5ms;
  return config;
}

struct PushConnection : ChannelFixture {
  explicit PushConnection(ChannelConfig config = patient())
      : ChannelFixture(std::move(config)),
        subscriber(channel->add_subscriber<PushSubscriber>()),
        consumer(std::make_shared<FakeConsumer>(scheduler)) {
    subscriber->connect(consumer);
  }
  std::shared_ptr<PushSubscriber> subscriber;
  std::shared_ptr<FakeConsumer> consumer;
};

TEST(PushSubscriber, DeliversEveryEventInOrder) {
  PushConnection connection;

  for (std::int32_t i = 1; i <= 500; ++i) connection.publish(i);

  EXPECT_EQ(numbers(connection.consumer->received.wait_for(500)), counted(1, 500));
}

TEST(PushSubscriber, ConnectsOnlyOnce) {
  PushConnection connection;

  EXPECT_EQ(connection.subscriber->connect(connection.consumer), ConnectResult::already_connected);
  connection.subscriber->disconnect(TellPeer::no);
  EXPECT_EQ(connection.subscriber->connect(connection.consumer), ConnectResult::disconnected);
}

TEST(PushSubscriber, AnEventThatMissesAConsumerWhichTookItsLeaveIsNoTrouble) {
  PushConnection connection;
  connection.consumer->hold();
  connection.publish(1);
  connection.consumer->attempts.wait_for(1);
  ::testing::internal::CaptureStderr();

  connection.subscriber->disconnect(TellPeer::no);
  connection.consumer->release(std::make_exception_ptr(ObjectNotExist("deactivated")));
  const std::string log = ::testing::internal::GetCapturedStderr();

  EXPECT_EQ(log, "");
}

TEST(PushSubscriber, TriesAgainWhatSurelyDidNotArrive) {
  PushConnection connection;
  connection.consumer->fail_next(Transient("refused"));
  connection.consumer->fail_next(CommFailure("closed", Completion::no));

  connection.publish(1);
  connection.publish(2);

  EXPECT_EQ(numbers(connection.consumer->received.wait_for(2)), counted(1, 2));
  EXPECT_EQ(connection.consumer->attempts.now(), (std::vector<std::int32_t>{1, 1, 1, 2}));
}

TEST(PushSubscriber, NeverSendsTwiceWhatPerhapsArrivedAndTellsTheGap) {
  PushConnection connection;
  connection.consumer->fail_next(CommFailure("connection lost", Completion::maybe));

  connection.publish(1);
  connection.publish(2);

  const auto received = connection.consumer->received.wait_for(1);
  EXPECT_EQ(number(received.at(0)), 2);
  EXPECT_EQ(received.at(0).dropped_before, 1u);
  EXPECT_EQ(connection.subscriber->statistics().dropped, 1u);
}

TEST(PushSubscriber, GoesOnAfterAnEventThatTheConsumerRejects) {
  PushConnection connection;
  connection.consumer->fail_next(BadParam("I do not like it", Completion::yes));

  connection.publish(1);
  connection.publish(2);

  EXPECT_EQ(numbers(connection.consumer->received.wait_for(1)), counted(2, 2));
  EXPECT_EQ(connection.subscriber->statistics().rejected, 1u);
}

TEST(PushSubscriber, IsDisconnectedAtOnceWhenItsObjectIsGone) {
  PushConnection connection;
  connection.consumer->fail_next(ObjectNotExist("deactivated"));

  connection.publish(1);
  connection.consumer->attempts.wait_for(1);
  connection.scheduler->wait_until_idle(20s);

  EXPECT_EQ(connection.channel->counters().consumers, 0u);
  EXPECT_TRUE(connection.consumer->disconnects.now().empty());
}

TEST(PushSubscriber, IsDisconnectedWhenItCannotBeReachedForTheWholeTimeout) {
  PushConnection connection(patient(30ms));
  connection.consumer->fail_always(Transient("refused"));

  connection.publish(1);

  EXPECT_EQ(connection.consumer->disconnects.wait_for(1).size(), 1u);
  EXPECT_EQ(connection.channel->counters().consumers, 0u);
  EXPECT_GT(connection.consumer->attempts.now().size(), 2u);
}

TEST(PushSubscriber, OneThatDoesNotAnswerDelaysNobodyElse) {
  PushConnection connection;
  connection.consumer->hold();
  auto quick = std::make_shared<FakeConsumer>(connection.scheduler);
  connection.channel->add_subscriber<PushSubscriber>()->connect(quick);

  for (std::int32_t i = 1; i <= 100; ++i) connection.publish(i);

  EXPECT_EQ(numbers(quick->received.wait_for(100)), counted(1, 100));
  EXPECT_EQ(connection.consumer->attempts.now(), counted(1, 1));
  connection.consumer->release();
}

TEST(PushSubscriber, DisconnectingTellsTheConsumerOnce) {
  PushConnection connection;

  connection.subscriber->disconnect(TellPeer::yes);
  connection.subscriber->disconnect(TellPeer::yes);
  connection.publish(1);

  EXPECT_EQ(connection.consumer->disconnects.now().size(), 1u);
  EXPECT_TRUE(connection.consumer->attempts.now().empty());
}

}  // namespace
}  // namespace corbel::event_service
