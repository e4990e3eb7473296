#include "tests/integration/wire/raw_peer.hpp"

#include <gtest/gtest.h>

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
