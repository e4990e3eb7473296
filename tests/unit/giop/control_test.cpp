#include <orb/giop/control.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

class AnyControl : public EveryFlavour {};
INSTANTIATE_TEST_SUITE_P(Every, AnyControl, kEveryFlavour);

TEST_P(AnyControl, ACancelRequestIsReadAndWritten) {
  const auto sample = GetParam().sample("cancel_request");
  auto decoder = decoder_for(sample);
  auto encoder = GetParam().encoder();

  write_cancel_request(encoder, GetParam().version(), 7);

  EXPECT_EQ(header_of(sample).type, MessageType::cancel_request);
  EXPECT_EQ(decode_cancel_request(decoder), 7u);
  EXPECT_EQ(encoder.copy(), sample);
}

TEST_P(AnyControl, MessagesOfAHeaderOnlyAreWritten) {
  if (GetParam().order != cdr::kNativeOrder) return;
  const auto close = close_connection_message(GetParam().version());
  const auto error = message_error_message(GetParam().version());

  EXPECT_EQ(std::vector(close.begin(), close.end()), GetParam().sample("close_connection"));
  EXPECT_EQ(std::vector(error.begin(), error.end()), GetParam().sample("message_error"));
}

TEST(Control, AMessageErrorSaysOurHighestVersion) {
  const auto message = message_error_message();

  EXPECT_EQ(header_of(message).version, (GiopVersion{1, 2}));
}

TEST(Control, ACancelRequestWithoutIdIsRefused) {
  const auto message = testing::octets("47 49 4f 50 01 02 00 02 00 00 00 03 00 00 00");
  auto decoder = decoder_for(message);

  EXPECT_FALSE(decode_cancel_request(decoder));
}

}  // namespace
}  // namespace corbel::giop
