#include "tests/integration/bidirectional/parties.hpp"
#include "tests/support/fake_server.hpp"

#include <orb/giop/listen_points.hpp>
#include <orb/giop/locate.hpp>

#include <gtest/gtest.h>

#include <future>
#include <random>
#include <thread>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

const Endpoint kNowhere{"nobody.invalid", 683};

/// A request to a server with a BI_DIR_IIOP context of these octets.
template <class Body>
Octets claiming_request(std::uint32_t id, std::string_view key, std::string_view operation,
                        std::span<const std::byte> context, Body body) {
  const giop::ServiceContext contexts[] = {{giop::kBiDirIiop, context}};
  cdr::Encoder encoder;
  giop::begin_message(encoder, giop::MessageType::request);
  giop::write_request_header(encoder, id, giop::ResponseKind::target, key, operation, contexts);
  giop::write_body(encoder, body);
  giop::finish_message(encoder);
  return octets_of(encoder);
}

/// A server that accepts, and peers that play clients octet by octet.
class HostileCaller : public testing::Test {
 protected:
  HostileCaller() {
    auto adapter = answering_adapter(server, "server");
    servant->self = adapter.activate_well_known<bidirectional::Server>("server", servant);
  }
  ~HostileCaller() override { servant->keep({}); }

  GiopPeer connect() {
    auto result = transport.connect(server.endpoints().front(), Deadline::after(30s));
    if (!result.stream) throw std::runtime_error(result.error);
    return GiopPeer(std::move(result.stream));
  }
  static Octets ping(std::uint32_t id) {
    return request_octets(id, "server", "ping",
                          [](cdr::Encoder& body) { body.write(std::int32_t{1}); });
  }
  /// Passes an object at `client` to keep(), on a connection that claims `points`.
  static Octets keep(std::uint32_t id, const Endpoint& client, std::span<const Endpoint> points) {
    return claiming_request(id, "server", "keep", giop::encode_listen_points(points),
                            [&](cdr::Encoder& body) {
                              Type<ObjectRef>::encode(body, ObjectRef::at({client}, "callback"));
                            });
  }
  static Octets keep(std::uint32_t id, const Endpoint& client = kNowhere) {
    return keep(id, client, std::span(&client, 1));
  }
  bool is_answered(GiopPeer& peer) {
    const auto answer = peer.receive();
    return answer && answer->header.type == giop::MessageType::reply;
  }
  bool is_thrown_out(GiopPeer& peer) {
    const auto answer = peer.receive();
    return answer && answer->header.type == giop::MessageType::message_error && peer.is_ended();
  }
  /// Has the server call what it keeps; the peer plays the rest.
  std::future<std::string> call_kept(std::chrono::nanoseconds deadline = 30s) {
    const auto kept = with(servant->kept(), {.deadline = deadline});
    return std::async(std::launch::async,
                      [kept] { return failure_of([&] { EXPECT_EQ(kept.run(3), 4); }); });
  }
  static Octets answer_four(std::uint32_t id) {
    return reply_octets(id, [](cdr::Encoder& body) { body.write(std::int32_t{4}); });
  }

  Orb server{Parties::accepting()};
  std::shared_ptr<ServerServant> servant = std::make_shared<ServerServant>();
  transport::Reactor reactor{"hostile"};
  transport::TcpTransport transport{reactor};
};

}  // namespace

TEST_F(HostileCaller, AnHonestOneIsCalledWithOddIds) {
  auto peer = connect();
  peer.send(keep(0));
  ASSERT_TRUE(is_answered(peer));

  for (std::uint32_t i = 0; i < 3; ++i) {
    auto called = call_kept();
    const auto request = peer.receive_request();
    ASSERT_TRUE(request);
    EXPECT_EQ(request->request_id, 2 * i + 1);
    EXPECT_EQ(request->object_key, "callback");
    EXPECT_EQ(request->operation, "run");
    peer.send(answer_four(request->request_id));
    EXPECT_EQ(called.get(), "");
  }
}

TEST_F(HostileCaller, AClaimOnSomebodyElsesAddressDoesNotGetHisCalls) {
  Orb victim;
  auto victims = answering_adapter(victim, "victim");
  const auto honest = victims.activate<bidirectional::Client>(
      std::make_shared<ClientServant>([](int number) { return number + 1; }));
  victim.object<bidirectional::Server>(to_string(servant->self)).keep(honest);
  auto liar = connect();
  liar.send(claiming_request(0, "server", "ping", giop::encode_listen_points(victim.endpoints()),
                             [](cdr::Encoder& body) { body.write(std::int32_t{1}); }));
  ASSERT_TRUE(is_answered(liar));

  EXPECT_EQ(call_kept().get(), "");
  EXPECT_EQ(server.object<bidirectional::Client>(to_string(honest)).run(3), 4);

  // Nothing has come to the liar in the meantime.
  liar.send(ping(2));
  EXPECT_TRUE(is_answered(liar));
}

TEST_F(HostileCaller, AReferenceOfAnEndedConnectionGoesOverANewOneOfTheSameHost) {
  {
    auto first = connect();
    first.send(keep(0));
    ASSERT_TRUE(is_answered(first));
    first.end();
  }
  // Before the server has noticed that, a call would still go there.
  while (server.statistics().server_connections != 0) std::this_thread::yield();
  auto second = connect();
  second.send(claiming_request(0, "server", "ping",
                               giop::encode_listen_points(std::span(&kNowhere, 1)),
                               [](cdr::Encoder& body) { body.write(std::int32_t{1}); }));
  ASSERT_TRUE(is_answered(second));

  auto called = call_kept();
  const auto request = second.receive_request();
  ASSERT_TRUE(request);
  second.send(answer_four(request->request_id));

  EXPECT_EQ(called.get(), "");
}

TEST_F(HostileCaller, ARequestWithAnOddIdIsThrownOutOnceTheConnectionGoesBothWays) {
  auto ordinary = connect();
  ordinary.send(ping(7));
  EXPECT_TRUE(is_answered(ordinary));

  auto peer = connect();
  peer.send(keep(0));
  ASSERT_TRUE(is_answered(peer));
  peer.send(ping(3));

  EXPECT_TRUE(is_thrown_out(peer));
}

TEST_F(HostileCaller, RepliesToNobodyAreDroppedAndCounted) {
  auto peer = connect();
  peer.send(keep(0));
  ASSERT_TRUE(is_answered(peer));

  for (std::uint32_t id = 0; id < 50; ++id) peer.send(answer_four(id));
  peer.send(ping(2));

  EXPECT_TRUE(is_answered(peer));
  EXPECT_EQ(server.statistics().unknown_replies, 50U);
}

TEST_F(HostileCaller, AReplyIsThrownOutWhereNothingWasClaimed) {
  auto peer = connect();
  peer.send(ping(0));
  ASSERT_TRUE(is_answered(peer));

  peer.send(answer_four(1));

  EXPECT_TRUE(is_thrown_out(peer));
}

TEST_F(HostileCaller, ThousandsOfListenPointsAreBelievedUpToABound) {
  std::vector<Endpoint> points;
  for (std::uint16_t port = 1; port <= 20'000; ++port) points.push_back({"many.invalid", port});
  auto peer = connect();
  for (std::uint32_t id = 0; id < 20; id += 2) {
    peer.send(keep(id, points.back(), points));
    ASSERT_TRUE(is_answered(peer));
  }

  // The last one is beyond what is kept, so it is connected to: in vain.
  EXPECT_EQ(call_kept().get(), "TRANSIENT COMPLETED_NO");

  peer.send(keep(20, points.front(), points));
  ASSERT_TRUE(is_answered(peer));
  auto called = call_kept();
  const auto request = peer.receive_request();
  ASSERT_TRUE(request);
  peer.send(answer_four(request->request_id));
  EXPECT_EQ(called.get(), "");
}

TEST_F(HostileCaller, AContextThatMakesNoSenseFailsItsRequestOnly) {
  const auto honest = giop::encode_listen_points(std::span(&kNowhere, 1));
  for (std::size_t size = 0; size < honest.size(); ++size) {
    auto peer = connect();
    peer.send(claiming_request(0, "server", "ping", std::span(honest).first(size),
                               [](cdr::Encoder& body) { body.write(std::int32_t{1}); }));
    const auto answer = peer.receive();
    ASSERT_TRUE(answer);
    auto decoder = answer->decoder({}, {});
    giop::ReplyHeader header;
    ASSERT_TRUE(giop::decode_reply_header(decoder, header));
    EXPECT_EQ(header.status, giop::ReplyStatus::system_exception) << size;

    peer.send(ping(2));
    EXPECT_TRUE(is_answered(peer));
  }
}

TEST_F(HostileCaller, ACallBackEndsWithTheConnectionAndSaysWhetherItRan) {
  auto peer = connect();
  peer.send(keep(0));
  ASSERT_TRUE(is_answered(peer));
  auto lost = call_kept();
  ASSERT_TRUE(peer.receive_request());
  peer.end();
  EXPECT_EQ(lost.get(), "COMM_FAILURE COMPLETED_MAYBE");

  auto orderly = connect();
  orderly.send(keep(0));
  ASSERT_TRUE(is_answered(orderly));
  auto refused = call_kept();
  ASSERT_TRUE(orderly.receive_request());
  orderly.send(octets_of(giop::close_connection_message(giop::kHighestVersion)));
  // Not executed, so it is repeated; but nothing else leads there.
  EXPECT_EQ(refused.get(), "TRANSIENT COMPLETED_NO");
}

TEST_F(HostileCaller, ACallBackThatIsNotAnsweredEndsAtItsDeadlineAndIsCancelled) {
  auto peer = connect();
  peer.send(keep(0));
  ASSERT_TRUE(is_answered(peer));

  auto called = call_kept(100ms);
  ASSERT_TRUE(peer.receive_request());

  EXPECT_EQ(called.get(), "TIMEOUT COMPLETED_MAYBE");
  const auto cancel = peer.receive();
  ASSERT_TRUE(cancel);
  EXPECT_EQ(cancel->header.type, giop::MessageType::cancel_request);
}

TEST_F(HostileCaller, MutatedAnswersNeverKeepTheServerFromServing) {
  std::mt19937 random(20261120);
  for (int round = 0; round < 300; ++round) {
    auto peer = connect();
    peer.send(keep(0));
    ASSERT_TRUE(is_answered(peer));
    auto called = call_kept(50ms);
    const auto request = peer.receive_request();
    ASSERT_TRUE(request);
    auto answer = answer_four(request->request_id);
    for (int i = 0; i < 2; ++i) answer[random() % 20] = static_cast<std::byte>(random());
    peer.send(answer);
    called.get();
  }
  auto peer = connect();
  peer.send(ping(0));
  EXPECT_TRUE(is_answered(peer));
}

namespace {

/// A client Orb that offers, with one object, and its first call on the way to a played server.
struct Caller {
  explicit Caller(const std::string& reference, OrbOptions options = Parties::offering())
      : orb(std::move(options)) {
    auto adapter = answering_adapter(orb, "client");
    callback = adapter.activate_well_known<bidirectional::Client>(
        "callback", std::make_shared<ClientServant>([](int number) { return number + 1; }));
    proxy = with(orb.object<bidirectional::Server>(reference), {.deadline = 30s});
  }
  Orb orb;
  bidirectional::Client callback;
  bidirectional::Server proxy;
};

Octets run_request(std::uint32_t id, GiopVersion version = giop::kHighestVersion,
                   std::string_view key = "callback") {
  return request_octets(
      id, key, "run", [](cdr::Encoder& body) { body.write(std::int32_t{3}); },
      giop::ResponseKind::target, version);
}

Octets pong(std::uint32_t id, GiopVersion version = giop::kHighestVersion) {
  return reply_octets(
      id, [](cdr::Encoder& body) { body.write(std::int32_t{1}); }, version);
}

/// What a server that sends `message` into a client's first call gets; nullopt: the end.
std::optional<giop::MessageType> answer_to(const Octets& message, std::string& failure,
                                           OrbOptions options = Parties::offering()) {
  std::promise<std::optional<giop::MessageType>> type;
  FakeServer server([&](GiopPeer& peer, int connection) {
    if (!peer.receive_request()) return;
    peer.send(message);
    const auto answer = peer.receive();
    if (connection == 0) type.set_value(answer ? std::optional(answer->header.type) : std::nullopt);
  });
  {
    Caller caller(server.reference(), std::move(options));
    failure = failure_of([&] { caller.proxy.ping(1); });
  }
  return type.get_future().get();
}

}  // namespace

TEST(HostileBackCaller, ARequestIsThrownOutByAClientThatDidNotOffer) {
  std::string failure;
  EXPECT_EQ(answer_to(run_request(1), failure, {}), giop::MessageType::message_error);
  EXPECT_EQ(failure, "COMM_FAILURE COMPLETED_MAYBE");
}

TEST(HostileBackCaller, ARequestWithAnEvenIdIsThrownOut) {
  std::string failure;
  EXPECT_EQ(answer_to(run_request(2), failure), giop::MessageType::message_error);
  EXPECT_EQ(failure, "COMM_FAILURE COMPLETED_MAYBE");
}

TEST(HostileBackCaller, ARequestBelowGiop12IsThrownOut) {
  std::string failure;
  EXPECT_EQ(answer_to(run_request(1, {1, 1}), failure), giop::MessageType::message_error);
  EXPECT_EQ(failure, "COMM_FAILURE COMPLETED_MAYBE");
}

TEST(HostileBackCaller, ListenPointsGoWithTheFirstRequestOnly) {
  std::vector<std::optional<std::vector<Endpoint>>> told;
  FakeServer server([&](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      const auto data = request->service_contexts.find(giop::kBiDirIiop);
      told.push_back(data ? giop::decode_listen_points(*data, 100) : std::nullopt);
      peer.send(pong(request->request_id));
    }
  });
  Caller caller(server.reference());

  caller.proxy.ping(1);
  caller.proxy.ping(2);

  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0], reference(caller.callback).endpoints());
  EXPECT_EQ(told[1], std::nullopt);
}

TEST(HostileBackCaller, NothingIsOfferedBelowGiop12) {
  std::atomic<int> contexts = -1;
  FakeServer server([&](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      contexts = request->service_contexts.find(giop::kBiDirIiop) ? 1 : 0;
      peer.send(pong(request->request_id, {1, 0}));
    }
  });
  auto reference = server.reference();
  reference.replace(reference.find("1.2"), 3, "1.0");
  Caller caller(reference);

  caller.proxy.ping(1);

  EXPECT_EQ(contexts, 0);
}

TEST(HostileBackCaller, RequestsToWhatIsNotThereAndLocateRequestsAreAnswered) {
  giop::ReplyStatus status = giop::ReplyStatus::no_exception;
  giop::LocateStatus located = giop::LocateStatus::unknown_object;
  FakeServer server([&](GiopPeer& peer, int) {
    const auto request = peer.receive_request();
    if (!request) return;
    const auto id = request->request_id;
    peer.send(run_request(1, giop::kHighestVersion, "nobody"));
    if (const auto answer = peer.receive()) {
      auto decoder = answer->decoder({}, {});
      giop::ReplyHeader header;
      if (giop::decode_reply_header(decoder, header)) status = header.status;
    }
    cdr::Encoder locate;
    giop::write_locate_request(locate, giop::kHighestVersion, 3, "callback");
    peer.send(octets_of(locate));
    if (const auto answer = peer.receive()) {
      auto decoder = answer->decoder({}, {});
      giop::LocateReplyHeader header;
      if (giop::decode_locate_reply(decoder, header)) located = header.status;
    }
    peer.send(pong(id));
    peer.receive();
  });
  Caller caller(server.reference());

  EXPECT_EQ(caller.proxy.ping(1), 1);

  EXPECT_EQ(status, giop::ReplyStatus::system_exception);
  EXPECT_EQ(located, giop::LocateStatus::object_here);
}

TEST(HostileBackCaller, AFloodOfCallsBackIsAnsweredAndHarmsNobody) {
  constexpr std::uint32_t kCalls = 1000;
  std::atomic<std::uint32_t> answered = 0;
  FakeServer server([&](GiopPeer& peer, int) {
    const auto request = peer.receive_request();
    if (!request) return;
    const auto id = request->request_id;
    std::thread sender([&] {
      for (std::uint32_t i = 0; i < kCalls; ++i) peer.send(run_request(2 * i + 1));
    });
    while (answered < kCalls && peer.receive()) ++answered;
    sender.join();
    peer.send(pong(id));
    peer.receive();
  });
  Caller caller(server.reference());

  EXPECT_EQ(caller.proxy.ping(1), 1);

  EXPECT_EQ(answered, kCalls);
}

}  // namespace corbel::test
