#include <orb/giop/fragment.hpp>

#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

Limits small_limits() {
  Limits limits;
  limits.message_size = 4096;
  limits.fragmented_messages = 3;
  limits.small_fragments = 8;
  limits.fragment_average = 16;
  return limits;
}

Result<std::optional<WholeMessage>> add(Reassembler& reassembler,
                                        std::span<const std::byte> message) {
  return reassembler.add(header_of(message), message);
}

/// A Request (with more fragments) or Fragment of GIOP 1.2: `payload` octets after the request id.
std::vector<std::byte> piece(MessageType type, std::uint32_t id, std::size_t payload, bool more,
                             GiopVersion version = {1, 2},
                             cdr::ByteOrder order = cdr::kNativeOrder) {
  cdr::Encoder encoder({.order = order});
  begin_message(encoder, type, version);
  if (version >= GiopVersion{1, 2}) encoder.write(id);
  for (std::size_t i = 0; i < payload; ++i) encoder.write(static_cast<std::uint8_t>(i));
  if (more) encoder.patch_octet(6, static_cast<std::uint8_t>(static_cast<unsigned>(order) | 2));
  finish_message(encoder);
  return encoder.copy();
}
std::vector<std::byte> first(std::uint32_t id, std::size_t payload = 4) {
  return piece(MessageType::request, id, payload, true);
}
std::vector<std::byte> next(std::uint32_t id, std::size_t payload = 4) {
  return piece(MessageType::fragment, id, payload, true);
}
std::vector<std::byte> last(std::uint32_t id, std::size_t payload = 4) {
  return piece(MessageType::fragment, id, payload, false);
}

class Fragments : public ::testing::TestWithParam<const char*> {
 protected:
  std::vector<std::byte> sample(const std::string& name) const {
    return testing::wire_sample(name + "_" + GetParam());
  }
};
INSTANTIATE_TEST_SUITE_P(BothOrders, Fragments, ::testing::Values("big", "little"));

TEST_P(Fragments, Of12GiveTheMessageThatWasCut) {
  Reassembler reassembler{Limits()};
  const auto octets = sample("fragments_12");
  const auto messages = split(octets);

  EXPECT_FALSE(add(reassembler, messages[0]).value());
  EXPECT_FALSE(add(reassembler, messages[1]).value());
  EXPECT_EQ(reassembler.open_messages(), 1u);
  const auto whole = add(reassembler, messages[2]).value();

  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->octets, sample("fragments_12_whole"));
  EXPECT_TRUE(whole->fragment_starts.empty());
  EXPECT_FALSE(whole->header.more_fragments);
  EXPECT_EQ(whole->header.message_size(), whole->octets.size());
  EXPECT_EQ(reassembler.open_messages(), 0u);
  EXPECT_EQ(reassembler.buffered_octets(), 0u);
}

TEST_P(Fragments, Of11AreDecodedWithTheAlignmentOfEach) {
  Reassembler reassembler{Limits()};
  const auto octets = sample("fragments_11");
  std::optional<WholeMessage> whole;
  for (const auto& message : split(octets)) whole = add(reassembler, message).value();
  ASSERT_TRUE(whole);

  auto decoder = message_decoder(whole->octets, whole->header, {}, {}, whole->fragment_starts);
  RequestHeader request;
  ASSERT_TRUE(decode_request_header(decoder, request));
  EXPECT_EQ(request.operation, "put");
  std::vector<double> doubles(decoder.read_count(8, 8, true));
  decoder.read_array(std::span(doubles));
  EXPECT_EQ(doubles, (std::vector<double>{1.0, 2.0, 3.0}));
  EXPECT_EQ(decoder.read<std::uint8_t>(), 5);
  EXPECT_EQ(decoder.read<std::uint8_t>(), 6);
  EXPECT_EQ(decoder.read<std::uint32_t>(), 0x01020304u);
  EXPECT_EQ(decoder.read_string(), "hello, world");
  EXPECT_EQ(decoder.read<std::uint64_t>(), 0x1122334455667788u);
  EXPECT_EQ(decoder.remaining(), 0u);
  EXPECT_FALSE(decoder.failed()) << decoder.failure();
}

TEST(Reassembler, ConcernsFragmentsAndWhatHasThem) {
  EXPECT_TRUE(Reassembler::concerns(header_of(first(1))));
  EXPECT_TRUE(Reassembler::concerns(header_of(last(1))));
  EXPECT_FALSE(Reassembler::concerns(header_of(testing::wire_sample("request_12_big"))));
}

TEST(Reassembler, MessagesOf12Interleave) {
  Reassembler reassembler{Limits()};

  for (const std::uint32_t id : {1u, 2u, 3u}) EXPECT_FALSE(add(reassembler, first(id)).value());
  for (const std::uint32_t id : {3u, 1u, 2u}) EXPECT_FALSE(add(reassembler, next(id, 12)).value());
  for (const std::uint32_t id : {2u, 3u, 1u}) {
    const auto whole = add(reassembler, last(id, id)).value();

    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->octets.size(), 12u + 4 + 4 + 12 + id);
  }
  EXPECT_EQ(reassembler.buffered_octets(), 0u);
}

TEST(Reassembler, AMessageOf11AndSomeOf12MayBeOpenTogether) {
  Reassembler reassembler{Limits()};
  const GiopVersion v11{1, 1};

  EXPECT_TRUE(add(reassembler, piece(MessageType::reply, 0, 20, true, v11)));
  EXPECT_TRUE(add(reassembler, first(5)));
  EXPECT_TRUE(add(reassembler, last(5)).value());
  EXPECT_TRUE(add(reassembler, piece(MessageType::fragment, 0, 5, false, v11)).value());
}

TEST(Reassembler, AnEmptyLastFragmentEndsAMessage) {
  Reassembler reassembler{Limits()};
  add(reassembler, first(1));

  EXPECT_TRUE(add(reassembler, last(1, 0)).value());
}

TEST(Reassembler, AFragmentOfNothingIsRefused) {
  Reassembler reassembler{Limits()};

  EXPECT_EQ(add(reassembler, last(1)).error(), Error::stray_fragment);
  EXPECT_EQ(add(reassembler, piece(MessageType::fragment, 0, 4, false, {1, 1})).error(),
            Error::stray_fragment);
}

TEST(Reassembler, AMessageIsNotBegunTwice) {
  Reassembler reassembler{Limits()};
  add(reassembler, first(1));
  add(reassembler, piece(MessageType::request, 0, 20, true, {1, 1}));

  EXPECT_EQ(add(reassembler, first(1)).error(), Error::duplicate_fragments);
  EXPECT_EQ(add(reassembler, piece(MessageType::request, 0, 20, true, {1, 1})).error(),
            Error::duplicate_fragments);
}

TEST(Reassembler, FragmentsKeepTheByteOrder) {
  const auto other =
      cdr::kNativeOrder == cdr::ByteOrder::big ? cdr::ByteOrder::little : cdr::ByteOrder::big;
  Reassembler reassembler{Limits()};
  add(reassembler, first(1));

  EXPECT_EQ(add(reassembler, piece(MessageType::fragment, 1, 4, false, {1, 2}, other)).error(),
            Error::mixed_fragments);
}

TEST(Reassembler, AnIdMustBeThere) {
  Reassembler reassembler{Limits()};
  const auto message = testing::octets("47 49 4f 50 01 02 02 00 00 00 00 03 00 00 00");
  const auto fragment = testing::octets("47 49 4f 50 01 02 00 07 00 00 00 00");

  EXPECT_EQ(add(reassembler, message).error(), Error::truncated);
  EXPECT_EQ(add(reassembler, fragment).error(), Error::truncated);
}

TEST(Reassembler, OnlySoManyMessagesAreOpen) {
  Reassembler reassembler{small_limits()};
  for (const std::uint32_t id : {1u, 2u, 3u}) add(reassembler, first(id));

  EXPECT_EQ(add(reassembler, first(4)).error(), Error::too_many_fragmented);
  EXPECT_TRUE(add(reassembler, last(1)).value());
  EXPECT_TRUE(add(reassembler, first(4)));
}

TEST(Reassembler, FragmentsTogetherStayBelowTheCap) {
  Reassembler one{small_limits()};
  EXPECT_TRUE(add(one, first(1, 4000)));
  EXPECT_EQ(add(one, last(1, 100)).error(), Error::fragments_too_large);

  Reassembler several{small_limits()};
  EXPECT_TRUE(add(several, first(1, 2000)));
  EXPECT_TRUE(add(several, first(2, 2000)));
  EXPECT_EQ(add(several, first(3, 2000)).error(), Error::fragments_too_large);
}

TEST(Reassembler, ManySmallFragmentsAreRefusedAtLast) {
  Reassembler reassembler{small_limits()};
  add(reassembler, first(1, 0));
  for (int i = 2; i <= 8; ++i) EXPECT_TRUE(add(reassembler, next(1, 1))) << i;

  EXPECT_EQ(add(reassembler, next(1, 1)).error(), Error::fragments_too_small);
}

TEST(Reassembler, ManyFragmentsOfAFairSizeAreTaken) {
  Reassembler reassembler{Limits()};
  add(reassembler, first(1, 8188));
  for (int i = 0; i < 1955; ++i) ASSERT_TRUE(add(reassembler, next(1, 8192)));

  EXPECT_EQ(add(reassembler, last(1, 1)).value()->octets.size(), 12u + 4 + 8188 + 1955 * 8192 + 1);
}

TEST(Reassembler, CancellingForgetsTheRequestAndIgnoresItsRest) {
  Reassembler reassembler{Limits()};
  add(reassembler, first(1, 100));

  reassembler.cancel(1);

  EXPECT_EQ(reassembler.open_messages(), 0u);
  EXPECT_EQ(reassembler.buffered_octets(), 0u);
  EXPECT_FALSE(add(reassembler, next(1)).value());
  EXPECT_FALSE(add(reassembler, last(1)).value());
  EXPECT_EQ(add(reassembler, last(1)).error(), Error::stray_fragment);
}

TEST(Reassembler, CancellingWorksIn11Too) {
  Reassembler reassembler{Limits()};
  cdr::Encoder encoder;
  begin_message(encoder, MessageType::request, {1, 1});
  write_request_header(encoder, 77, ResponseKind::target, "key", "operation");
  encoder.patch_octet(6, static_cast<std::uint8_t>(static_cast<unsigned>(cdr::kNativeOrder) | 2));
  finish_message(encoder);
  add(reassembler, encoder.octets());

  reassembler.cancel(76);
  EXPECT_EQ(reassembler.open_messages(), 1u);
  reassembler.cancel(77);

  EXPECT_EQ(reassembler.open_messages(), 0u);
  EXPECT_FALSE(add(reassembler, piece(MessageType::fragment, 0, 4, true, {1, 1})).value());
  EXPECT_FALSE(add(reassembler, piece(MessageType::fragment, 0, 4, false, {1, 1})).value());
  EXPECT_EQ(add(reassembler, piece(MessageType::fragment, 0, 4, false, {1, 1})).error(),
            Error::stray_fragment);
}

TEST(Reassembler, CancellingLeavesRepliesAlone) {
  Reassembler reassembler{Limits()};
  add(reassembler, piece(MessageType::reply, 1, 4, true));

  reassembler.cancel(1);
  reassembler.cancel(99);

  EXPECT_TRUE(add(reassembler, last(1)).value());
}

TEST(Reassembler, TheIdOfACancelledRequestMayBeUsedAgain) {
  Reassembler reassembler{Limits()};
  add(reassembler, first(1));
  reassembler.cancel(1);

  EXPECT_TRUE(add(reassembler, first(1)));
  EXPECT_TRUE(add(reassembler, last(1)).value());
}

TEST(Reassembler, RemembersOnlySoManyCancelledRequests) {
  Reassembler reassembler{small_limits()};
  for (std::uint32_t id = 0; id < 100; ++id) {
    ASSERT_TRUE(add(reassembler, first(id)));
    reassembler.cancel(id);
  }

  EXPECT_EQ(add(reassembler, last(0)).error(), Error::stray_fragment);
  EXPECT_FALSE(add(reassembler, last(99)).value());
}

}  // namespace
}  // namespace corbel::giop
