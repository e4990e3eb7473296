#include "tests/integration/wire/raw_peer.hpp"
#include "tests/support/fake_server.hpp"

#include <orb/ior/profile.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <mutex>

namespace corbel::test {

using giop::AddressingDisposition;

namespace {

/// Where a request of GIOP 1.2 says how it names its target.
AddressingDisposition disposition_of(const connection::IncomingMessage& request) {
  std::uint16_t value = 0;
  std::memcpy(&value, request.octets.data() + giop::kHeaderSize + 8, sizeof value);
  return static_cast<AddressingDisposition>(value);
}

/// Answers each request that names the object otherwise than `wanted` says for its number with
/// NEEDS_ADDRESSING_MODE.
class PickyServer {
 public:
  using Wanted = std::function<AddressingDisposition(std::size_t number)>;

  explicit PickyServer(Wanted wanted) : wanted_(std::move(wanted)) {}

  std::string reference() const { return server_.reference(); }
  std::vector<AddressingDisposition> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }
  std::vector<std::string> keys() {
    const std::lock_guard lock(mutex_);
    return keys_;
  }

 private:
  void talk(GiopPeer& peer) {
    while (const auto message = peer.receive()) {
      auto decoder = message->decoder({}, {});
      giop::RequestHeader header;
      if (!giop::decode_request_header(decoder, header)) return;
      const std::lock_guard lock(mutex_);
      const auto wanted = wanted_(seen_.size());
      seen_.push_back(disposition_of(*message));
      keys_.emplace_back(header.object_key);
      if (seen_.back() == wanted) {
        peer.send(reply_octets(header.request_id,
                               [](cdr::Encoder& body) { body.write(std::int32_t{42}); }));
      } else {
        cdr::Encoder reply;
        giop::write_needs_addressing_mode_reply(reply, header.request_id, wanted);
        peer.send(octets_of(reply));
      }
    }
  }

  const Wanted wanted_;
  std::mutex mutex_;
  std::vector<AddressingDisposition> seen_;
  std::vector<std::string> keys_;
  FakeServer server_{[this](GiopPeer& peer, int) { talk(peer); }};
};

class Addressing : public testing::TestWithParam<AddressingDisposition> {};
INSTANTIATE_TEST_SUITE_P(Ways, Addressing,
                         testing::Values(AddressingDisposition::profile,
                                         AddressingDisposition::reference));

}  // namespace

TEST_P(Addressing, AServerGetsWhatItAskedForAndIsNotAskedAgain) {
  PickyServer server([](std::size_t) { return GetParam(); });
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  EXPECT_EQ(counter.add(1), 42);
  EXPECT_EQ(counter.add(1), 42);

  EXPECT_EQ(server.seen(), (std::vector{AddressingDisposition::key, GetParam(), GetParam()}));
  EXPECT_EQ(server.keys(), std::vector<std::string>(3, "fake"));
}

TEST_P(Addressing, AnAsynchronousCallFollowsToo) {
  PickyServer server([](std::size_t) { return GetParam(); });
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  EXPECT_EQ(counter.async_add(1).get(), 42);

  EXPECT_EQ(server.seen(), (std::vector{AddressingDisposition::key, GetParam()}));
}

TEST_P(Addressing, TheProfileInUseIsNamedAmongThoseOfOtherProtocols) {
  PickyServer server([](std::size_t) { return GetParam(); });
  Orb orb;
  auto profiles = ObjectRef::parse(server.reference()).profiles();
  profiles.insert(profiles.begin(), TaggedProfile{0x63, {std::byte{7}}});
  const auto counter =
      orb.object<failures::Counter>(ObjectRef("IDL:failures/Counter:1.0", profiles));

  EXPECT_EQ(counter.add(1), 42);

  EXPECT_EQ(server.keys(), std::vector<std::string>(2, "fake"));
}

TEST(AddressingByTurns, AServerThatIsNeverContentIsLeftAfterEachWay) {
  PickyServer server(
      [](std::size_t number) { return static_cast<AddressingDisposition>((number + 1) % 3); });
  Orb orb;
  const auto counter = orb.object<failures::Counter>(server.reference());

  EXPECT_EQ(failure_of([&] { counter.add(1); }), "NO_IMPLEMENT COMPLETED_NO");
  EXPECT_EQ(server.seen().size(), 3U);
  EXPECT_EQ(failure_of([&] { counter.async_add(1).get(); }), "NO_IMPLEMENT COMPLETED_NO");
}

TEST(AddressingByTurns, OurServerTakesEveryWayAndAsksForTheKeyWhenThereIsNone) {
  LiveCounter server;
  auto peer = server.connect();
  auto profiles = ObjectRef::parse(server.reference("1.2")).profiles();
  profiles.insert(profiles.begin(), TaggedProfile{0x63, {std::byte{7}}});
  const ObjectRef reference("", profiles);
  const auto request = [&](std::uint32_t id, AddressingDisposition way, std::size_t profile) {
    cdr::Encoder encoder;
    giop::begin_message(encoder, giop::MessageType::request);
    giop::write_request_header(encoder, id, giop::ResponseKind::target,
                               giop::Addressee{"counter", way, &reference, profile}, "add");
    giop::write_body(encoder, [](cdr::Encoder& body) { body.write(std::int32_t{1}); });
    giop::finish_message(encoder);
    return octets_of(encoder);
  };
  const auto status_of = [&](const Octets& octets) {
    peer.send(octets);
    const auto reply = peer.receive();
    if (!reply) throw std::runtime_error("no reply");
    auto decoder = reply->decoder({}, {});
    giop::ReplyHeader header;
    EXPECT_TRUE(giop::decode_reply_header(decoder, header));
    return header.status;
  };

  EXPECT_EQ(status_of(request(2, AddressingDisposition::key, 0)), giop::ReplyStatus::no_exception);
  EXPECT_EQ(status_of(request(4, AddressingDisposition::profile, 1)),
            giop::ReplyStatus::no_exception);
  EXPECT_EQ(status_of(request(6, AddressingDisposition::reference, 1)),
            giop::ReplyStatus::no_exception);
  EXPECT_EQ(status_of(request(8, AddressingDisposition::profile, 0)),
            giop::ReplyStatus::needs_addressing_mode);
  EXPECT_EQ(server.executions, 3);
}

}  // namespace corbel::test
