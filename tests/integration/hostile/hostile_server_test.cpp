#include "tests/integration/failures/counter_servant.hpp"
#include "tests/support/fake_server.hpp"

#include <gtest/gtest.h>

#include <random>

namespace corbel::test {

using namespace std::chrono_literals;

namespace {

Octets honest_reply(std::uint32_t id) {
  return reply_octets(id, [](cdr::Encoder& body) { body.write_string("joined"); });
}

// On its first connection no reply's status exists.
void talk_nonsense_first(GiopPeer& peer, int connection) {
  constexpr std::size_t kStatus = giop::kHeaderSize + 4;
  while (const auto request = peer.receive_request()) {
    auto reply = honest_reply(request->request_id);
    if (connection == 0) reply[kStatus] = std::byte{77};
    peer.send(reply);
  }
}

}  // namespace

TEST(HostileServer, MutatedRepliesEndInAResultOrASystemException) {
  std::mt19937 random(20261120);
  FakeServer server([&](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      auto reply = honest_reply(request->request_id);
      for (int i = 0; i < 2; ++i) reply[random() % reply.size()] = static_cast<std::byte>(random());
      if (!peer.send(reply)) return;
    }
  });
  Orb orb;
  const auto counter = with(orb.object<failures::Counter>(server.reference()), {.deadline = 50ms});

  for (int i = 0; i < 300; ++i) {
    try {
      counter.join({"a"}, Any());
    } catch (const SystemException& expected) {
      EXPECT_FALSE(expected.message().empty());
    }
  }
}

TEST(HostileServer, RepliesToNobodyAreDroppedAndCounted) {
  FakeServer server([](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      for (std::uint32_t id = 1000; id < 1050; ++id) peer.send(honest_reply(id));
      peer.send(honest_reply(request->request_id));
    }
  });
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  EXPECT_EQ(counter.join({"a"}, Any()), "joined");

  EXPECT_EQ(orb.statistics().unknown_replies, 50U);
}

TEST(HostileServer, AReplyWhoseHeaderMakesNoSenseEndsTheConnection) {
  FakeServer server(talk_nonsense_first);
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  EXPECT_EQ(failure_of([&] { counter.join({"a"}, Any()); }), "MARSHAL COMPLETED_MAYBE");
  EXPECT_EQ(orb.statistics().protocol_errors, 1U);
  EXPECT_EQ(counter.join({"a"}, Any()), "joined") << "over another connection";
}

TEST(HostileServer, SoDoesOneToAnAsynchronousCall) {
  FakeServer server(talk_nonsense_first);
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  EXPECT_EQ(failure_of([&] { counter.async_join({"a"}, Any()).get(); }), "MARSHAL COMPLETED_MAYBE");
  EXPECT_EQ(orb.statistics().protocol_errors, 1U);
  EXPECT_EQ(counter.async_join({"a"}, Any()).get(), "joined");
}

TEST(HostileServer, ForwardingInACircleEnds) {
  std::string own;
  FakeServer server([&](GiopPeer& peer, int) {
    while (const auto request = peer.receive_request()) {
      cdr::Encoder encoder;
      giop::write_forward_reply(encoder, giop::kHighestVersion, request->request_id,
                                ObjectRef::parse(own));
      peer.send(octets_of(encoder));
    }
  });
  own = server.reference();
  Orb orb;
  const auto counter = orb.object<failures::Counter>(own);

  EXPECT_EQ(failure_of([&] { counter.add(1); }), "TRANSIENT COMPLETED_NO");
}

}  // namespace corbel::test
