#include <orb/giop/fragmented_message.hpp>

#include <corbel/stub/type.hpp>
#include <orb/giop/fragment.hpp>
#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>

#include <random>

#include "messages.hpp"

namespace corbel::giop {
namespace {

constexpr std::size_t kSmallInterval = 8;

std::vector<std::byte> joined(const FragmentedMessage& message) {
  std::vector<std::byte> octets;
  for (const auto piece : message.pieces()) octets.insert(octets.end(), piece.begin(), piece.end());
  return octets;
}

std::optional<WholeMessage> reassemble(std::span<const std::byte> octets) {
  Limits limits;
  limits.small_fragments = 1'000'000;
  Reassembler reassembler{limits};
  std::optional<WholeMessage> whole;
  for (const auto message : split(octets)) {
    EXPECT_FALSE(whole) << "something follows the last fragment";
    if (!Reassembler::concerns(header_of(message))) {
      WholeMessage alone{{}, header_of(message), {}};
      alone.octets.append(message);
      return alone;
    }
    auto added = reassembler.add(header_of(message), message);
    if (!added) return std::nullopt;
    whole = *std::move(added);
  }
  return whole;
}

/// Values of every size in a random order, written and read back.
class Values {
 public:
  explicit Values(unsigned seed) : random_(seed), texts_{"", "abc", std::string(3000, 't')} {
    for (unsigned i = 0; i < 300; ++i) kinds_.push_back(random_() % 8);
  }

  void write(cdr::Encoder& encoder) const {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      switch (kinds_[i]) {
        case 0:
          encoder.write(static_cast<std::uint8_t>(i));
          break;
        case 1:
          encoder.write(static_cast<std::uint16_t>(i));
          break;
        case 2:
          encoder.write(static_cast<std::uint32_t>(i));
          break;
        case 3:
          encoder.write(static_cast<std::uint64_t>(i));
          break;
        case 4:
          encoder.write_string(texts_[i % 3]);
          break;
        case 5:
          encoder.write_array(std::span<const double>(doubles_));
          break;
        case 6:
          encoder.write_array(std::span<const std::int32_t>(longs_));
          break;
        default:
          encoder.write_sequence(std::span<const std::uint8_t>(octets_));
          break;
      }
    }
  }

  void check(cdr::Decoder& decoder) const {
    for (std::size_t i = 0; i < kinds_.size() && !decoder.failed(); ++i) {
      switch (kinds_[i]) {
        case 0:
          ASSERT_EQ(decoder.read<std::uint8_t>(), static_cast<std::uint8_t>(i));
          break;
        case 1:
          ASSERT_EQ(decoder.read<std::uint16_t>(), i);
          break;
        case 2:
          ASSERT_EQ(decoder.read<std::uint32_t>(), i);
          break;
        case 3:
          ASSERT_EQ(decoder.read<std::uint64_t>(), i);
          break;
        case 4:
          ASSERT_EQ(decoder.read_string(), texts_[i % 3]);
          break;
        case 5:
          check_array(decoder, doubles_);
          break;
        case 6:
          check_array(decoder, longs_);
          break;
        default:
          ASSERT_EQ(decoder.read_count(1, 1, true), octets_.size());
          check_array(decoder, octets_);
      }
    }
    EXPECT_FALSE(decoder.failed()) << decoder.failure();
    EXPECT_EQ(decoder.remaining(), 0u);
  }

 private:
  template <class T>
  static void check_array(cdr::Decoder& decoder, const std::vector<T>& expected) {
    std::vector<T> read(expected.size());
    decoder.read_array(std::span(read));
    ASSERT_EQ(read, expected);
  }

  std::mt19937 random_;
  std::vector<unsigned> kinds_;
  std::vector<std::string> texts_;
  std::vector<double> doubles_ = {1.5, -2.5, 3.5, 4.25, 0.0};
  std::vector<std::int32_t> longs_ = {1, -2, 3, 4, 5, 6, 7};
  std::vector<std::uint8_t> octets_ = std::vector<std::uint8_t>(20'000, 9);
};

cdr::Encoder request_of(const Values& values, GiopVersion version, cdr::ByteOrder order,
                        bool references) {
  cdr::Encoder encoder({.order = order});
  encoder.allow_references(references);
  begin_message(encoder, MessageType::request, version);
  if (version == GiopVersion{1, 1}) encoder.note_cuts(kSmallInterval);
  write_request_header(encoder, 7, ResponseKind::target, "key", "operation");
  write_body(encoder, [&](cdr::Encoder& body) { values.write(body); });
  finish_message(encoder);
  return encoder;
}

class Sending : public ::testing::TestWithParam<Flavour> {};
INSTANTIATE_TEST_SUITE_P(Versions, Sending,
                         ::testing::Values(Flavour{1, cdr::ByteOrder::big},
                                           Flavour{1, cdr::ByteOrder::little},
                                           Flavour{2, cdr::ByteOrder::big},
                                           Flavour{2, cdr::ByteOrder::little}));

TEST_P(Sending, FragmentsOfAnySizeGiveTheValuesBack) {
  for (std::size_t size = 24; size < 120'000; size = size * 3 / 2 + 1) {
    const Values values(static_cast<unsigned>(size));
    for (const bool references : {false, true}) {
      const auto message = request_of(values, GetParam().version(), GetParam().order, references);
      ASSERT_TRUE(FragmentedMessage::concerns(message, size));
      const FragmentedMessage fragments(message, size);
      const auto octets = joined(fragments);
      EXPECT_EQ(octets.size(), fragments.size());

      const auto whole = reassemble(octets);

      ASSERT_TRUE(whole) << size;
      EXPECT_EQ(whole->octets, message.copy()) << size;
      auto decoder =
          message_decoder(whole->octets, whole->header, {cdr::CodeSet::utf8, cdr::CodeSet::utf16},
                          {}, whole->fragment_starts);
      RequestHeader header;
      ASSERT_TRUE(decode_request_header(decoder, header)) << size;
      EXPECT_EQ(header.operation, "operation");
      values.check(decoder);
    }
  }
}

TEST_P(Sending, FragmentsHaveTheSizeThatWasAskedFor) {
  const Values values(1);
  const auto message = request_of(values, GetParam().version(), GetParam().order, true);

  const auto octets = joined(FragmentedMessage(message, 2050));

  const auto fragments = split(octets);
  ASSERT_GT(fragments.size(), 10u);
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const auto header = header_of(fragments[i]);
    const bool is_last = i + 1 == fragments.size();
    EXPECT_EQ(header.more_fragments, !is_last);
    EXPECT_EQ(header.type, i == 0 ? MessageType::request : MessageType::fragment);
    EXPECT_EQ(header.version, GetParam().version());
    EXPECT_EQ(header.order, GetParam().order);
    EXPECT_LE(header.message_size(), 2050u);
    if (is_last || GetParam().minor == 1) continue;
    EXPECT_EQ(header.message_size(), 2048u);
  }
}

TEST_P(Sending, LookAsTheSpecificationSays) {
  auto encoder = GetParam().encoder();
  begin_message(encoder, MessageType::request, GetParam().version());
  if (GetParam().minor == 1) encoder.note_cuts(kSmallInterval);
  write_request_header(encoder, 7, ResponseKind::target, std::string_view("\0k\xff", 3), "put");
  write_body(encoder, [&](cdr::Encoder& body) {
    if (GetParam().minor == 2) {
      body.write_sequence(std::span<const double>(std::array{1.0, 2.0, 3.0}));
      return;
    }
    body.write_count(2);
    for (const auto& [x, y] : {std::pair{1, -2}, std::pair{3, 4}}) {
      body.write(static_cast<std::int16_t>(x));
      body.write(static_cast<std::int64_t>(y));
    }
    body.write(std::uint32_t{5});
    body.write_string("hello, world");
  });
  finish_message(encoder);

  const auto octets = joined(FragmentedMessage(encoder, GetParam().minor == 1 ? 56 : 40));

  const std::string order = GetParam().order == cdr::ByteOrder::big ? "big" : "little";
  EXPECT_EQ(octets,
            testing::wire_sample(
                (GetParam().minor == 1 ? "fragments_11_sent_" : "fragments_12_sent_") + order));
}

TEST(FragmentedMessage, LargeValuesAreNotCopied) {
  const std::vector<std::uint8_t> value(1'000'000, 5);
  cdr::Encoder encoder;
  encoder.allow_references(true);
  begin_message(encoder, MessageType::reply);
  write_reply_header(encoder, 8, ReplyStatus::no_exception);
  write_body(encoder, [&](cdr::Encoder& body) {
    body.write_sequence(std::span<const std::uint8_t>(value));
  });
  finish_message(encoder);

  const FragmentedMessage fragments(encoder, 4096);

  const auto* begin = reinterpret_cast<const std::byte*>(value.data());
  std::size_t where_it_lies = 0;
  for (const auto piece : fragments.pieces()) {
    const bool inside = piece.data() >= begin && piece.data() < begin + value.size();
    if (inside) where_it_lies += piece.size();
  }
  EXPECT_EQ(where_it_lies, value.size());
}

TEST(FragmentedMessage, ConcernsOnlyWhatMayHaveFragmentsAndIsTooLarge) {
  const auto message = [](MessageType type, GiopVersion version, std::size_t size) {
    cdr::Encoder encoder;
    begin_message(encoder, type, version);
    for (std::size_t i = encoder.size(); i < size; ++i) encoder.write(std::uint8_t{0});
    finish_message(encoder);
    return encoder;
  };
  using enum MessageType;
  EXPECT_TRUE(FragmentedMessage::concerns(message(request, {1, 2}, 101), 100));
  EXPECT_TRUE(FragmentedMessage::concerns(message(reply, {1, 1}, 101), 100));
  EXPECT_TRUE(FragmentedMessage::concerns(message(locate_reply, {1, 2}, 101), 100));
  EXPECT_FALSE(FragmentedMessage::concerns(message(locate_reply, {1, 1}, 101), 100));
  EXPECT_FALSE(FragmentedMessage::concerns(message(request, {1, 0}, 101), 100));
  EXPECT_FALSE(FragmentedMessage::concerns(message(request, {1, 2}, 100), 100));
  EXPECT_FALSE(FragmentedMessage::concerns(message(request, {1, 2}, 101), 0));
}

// Its elements would be broken, or aligned in one way of counting only.
TEST(FragmentedMessage, AnArrayOfEightOctetElementsIsNotCutIn11) {
  const std::vector<double> values(10'000, 2.5);
  cdr::Encoder encoder;
  begin_message(encoder, MessageType::request, {1, 1});
  write_request_header(encoder, 7, ResponseKind::target, "key", "put");
  write_body(encoder, [&](cdr::Encoder& body) {
    body.write_string(std::string(5000, 'a'));
    body.write_sequence(std::span<const double>(values));
    body.write_string(std::string(5000, 'b'));
  });
  finish_message(encoder);

  const auto octets = joined(FragmentedMessage(encoder, 4096));

  std::size_t large = 0;
  for (const auto fragment : split(octets)) large += fragment.size() > 4096 ? 1 : 0;
  EXPECT_EQ(large, 1u);
  const auto whole = reassemble(octets);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->octets, encoder.copy());
}

}  // namespace
}  // namespace corbel::giop
