#include <orb/giop/header.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

constexpr std::size_t kCap = 64u << 20;

class AnyHeader : public EveryFlavour {};
INSTANTIATE_TEST_SUITE_P(Every, AnyHeader, kEveryFlavour);

Result<MessageHeader> parse(std::string_view text, std::size_t max_size = kCap) {
  const auto octets = testing::octets(text);
  return parse_header(std::span(octets).first<kHeaderSize>(), max_size);
}

TEST_P(AnyHeader, SaysVersionOrderTypeAndSize) {
  const auto message = GetParam().sample("request");

  const auto header = parse_header(std::span(message).first<kHeaderSize>(), kCap);

  ASSERT_TRUE(header);
  EXPECT_EQ(header->version, GetParam().version());
  EXPECT_EQ(header->order, GetParam().order);
  EXPECT_EQ(header->type, MessageType::request);
  EXPECT_FALSE(header->more_fragments);
  EXPECT_EQ(header->message_size(), message.size());
}

TEST(Header, NothingButGiopIsRead) {
  EXPECT_EQ(parse("47 49 4f 51 01 02 00 00 00 00 00 00").error(), Error::bad_magic);
  EXPECT_EQ(parse("48 54 54 50 2f 31 2e 31 20 32 30 30").error(), Error::bad_magic);
  EXPECT_EQ(parse("5a 49 4f 50 01 02 00 00 00 00 00 00").error(), Error::bad_magic);
}

TEST(Header, VersionsAboveOursAreRefused) {
  EXPECT_EQ(parse("47 49 4f 50 01 03 00 00 00 00 00 00").error(), Error::unsupported_version);
  EXPECT_EQ(parse("47 49 4f 50 02 00 00 00 00 00 00 00").error(), Error::unsupported_version);
  EXPECT_EQ(parse("47 49 4f 50 00 09 00 00 00 00 00 00").error(), Error::unsupported_version);
}

TEST(Header, TheCapIsForTheWholeMessage) {
  EXPECT_TRUE(parse("47 49 4f 50 01 02 00 00 00 00 00 58", 100));
  EXPECT_EQ(parse("47 49 4f 50 01 02 00 00 00 00 00 59", 100).error(), Error::too_large);
  EXPECT_EQ(parse("47 49 4f 50 01 02 01 00 ff ff ff ff").error(), Error::too_large);
  EXPECT_EQ(parse("47 49 4f 50 01 02 00 00 00 00 00 00", 5).error(), Error::too_large);
}

TEST(Header, TypesAreThoseOfTheVersion) {
  EXPECT_EQ(parse("47 49 4f 50 01 00 00 07 00 00 00 00").error(), Error::unknown_type);
  EXPECT_TRUE(parse("47 49 4f 50 01 01 00 07 00 00 00 00"));
  EXPECT_EQ(parse("47 49 4f 50 01 02 00 08 00 00 00 00").error(), Error::unknown_type);
  EXPECT_EQ(parse("47 49 4f 50 01 02 00 ff 00 00 00 00").error(), Error::unknown_type);
}

TEST(Header, Version10KnowsNoFlagsButTheByteOrder) {
  EXPECT_EQ(parse("47 49 4f 50 01 00 02 00 00 00 00 00").error(), Error::bad_flags);
  EXPECT_EQ(parse("47 49 4f 50 01 00 03 00 00 00 00 00").error(), Error::bad_flags);
}

TEST(Header, OnlySomeTypesHaveFragments) {
  EXPECT_TRUE(parse("47 49 4f 50 01 01 02 00 00 00 00 00")->more_fragments);
  EXPECT_TRUE(parse("47 49 4f 50 01 01 02 01 00 00 00 00")->more_fragments);
  EXPECT_EQ(parse("47 49 4f 50 01 01 02 03 00 00 00 00").error(), Error::unexpected_fragments);
  EXPECT_TRUE(parse("47 49 4f 50 01 02 02 03 00 00 00 00")->more_fragments);
  EXPECT_TRUE(parse("47 49 4f 50 01 02 02 04 00 00 00 00")->more_fragments);
  EXPECT_EQ(parse("47 49 4f 50 01 02 02 02 00 00 00 00").error(), Error::unexpected_fragments);
  EXPECT_EQ(parse("47 49 4f 50 01 02 02 05 00 00 00 00").error(), Error::unexpected_fragments);
}

TEST(Header, ErrorsSayWhatIsWrong) {
  const boost::system::error_code error = Error::bad_magic;

  EXPECT_EQ(error.message(), "this is no GIOP message");
  EXPECT_STREQ(error.category().name(), "giop");
}

TEST(Header, SeveralMessagesFollowEachOtherInOneEncoder) {
  cdr::Encoder encoder;
  for (const int octets : {3, 0, 9}) {
    begin_message(encoder, MessageType::request);
    for (int i = 0; i < octets; ++i) encoder.write(std::uint8_t{1});
    encoder.write(std::uint32_t{7});  // aligned from the start of its own message
    finish_message(encoder);
  }

  const auto whole = encoder.copy();
  const auto messages = split(whole);

  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0].size(), 12u + 8u);
  EXPECT_EQ(messages[1].size(), 12u + 4u);
  EXPECT_EQ(messages[2].size(), 12u + 16u);
}

TEST(Body, IsAlignedTo8InVersion12Only) {
  for (std::uint8_t minor = 0; minor <= 2; ++minor) {
    cdr::Encoder encoder;
    begin_message(encoder, MessageType::reply, {1, minor});
    write_body(encoder, [](cdr::Encoder& body) { body.write(std::uint8_t{1}); });

    EXPECT_EQ(encoder.size(), minor == 2 ? 17u : 13u);
  }
}

TEST(Body, TakesItsPaddingBackWhenItIsEmpty) {
  cdr::Encoder encoder;
  begin_message(encoder, MessageType::reply);
  write_body(encoder, [](cdr::Encoder&) {});
  finish_message(encoder);

  EXPECT_EQ(encoder.size(), kHeaderSize);
  EXPECT_EQ(header_of(encoder.octets()).size, 0u);
}

TEST(Body, TakesItsPaddingBackBehindOctetsThatAreSentFromWhereTheyAre) {
  const std::vector<std::uint8_t> large(99'999);
  cdr::Encoder encoder;
  encoder.allow_references(true);
  begin_message(encoder, MessageType::reply);
  encoder.write_array(std::span<const std::uint8_t>(large));
  const std::size_t before = encoder.size();

  write_body(encoder, [](cdr::Encoder&) {});

  EXPECT_EQ(encoder.size(), before);
}

}  // namespace
}  // namespace corbel::giop
