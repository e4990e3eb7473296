#include "tests/integration/wire/raw_peer.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace corbel::test {

class Closing : public testing::TestWithParam<std::uint8_t> {};
INSTANTIATE_TEST_SUITE_P(Versions, Closing, testing::Values(0, 1, 2));

TEST_P(Closing, InOrderIsSaidInTheVersionThatTheClientSpeaks) {
  const GiopVersion version{1, GetParam()};
  LiveCounter server;
  auto peer = server.connect();
  peer.send(request_octets(
      2, "counter", "add", [](cdr::Encoder& body) { body.write(std::int32_t{1}); },
      giop::ResponseKind::target, version));
  const auto reply = peer.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->header.version, version);

  server.orb.shutdown();

  const auto closing = peer.receive();
  ASSERT_TRUE(closing);
  EXPECT_EQ(closing->header.type, giop::MessageType::close_connection);
  EXPECT_EQ(closing->header.version, version);
  EXPECT_TRUE(peer.is_ended());
}

TEST_P(Closing, ARequestThatEndsBeforeItSaysHowToAnswerItIsAViolation) {
  const GiopVersion version{1, GetParam()};
  LiveCounter server;
  const auto whole = request_octets(
      2, "counter", "add", [](cdr::Encoder& body) { body.write(std::int32_t{1}); },
      giop::ResponseKind::target, version);
  // Without contexts the id ends after 8 octets before 1.2, after 4 from then on.
  for (const std::size_t body : {0U, 4U, version < kGiop1_2 ? 8U : 4U}) {
    SCOPED_TRACE(body);
    auto peer = server.connect();
    Octets octets(whole.begin(), whole.begin() + static_cast<long>(giop::kHeaderSize + body));
    const auto size = static_cast<std::uint32_t>(body);
    std::memcpy(&octets[giop::kSizePosition], &size, sizeof size);
    peer.send(octets);

    const auto answer = peer.receive();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header.type, giop::MessageType::message_error);
    EXPECT_TRUE(peer.is_ended());
  }
  EXPECT_EQ(server.orb.statistics().protocol_errors, 3U);
}

TEST(ClosingByTheClient, InOrderEndsTheConnectionAndNothingElse) {
  LiveCounter server;
  auto peer = server.connect();
  peer.send(octets_of(giop::close_connection_message(giop::kHighestVersion)));

  EXPECT_TRUE(peer.is_ended());

  EXPECT_EQ(server.orb.statistics().protocol_errors, 0U);
  Orb client;
  EXPECT_EQ(client.object<failures::Counter>(server.reference("1.2")).add(3), 3);
}

}  // namespace corbel::test
