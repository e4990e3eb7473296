#include <orb/connection/server.hpp>
#include <orb/transport/memory_transport.hpp>
#include <orb/transport/tcp_transport.hpp>

#include "tests/support/giop_peer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace corbel::connection {

using namespace std::chrono_literals;
using test::GiopPeer;

namespace {

/// Answers whatever it gets.
class Answering final : public RequestHandler {
 public:
  Verdict handle_request(const std::shared_ptr<ReplyChannel>& channel, IncomingMessage& message,
                         bool own_thread, bool) override {
    if (wants_own_thread && !own_thread) return Verdict::needs_own_thread;
    auto decoder = message.decoder({}, {});
    giop::RequestHeader header;
    giop::decode_request_header(decoder, header);
    cdr::Encoder reply;
    giop::begin_message(reply, giop::MessageType::reply);
    giop::write_reply_header(reply, header.request_id, giop::ReplyStatus::no_exception);
    giop::finish_message(reply);
    channel->send_reply(reply, header.request_id);
    channel->request_done(header.request_id);
    return Verdict::taken;
  }
  Verdict refuse_request(const std::shared_ptr<ReplyChannel>&, IncomingMessage&,
                         const std::string&) override {
    return Verdict::hold_back;
  }
  std::size_t spare_threads() const noexcept override { return 0; }
  void handle_locate_request(const std::shared_ptr<ReplyChannel>&, IncomingMessage&) override {}

  std::atomic<bool> wants_own_thread{false};
};

/// A server on TCP with little patience, and peers that try it.
class SlowPeers : public testing::Test {
 protected:
  SlowPeers() {
    Limits limits;
    limits.partial_header_timeout = 300ms;
    limits.body_timeout = 1s;
    limits.fragment_timeout = 1s;
    limits.body_rate = 1000;
    server = std::make_unique<Server>(reactor, limits, handler);
    endpoint = server->listen(transport, {"127.0.0.1", 0});
  }
  ~SlowPeers() override { server->stop(); }

  GiopPeer connect() { return GiopPeer(transport.connect(endpoint, Deadline::after(60s)).stream); }
  static test::Octets request_of(std::size_t body) {
    return test::request_octets(1, "key", "work", [body](cdr::Encoder& encoder) {
      const std::vector<std::byte> octets(body);
      encoder.write_octets(octets);
    });
  }
  /// Sends `at_once` octets every 50 ms; false when the connection ends first.
  static bool drip(GiopPeer& peer, const test::Octets& octets, std::size_t at_once) {
    auto next = SteadyClock::now();
    for (std::size_t at = 0; at < octets.size(); at += at_once) {
      const auto end = std::min(octets.size(), at + at_once);
      if (!peer.send(
              {octets.begin() + static_cast<long>(at), octets.begin() + static_cast<long>(end)}))
        return false;
      std::this_thread::sleep_until(next += 50ms);
    }
    return true;
  }
  static bool is_thrown_out(GiopPeer& peer) {
    const auto answer = peer.receive();
    return answer && answer->header.type == giop::MessageType::message_error && peer.is_ended();
  }

  Answering handler;
  transport::Reactor reactor{"test"};
  transport::TcpTransport transport{reactor};
  std::unique_ptr<Server> server;
  Endpoint endpoint;
};

/// Streams whose peers have an address that limits count.
class ForeignStream final : public transport::Stream {
 public:
  ForeignStream(std::unique_ptr<Stream> inner, std::string host)
      : inner_(std::move(inner)), host_(std::move(host)) {}
  transport::IoResult send(std::span<iovec> pieces, Deadline deadline) override {
    return inner_->send(pieces, deadline);
  }
  transport::IoResult try_send(std::span<iovec> pieces) override {
    return inner_->try_send(pieces);
  }
  using Stream::receive;
  transport::IoResult receive(std::span<std::byte> into, Deadline deadline,
                              SteadyClock::time_point now) override {
    return inner_->receive(into, deadline, now);
  }
  transport::IoResult try_receive(std::span<std::byte> into) override {
    return inner_->try_receive(into);
  }
  bool is_readable() noexcept override { return inner_->is_readable(); }
  void shutdown() noexcept override { inner_->shutdown(); }
  int native_handle() const noexcept override { return inner_->native_handle(); }
  const std::string& peer() const noexcept override { return host_; }
  const std::string& peer_host() const noexcept override { return host_; }

 private:
  const std::unique_ptr<Stream> inner_;
  const std::string host_;
};

/// Hands streams to whoever listens.
class ForeignPeers final : public transport::Transport {
 public:
  transport::ConnectResult connect(const Endpoint&, Deadline) override { return {}; }
  std::unique_ptr<transport::Listener> listen(const Endpoint& endpoint) override {
    return std::make_unique<Door>(*this, endpoint);
  }
  GiopPeer come_from(const std::string& host) {
    auto [ours, theirs] = transport::make_memory_pair();
    on_accept_(std::make_unique<ForeignStream>(std::move(theirs), host));
    return GiopPeer(std::move(ours));
  }

 private:
  class Door final : public transport::Listener {
   public:
    Door(ForeignPeers& peers, Endpoint endpoint) : peers_(peers), endpoint_(std::move(endpoint)) {}
    const Endpoint& endpoint() const noexcept override { return endpoint_; }
    void start(OnAccept on_accept) override { peers_.on_accept_ = std::move(on_accept); }
    void stop() override {}

   private:
    ForeignPeers& peers_;
    const Endpoint endpoint_;
  };
  transport::Listener::OnAccept on_accept_;
};

bool answers(GiopPeer& peer) {
  peer.send(test::request_octets(2));
  const auto answer = peer.receive();
  return answer && answer->header.type == giop::MessageType::reply;
}

}  // namespace

TEST_F(SlowPeers, APartOfAHeaderIsNotWaitedForLong) {
  auto peer = connect();
  const auto whole = test::request_octets(1);

  peer.send({whole.begin(), whole.begin() + 7});

  EXPECT_TRUE(is_thrown_out(peer));
}

TEST_F(SlowPeers, ABodyThatDoesNotComeIsNotWaitedForLong) {
  auto peer = connect();
  const auto whole = request_of(5000);

  peer.send({whole.begin(), whole.begin() + 100});

  EXPECT_TRUE(is_thrown_out(peer));
}

TEST_F(SlowPeers, ABodyThatDripsIsThrownOutAndOneThatFlowsIsAnswered) {
  auto dripping = connect();
  EXPECT_FALSE(drip(dripping, request_of(5000), 10) && answers(dripping));

  // Longer than the patience for one that stops, but fast enough.
  auto flowing = connect();
  EXPECT_TRUE(drip(flowing, request_of(5000), 125));
  const auto answer = flowing.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header.type, giop::MessageType::reply);
}

TEST_F(SlowPeers, FragmentsThatDoNotComeAreNotWaitedForLongWhateverElseComes) {
  auto begun = test::request_octets(4);
  begun[6] |= giop::kMoreFragments;
  for (const bool own_thread : {false, true}) {
    handler.wants_own_thread = own_thread;
    auto peer = connect();
    ASSERT_TRUE(answers(peer));
    peer.send(begun);

    const auto patience = SteadyClock::now() + 60s;
    bool served = true;
    while (served && SteadyClock::now() < patience) served = answers(peer);

    EXPECT_FALSE(served) << "own thread: " << own_thread;
  }
}

TEST(ForeignConnections, AreLimitedForEachAddress) {
  Answering handler;
  transport::Reactor reactor("test");
  ForeignPeers peers;
  Limits limits;
  limits.connections_per_peer = 3;
  Server server(reactor, limits, handler);
  server.listen(peers, {"server", 7});
  std::vector<GiopPeer> few;
  for (int i = 0; i < 3; ++i) few.push_back(peers.come_from("10.0.0.9"));

  auto surplus = peers.come_from("10.0.0.9");
  EXPECT_TRUE(surplus.is_ended());
  EXPECT_EQ(server.counters().refused_connections, 1U);
  auto other = peers.come_from("10.0.0.10");
  EXPECT_TRUE(answers(other));
  for (auto& peer : few) EXPECT_TRUE(answers(peer));

  // One that leaves makes room.
  few.pop_back();
  const auto patience = SteadyClock::now() + 60s;
  while (server.connections() != 3 && SteadyClock::now() < patience) std::this_thread::yield();
  auto next = peers.come_from("10.0.0.9");
  EXPECT_TRUE(answers(next));
  server.stop();
}

}  // namespace corbel::connection
