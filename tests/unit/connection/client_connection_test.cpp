#include <orb/connection/client_connection.hpp>
#include <orb/transport/memory_transport.hpp>

#include "tests/support/giop_peer.hpp"
#include "tests/support/timing.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace corbel::connection {

using namespace std::chrono_literals;
using test::GiopPeer;
using test::Octets;

namespace {

/// Hands on the outcome of an asynchronous request.
class Promise final : public AsyncWaiter {
 public:
  void on_outcome(CallOutcome outcome) override { promise_.set_value(std::move(outcome)); }
  CallOutcome get() {
    auto future = promise_.get_future();
    if (future.wait_for(60s) != std::future_status::ready)
      return {CallStatus::cancelled, {}, "no outcome"};
    return future.get();
  }

 private:
  std::promise<CallOutcome> promise_;
};

class ClientConnections : public testing::Test {
 protected:
  ClientConnections() {
    auto [near, far] = transport::make_memory_pair();
    peer = std::make_unique<GiopPeer>(std::move(far));
    connection = std::make_shared<ClientConnection>(std::move(near), limits(), reactor, counters);
  }
  ~ClientConnections() override { connection->close("the test is over"); }

  static Limits limits() {
    Limits limits;
    limits.own_requests_in_flight = 4;
    return limits;
  }

  cdr::Encoder request(std::uint32_t id, std::size_t size = 0) {
    cdr::Encoder encoder;
    giop::begin_message(encoder, giop::MessageType::request);
    giop::write_request_header(encoder, id, giop::ResponseKind::target, "key", "work");
    giop::write_body(encoder, [size](cdr::Encoder& body) {
      for (std::size_t i = 0; i < size; ++i) body.write(std::uint8_t{0});
    });
    giop::finish_message(encoder);
    return encoder;
  }
  CallOutcome call(Deadline deadline = Deadline::after(60s)) {
    const auto id = connection->next_request_id();
    return connection->call(request(id), id, deadline);
  }
  std::shared_ptr<Promise> start(Deadline deadline = Deadline::after(60s)) {
    auto promise = std::make_shared<Promise>();
    last_started = connection->next_request_id();
    connection->start(request(last_started), last_started, deadline, promise);
    return promise;
  }
  static std::uint32_t id_of(const CallOutcome& outcome) {
    auto decoder = outcome.reply.decoder({}, {});
    giop::ReplyHeader header;
    return giop::decode_reply_header(decoder, header) ? header.request_id : 0xffffffff;
  }
  /// Answers every request, pairs of them in reverse order, until the connection ends.
  void answer_in_pairs() {
    for (;;) {
      const auto first = peer->receive_request();
      if (!first) return;
      const auto first_id = first->request_id;
      const auto second = peer->receive(5ms);
      if (second) {
        auto decoder = second->decoder({}, {});
        giop::RequestHeader header;
        if (giop::decode_request_header(decoder, header))
          peer->send(test::reply_octets(header.request_id));
      }
      peer->send(test::reply_octets(first_id));
    }
  }

  transport::Reactor reactor{"test"};
  ClientCounters counters;
  std::unique_ptr<GiopPeer> peer;
  std::shared_ptr<ClientConnection> connection;
  std::uint32_t last_started = 0;
};

}  // namespace

TEST_F(ClientConnections, ManyThreadsShareOneConnectionAndEachGetsItsOwnReply) {
  std::thread answers([this] { answer_in_pairs(); });
  std::vector<std::thread> callers;
  for (int t = 0; t < 8; ++t) {
    callers.emplace_back([this] {
      for (int i = 0; i < 100; ++i) {
        const auto id = connection->next_request_id();
        const auto outcome = connection->call(request(id), id, Deadline::after(60s));
        ASSERT_EQ(outcome.status, CallStatus::replied) << outcome.reason;
        EXPECT_EQ(id_of(outcome), id);
      }
    });
  }

  for (auto& caller : callers) caller.join();
  connection->close("done");
  answers.join();

  EXPECT_EQ(counters.requests_sent, 800U);
  EXPECT_EQ(counters.unknown_replies, 0U);
}

TEST_F(ClientConnections, SynchronousAndAsynchronousCallsMix) {
  std::thread answers([this] { answer_in_pairs(); });
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t) {
    callers.emplace_back([this, t] {
      for (int i = 0; i < 100; ++i) {
        if ((i + t) % 2 == 0) {
          EXPECT_EQ(call().status, CallStatus::replied);
        } else {
          auto promise = std::make_shared<Promise>();
          const auto id = connection->next_request_id();
          connection->start(request(id), id, Deadline::after(60s), promise);
          const auto outcome = promise->get();
          ASSERT_EQ(outcome.status, CallStatus::replied) << outcome.reason;
          EXPECT_EQ(id_of(outcome), id);
        }
      }
    });
  }

  for (auto& caller : callers) caller.join();
  connection->close("done");
  answers.join();
}

TEST_F(ClientConnections, ACallEndsAtItsDeadlineAlsoInTheMiddleOfAReply) {
  const auto reply = test::reply_octets(0);
  for (const std::size_t begun : {std::size_t{0}, std::size_t{5}, reply.size() - 1}) {
    auto [near, far] = transport::make_memory_pair();
    GiopPeer silent(std::move(far));
    silent.send({reply.begin(), reply.begin() + static_cast<long>(begun)});
    ClientConnections::connection =
        std::make_shared<ClientConnection>(std::move(near), limits(), reactor, counters);

    const auto distance = test::best_distance(
        300ms, [&] { EXPECT_EQ(call(Deadline::after(300ms)).status, CallStatus::timed_out); });

    EXPECT_LE(distance, test::kOnTime) << begun << " octets of the reply came";
    EXPECT_FALSE(connection->check_usable()) << "it owes an answer";
  }
}

TEST_F(ClientConnections, ARequestIsCancelledInItsOwnVersion) {
  for (const auto version : {kGiop1_0, kGiop1_1, kGiop1_2}) {
    const auto encoded = [&](std::uint32_t id) {
      cdr::Encoder encoder;
      giop::begin_message(encoder, giop::MessageType::request, version);
      giop::write_request_header(encoder, id, giop::ResponseKind::target, "key", "work");
      giop::finish_message(encoder);
      return encoder;
    };
    const auto expect_cancelled = [&](std::uint32_t id) {
      const auto request = peer->receive();
      const auto cancel = peer->receive();
      ASSERT_TRUE(request && cancel);
      EXPECT_EQ(cancel->header.type, giop::MessageType::cancel_request);
      EXPECT_EQ(cancel->header.version, version);
      auto decoder = cancel->decoder({}, {});
      EXPECT_EQ(giop::decode_cancel_request(decoder), id);
    };

    const auto waiting = connection->next_request_id();
    EXPECT_EQ(connection->call(encoded(waiting), waiting, Deadline::after(1ms)).status,
              CallStatus::timed_out);
    expect_cancelled(waiting);

    const auto expiring = connection->next_request_id();
    auto expired = std::make_shared<Promise>();
    connection->start(encoded(expiring), expiring, Deadline::after(1ms), expired);
    EXPECT_EQ(expired->get().status, CallStatus::timed_out);
    expect_cancelled(expiring);

    const auto dropped = connection->next_request_id();
    auto cancelled = std::make_shared<Promise>();
    connection->start(encoded(dropped), dropped, Deadline::after(60s), cancelled);
    connection->cancel(dropped);
    EXPECT_EQ(cancelled->get().status, CallStatus::cancelled);
    expect_cancelled(dropped);
  }
}

TEST_F(ClientConnections, AFollowersDeadlineIsKeptWhileAnotherReads) {
  std::thread leader([this] { EXPECT_EQ(call().status, CallStatus::lost); });
  ASSERT_TRUE(peer->receive_request());

  const auto distance = test::best_distance(
      300ms, [&] { EXPECT_EQ(call(Deadline::after(300ms)).status, CallStatus::timed_out); });

  EXPECT_LE(distance, test::kOnTime);
  peer->end();
  leader.join();
}

TEST_F(ClientConnections, WhenTheLeaderLeavesAFollowerReads) {
  std::thread leader(
      [&] { EXPECT_EQ(call(Deadline::after(200ms)).status, CallStatus::timed_out); });
  ASSERT_TRUE(peer->receive_request());
  std::thread follower([&] { EXPECT_EQ(call().status, CallStatus::replied); });
  const auto second = peer->receive_request();
  ASSERT_TRUE(second);
  const auto id = second->request_id;

  leader.join();
  peer->send(test::reply_octets(id));
  follower.join();
}

TEST_F(ClientConnections, WhoIsStillSendingIsNotMadeTheReader) {
  // Leader and follower wait for replies, a third caller's large request is stuck.
  std::atomic<bool> leader_has_left{false};
  std::thread leader([&] {
    EXPECT_EQ(call(Deadline::after(500ms)).status, CallStatus::timed_out);
    leader_has_left = true;
  });
  ASSERT_TRUE(peer->receive_request());
  std::thread sender([&] {
    const auto id = connection->next_request_id();
    connection->call(request(id, 4'000'000), id, Deadline::after(20s));
  });
  std::thread follower([&] {
    while (connection->outstanding() < 2 && !leader_has_left) std::this_thread::yield();
    const auto id = connection->next_request_id();
    EXPECT_NE(connection->call(request(id), id, Deadline::after(1s)).status, CallStatus::replied);
  });

  leader.join();
  follower.join();
  peer->end();
  sender.join();
}

TEST_F(ClientConnections, WhoIsStuckInSendingLeavesTheReadingToOthers) {
  const auto promise = start();
  const auto first = peer->receive_request();
  ASSERT_TRUE(first);
  std::thread sender([&] {
    const auto id = connection->next_request_id();
    EXPECT_NE(connection->call(request(id, 4'000'000), id, Deadline::after(60s)).status,
              CallStatus::replied);
  });
  while (connection->outstanding() < 2) std::this_thread::yield();

  peer->send(test::reply_octets(first->request_id));

  EXPECT_EQ(promise->get().status, CallStatus::replied);
  peer->end();
  sender.join();
}

TEST_F(ClientConnections, ALateReplyIsDroppedCountedAndClearsTheSuspicion) {
  ASSERT_EQ(call(Deadline::after(20ms)).status, CallStatus::timed_out);
  ASSERT_FALSE(connection->check_usable());
  const auto request = peer->receive_request();
  ASSERT_TRUE(request);

  peer->send(test::reply_octets(request->request_id));

  EXPECT_TRUE(connection->check_usable());
  EXPECT_EQ(counters.unknown_replies, 1U);
}

TEST_F(ClientConnections, WhoGivesUpTellsTheServer) {
  ASSERT_EQ(call(Deadline::after(20ms)).status, CallStatus::timed_out);
  const auto promise = start();
  connection->cancel(last_started);

  EXPECT_EQ(promise->get().status, CallStatus::cancelled);
  std::vector<giop::MessageType> seen;
  for (int i = 0; i < 4; ++i) {
    const auto message = peer->receive();
    ASSERT_TRUE(message);
    seen.push_back(message->header.type);
  }
  using enum giop::MessageType;
  EXPECT_EQ(seen, (std::vector{giop::MessageType::request, cancel_request,
                               giop::MessageType::request, cancel_request}));
}

TEST_F(ClientConnections, AnAsynchronousCallEndsAtItsDeadline) {
  const auto distance = test::best_distance(200ms, [&] {
    EXPECT_EQ(start(Deadline::after(200ms))->get().status, CallStatus::timed_out);
  });

  EXPECT_LE(distance, test::kOnTime);
}

TEST_F(ClientConnections, CloseConnectionMeansNotProcessed) {
  auto asynchronous = start();
  std::thread caller([this] { EXPECT_EQ(call().status, CallStatus::not_processed); });
  ASSERT_TRUE(peer->receive_request());
  ASSERT_TRUE(peer->receive_request());

  peer->send(test::octets_of(giop::close_connection_message(giop::kHighestVersion)));

  caller.join();
  EXPECT_EQ(asynchronous->get().status, CallStatus::not_processed);
  EXPECT_TRUE(connection->is_closed());
  EXPECT_EQ(call().status, CallStatus::not_sent);
  EXPECT_EQ(start()->get().status, CallStatus::not_sent);
}

TEST_F(ClientConnections, TheEndAndMessageErrorAndNonsenseMeanLost) {
  const Octets nonsense(100, std::byte{'x'});
  const auto request = test::request_octets(1);
  const std::vector<Octets> endings{
      {}, test::octets_of(giop::message_error_message()), nonsense, request};
  for (const auto& ending : endings) {
    auto [near, far] = transport::make_memory_pair();
    GiopPeer hostile(std::move(far));
    connection = std::make_shared<ClientConnection>(std::move(near), limits(), reactor, counters);
    auto asynchronous = start();
    std::thread caller([this] { EXPECT_EQ(call().status, CallStatus::lost); });
    ASSERT_TRUE(hostile.receive_request());
    ASSERT_TRUE(hostile.receive_request());

    if (ending.empty()) {
      hostile.end();
    } else {
      hostile.send(ending);
    }

    caller.join();
    EXPECT_EQ(asynchronous->get().status, CallStatus::lost);
    EXPECT_FALSE(connection->check_usable());
  }
}

TEST_F(ClientConnections, AClosedPeerIsNoticedBeforeTheNextRequest) {
  peer->send(test::octets_of(giop::close_connection_message(giop::kHighestVersion)));
  peer->end();
  while (SteadyClock::now() - connection->last_used() < 2ms) std::this_thread::yield();

  EXPECT_FALSE(connection->check_usable());
}

TEST_F(ClientConnections, HoldsBackAtItsOwnLimitUntilAnAnswerMakesRoom) {
  std::vector<std::shared_ptr<Promise>> promises;
  for (int i = 0; i < 4; ++i) promises.push_back(start());
  EXPECT_FALSE(connection->wait_for_room(Deadline::after(20ms)));

  std::thread waiter([this] { EXPECT_TRUE(connection->wait_for_room(Deadline::after(60s))); });
  const auto first = peer->receive_request();
  ASSERT_TRUE(first);
  peer->send(test::reply_octets(first->request_id));

  waiter.join();
}

TEST_F(ClientConnections, WhoWaitsForRoomHearsOfTheEnd) {
  std::vector<std::shared_ptr<Promise>> promises;
  for (int i = 0; i < 4; ++i) promises.push_back(start());
  std::thread waiter([this] { connection->wait_for_room(Deadline::never()); });

  connection->close("test");

  waiter.join();
  for (const auto& promise : promises) EXPECT_EQ(promise->get().status, CallStatus::lost);
}

}  // namespace corbel::connection
