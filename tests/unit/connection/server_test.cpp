#include <orb/connection/server.hpp>
#include <orb/transport/memory_transport.hpp>

#include "tests/support/giop_peer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace corbel::connection {

using namespace std::chrono_literals;
using test::GiopPeer;

namespace {

/// Answers every request on the thread that brings it, or on a thread of the connection's own.
class Handler final : public RequestHandler {
 public:
  Verdict handle_request(const std::shared_ptr<ReplyChannel>& channel, IncomingMessage& message,
                         bool own_thread, bool last_try) override {
    if (wants_own_thread && !own_thread) return Verdict::needs_own_thread;
    if (holds_back > 0 && !last_try) {
      --holds_back;
      return Verdict::hold_back;
    }
    auto decoder = message.decoder({}, {});
    giop::RequestHeader header;
    if (!giop::decode_request_header(decoder, header)) ADD_FAILURE() << "unreadable request";
    ++handled;
    if (on_request) on_request(header.request_id);
    reply(*channel, header.request_id);
    if (on_answered) on_answered();
    channel->request_done(header.request_id);
    return Verdict::taken;
  }
  Verdict refuse_request(const std::shared_ptr<ReplyChannel>& channel, IncomingMessage& message,
                         const std::string&) override {
    auto decoder = message.decoder({}, {});
    giop::RequestHeader header;
    giop::decode_request_header(decoder, header);
    ++refused;
    reply(*channel, header.request_id);
    channel->request_done(header.request_id);
    return Verdict::taken;
  }
  std::size_t spare_threads() const noexcept override { return spares; }
  void handle_locate_request(const std::shared_ptr<ReplyChannel>&, IncomingMessage&) override {}

  std::function<void(std::uint32_t)> on_request;
  std::function<void()> on_answered;
  std::atomic<bool> wants_own_thread{false};
  std::atomic<int> holds_back{0};
  std::atomic<int> handled{0};
  std::atomic<int> refused{0};
  std::size_t spares = 0;

 private:
  static void reply(ReplyChannel& channel, std::uint32_t id) {
    cdr::Encoder message;
    giop::begin_message(message, giop::MessageType::reply);
    giop::write_reply_header(message, id, giop::ReplyStatus::no_exception);
    giop::finish_message(message);
    channel.send_reply(message, id);
  }
};

class Servers : public testing::Test {
 protected:
  ~Servers() override {
    if (server) server->stop();
  }
  void serve(const Limits& limits = {}) {
    server = std::make_unique<Server>(reactor, limits, handler);
    server->listen(transport, {"server", 7});
  }
  std::unique_ptr<GiopPeer> connect() {
    auto result = transport.connect({"server", 7}, Deadline::after(60s));
    return std::make_unique<GiopPeer>(std::move(result.stream));
  }
  static bool answers(GiopPeer& peer, std::uint32_t id) {
    peer.send(test::request_octets(id));
    const auto reply = peer.receive();
    return reply && reply->header.type == giop::MessageType::reply;
  }

  transport::Reactor reactor{"test"};
  transport::MemoryTransport transport;
  Handler handler;
  std::unique_ptr<Server> server;
};

/// Opens once.
class Door {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 60s, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

}  // namespace

TEST_F(Servers, AnswersOnTheReactorAndOnThreadsOfTheConnections) {
  serve();
  for (const bool own_thread : {false, true}) {
    handler.wants_own_thread = own_thread;
    const auto peer = connect();
    for (std::uint32_t id = 0; id < 100; ++id) ASSERT_TRUE(answers(*peer, id));
  }
  EXPECT_EQ(handler.handled, 200);
}

TEST_F(Servers, AOneWayRequestWithoutRoomIsHeldBackWithEverythingBehindIt) {
  serve();
  for (const bool own_thread : {false, true}) {
    handler.wants_own_thread = own_thread;
    handler.holds_back = 5;
    const auto peer = connect();
    for (std::uint32_t id = 0; id < 10; ++id) peer->send(test::request_octets(id));

    for (std::uint32_t id = 0; id < 10; ++id) {
      const auto reply = peer->receive();
      ASSERT_TRUE(reply);
      auto decoder = reply->decoder({}, {});
      giop::ReplyHeader header;
      ASSERT_TRUE(giop::decode_reply_header(decoder, header));
      EXPECT_EQ(header.request_id, id);
    }
  }
}

TEST_F(Servers, ALongUpcallDoesNotKeepItsConnectionFromBeingRead) {
  handler.wants_own_thread = true;
  handler.spares = 8;
  Door door;
  handler.on_request = [&](std::uint32_t id) {
    if (id % 10 == 0) door.wait();
  };
  serve();
  const auto peer = connect();

  // Three in a row that wait: each takes the reading role from the one before.
  for (const std::uint32_t id : {0u, 10u, 20u}) peer->send(test::request_octets(id));
  for (std::uint32_t id = 1; id < 10; ++id) EXPECT_TRUE(answers(*peer, id));
  door.open();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(peer->receive());

  // The threads that woke must not read beside the one that has the role now.
  for (std::uint32_t id = 101; id < 110; ++id) EXPECT_TRUE(answers(*peer, id));
  EXPECT_EQ(server->counters().protocol_errors, 0U);
}

TEST_F(Servers, ManyLongUpcallsHandReadingToEachOtherAndLoseNothing) {
  handler.wants_own_thread = true;
  handler.spares = 64;
  handler.on_request = [&](std::uint32_t id) {
    if (id % 16 == 3) std::this_thread::sleep_for(120ms);  // longer than an upcall may keep reading
  };
  serve();
  const auto peer = connect();
  constexpr std::uint32_t kRequests = 200;
  for (std::uint32_t id = 0; id < kRequests; ++id) peer->send(test::request_octets(id));

  std::vector<bool> answered(kRequests);
  for (std::uint32_t i = 0; i < kRequests; ++i) {
    const auto reply = peer->receive();
    ASSERT_TRUE(reply) << i;
    auto decoder = reply->decoder({}, {});
    giop::ReplyHeader header;
    ASSERT_TRUE(giop::decode_reply_header(decoder, header));
    ASSERT_LT(header.request_id, kRequests);
    EXPECT_FALSE(answered[header.request_id]) << "answered twice";
    answered[header.request_id] = true;
  }
  EXPECT_EQ(server->counters().protocol_errors, 0U);
}

TEST_F(Servers, WithoutSpareThreadsRequestsBehindALongUpcallAreRefusedAndLaterOnesServed) {
  handler.wants_own_thread = true;
  handler.spares = 0;
  Door door;
  handler.on_request = [&](std::uint32_t id) {
    if (id == 0) door.wait();
  };
  serve();
  const auto peer = connect();
  peer->send(test::request_octets(0));

  for (std::uint32_t id = 1; id < 5; ++id) EXPECT_TRUE(answers(*peer, id));
  EXPECT_GT(handler.refused, 0);
  door.open();
  EXPECT_TRUE(peer->receive());

  const int refused = handler.refused;
  EXPECT_TRUE(answers(*peer, 300));
  EXPECT_LE(handler.refused, refused + 1);
  const auto next = connect();
  EXPECT_TRUE(answers(*next, 301));
}

TEST_F(Servers, SurplusConnectionsAreClosedAndCounted) {
  Limits limits;
  limits.connections = 2;
  serve(limits);
  const auto first = connect();
  auto second = connect();

  EXPECT_TRUE(connect()->is_ended());

  EXPECT_EQ(server->counters().refused_connections, 1U);
  second.reset();
  while (server->connections() > 1) std::this_thread::yield();
  const auto third = connect();
  EXPECT_TRUE(answers(*third, 1));
}

TEST_F(Servers, AnIdleConnectionIsToldAndClosed) {
  Limits limits;
  limits.idle_timeout = 100ms;
  serve(limits);
  const auto peer = connect();
  ASSERT_TRUE(answers(*peer, 1));

  const auto message = peer->receive();

  ASSERT_TRUE(message);
  EXPECT_EQ(message->header.type, giop::MessageType::close_connection);
  EXPECT_TRUE(peer->is_ended());
}

TEST_F(Servers, APartialHeaderGetsOnlyAWhile) {
  Limits limits;
  limits.partial_header_timeout = 100ms;
  serve(limits);
  for (const bool own_thread : {false, true}) {
    handler.wants_own_thread = own_thread;
    const auto peer = connect();
    ASSERT_TRUE(answers(*peer, 1));
    const auto request = test::request_octets(2);
    peer->send({request.begin(), request.begin() + 5});

    const auto message = peer->receive();

    ASSERT_TRUE(message);
    EXPECT_EQ(message->header.type, giop::MessageType::message_error);
    EXPECT_TRUE(peer->is_ended());
  }
}

TEST_F(Servers, StopTellsEveryPeerAndDoesNotWaitForThoseThatDoNotRead) {
  serve();
  std::vector<std::unique_ptr<GiopPeer>> peers;
  for (int i = 0; i < 4; ++i) peers.push_back(connect());
  for (auto& peer : peers) ASSERT_TRUE(answers(*peer, 1));

  server->stop();

  for (auto& peer : peers) {
    const auto message = peer->receive();
    ASSERT_TRUE(message);
    EXPECT_EQ(message->header.type, giop::MessageType::close_connection);
    EXPECT_TRUE(peer->is_ended());
  }
  EXPECT_EQ(server->connections(), 0U);
  EXPECT_EQ(server->threads(), 0U);
}

TEST_F(Servers, StopSaysSoToAPeerWhoseAnswerIsOutButNotYetCounted) {
  Door counted;
  handler.wants_own_thread = true;
  handler.on_answered = [&] { counted.wait(); };
  serve();
  const auto peer = connect();
  ASSERT_TRUE(answers(*peer, 1));

  std::thread stopper([&] { server->stop(); });
  EXPECT_FALSE(peer->receive(100ms)) << "it waits for the count";
  counted.open();
  const auto message = peer->receive();
  stopper.join();

  ASSERT_TRUE(message);
  EXPECT_EQ(message->header.type, giop::MessageType::close_connection);
}

TEST_F(Servers, RequestsBeyondTheLimitOfAConnectionAreRefused) {
  Limits limits;
  limits.requests_in_flight = 2;
  handler.wants_own_thread = true;
  handler.spares = 8;
  Door door;
  handler.on_request = [&](std::uint32_t id) {
    if (id < 2) door.wait();
  };
  serve(limits);
  const auto peer = connect();
  peer->send(test::request_octets(0));
  peer->send(test::request_octets(1));

  EXPECT_TRUE(answers(*peer, 2));
  EXPECT_EQ(handler.refused, 1);

  door.open();
  EXPECT_TRUE(peer->receive());
  EXPECT_TRUE(peer->receive());
}

}  // namespace corbel::connection
