#include <gtest/gtest.h>
#include <tests/support/wire_sample.hpp>
#include <tests/unit/cdr/sample_values.hpp>

#include <string>

// What values of other makers look like, good and bad, in both byte orders.
namespace corbel {
namespace {

using cdr::ByteOrder;
using cdr::Decoder;
using cdr::Encoder;
using namespace testing;
using CellPointer = std::shared_ptr<Cell>;

class ValueOctets : public ::testing::TestWithParam<ByteOrder> {
 protected:
  std::vector<std::byte> sample(const std::string& name) const {
    return wire_sample("cdr_value_" + name + (GetParam() == ByteOrder::big ? "_big" : "_little"));
  }
  cdr::Encoding encoding() const { return {GetParam(), {1, 2}}; }

  /// A Cell read from the sample, which must be good.
  CellPointer cell(const std::string& name) const {
    const auto octets = sample(name);
    Decoder decoder(octets, encoding());
    auto value = decode<CellPointer>(decoder);
    EXPECT_FALSE(decoder.failed()) << decoder.failure() << " at " << decoder.failure_position();
    EXPECT_EQ(decoder.remaining(), 0u);
    decoder.release_values();
    return value;
  }
  /// Why the sample is refused as a Cell.
  std::string refusal(const std::string& name) const {
    const auto octets = sample(name);
    Decoder decoder(octets, encoding());
    EXPECT_EQ(decode<CellPointer>(decoder), nullptr);
    return std::string(decoder.failure());
  }
};

INSTANTIATE_TEST_SUITE_P(BothOrders, ValueOctets,
                         ::testing::Values(ByteOrder::big, ByteOrder::little),
                         [](const auto& order) {
                           return order.param == ByteOrder::big ? "Big" : "Little";
                         });

TEST_P(ValueOctets, OfACycleInAChunkAreRead) {
  const auto value = cell("cycle_chunked");

  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->content, 7);
  EXPECT_EQ(value->next, value);
  break_cycles(value);
}

TEST_P(ValueOctets, MayEndSeveralValuesWithOneTag) {
  const auto value = cell("ends_together");

  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->next->next->content, 3);
  EXPECT_EQ(value->next->next->next, nullptr);
}

TEST_P(ValueOctets, MayNameACodebase) {
  const auto value = cell("codebase");

  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->content, 5);
}

TEST_P(ValueOctets, WithWrongIndirectionsAreRefused) {
  EXPECT_EQ(refusal("bad_forward"), "indirection that does not lead backward");
  EXPECT_EQ(refusal("bad_misaligned"), "value indirection to where no value starts");
  EXPECT_EQ(refusal("bad_no_value"), "value indirection to where no value starts");
  EXPECT_EQ(refusal("bad_id_indirection"), "indirection to where no repository id starts");
}

TEST_P(ValueOctets, WithWrongChunksAreRefused) {
  EXPECT_EQ(refusal("bad_chunk_length"), "chunk longer than the message");
  EXPECT_EQ(refusal("bad_chunk_cut"), "value cut by the end of a chunk");
  EXPECT_EQ(refusal("bad_chunk_long"), "value is longer than its type");
  EXPECT_EQ(refusal("bad_end_missing"), "value without its end tag");
  EXPECT_EQ(refusal("bad_end_level"), "value without its end tag");
  EXPECT_EQ(refusal("bad_unchunked"), "value without chunks inside of one with chunks");
  EXPECT_EQ(refusal("bad_header_in_chunk"), "value header inside of a chunk");
}

TEST_P(ValueOctets, WithWrongTypesAreRefused) {
  EXPECT_EQ(refusal("bad_many_ids"), "value header with a list of more than 256 types");
  EXPECT_EQ(refusal("bad_huge_list"), "value header with a list of more than 256 types");
  EXPECT_EQ(refusal("bad_flags"), "value header with unknown flags");
  EXPECT_EQ(refusal("bad_type"),
            "value of type IDL:Task:1.0, which is not known here as a IDL:Cell:1.0");
  EXPECT_EQ(refusal("bad_unknown"),
            "value of type IDL:Alien:1.0, which is not known here as a IDL:Cell:1.0");
}

TEST_P(ValueOctets, CutAnywhereAreRefused) {
  for (const char* name : {"cycle_chunked", "ends_together", "codebase"}) {
    const auto octets = sample(name);
    for (std::size_t size = 0; size < octets.size(); ++size) {
      Decoder decoder(std::span<const std::byte>(octets).first(size), encoding());
      decode<CellPointer>(decoder);
      EXPECT_TRUE(decoder.failed()) << name << " cut to " << size;
    }
  }
}

TEST_P(ValueOctets, WithAnyOctetChangedNeverHarm) {
  for (const char* name : {"cycle_chunked", "ends_together", "codebase", "shared"}) {
    auto octets = sample(name);
    for (std::byte& octet : octets) {
      const std::byte kept = octet;
      for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
        octet = static_cast<std::byte>(value);
        Decoder decoder(octets, encoding());
        const auto read = decode<CellPointer>(decoder);
        decoder.discard_values();  // cycles among them too
      }
      octet = kept;
    }
  }
}

TEST(HostileValues, OfAnotherTypeAreNotSharedByIndirection) {
  Encoder encoder;
  encode(encoder, std::make_shared<Base>());
  encoder.write(0xffffffffu);
  encoder.write(static_cast<std::uint32_t>(0) - static_cast<std::uint32_t>(encoder.size()));
  const auto octets = encoder.copy();

  Decoder decoder(octets);
  decode<std::shared_ptr<Base>>(decoder);
  ASSERT_FALSE(decoder.failed());
  EXPECT_EQ(decode<CellPointer>(decoder), nullptr);
  EXPECT_EQ(decoder.failure(),
            "value indirection to a IDL:Base:1.0 where a IDL:Cell:1.0 is expected");
}

TEST(HostileValues, InAChainOfAHundredThousandAreRefused) {
  Encoder encoder;
  for (int i = 0; i < 100'000; ++i) {
    encoder.write(0x7fffff00u);  // the declared type
    encoder.write(std::int32_t{i});
  }
  encoder.write(0u);
  const auto octets = encoder.copy();

  Decoder decoder(octets);
  EXPECT_EQ(decode<CellPointer>(decoder), nullptr);
  EXPECT_EQ(decoder.failure(), "values nest too deeply");
}

TEST(HostileValues, InGreatNumberMeetTheBudget) {
  Encoder encoder;
  encoder.write(std::uint32_t{50'000});
  for (int i = 0; i < 50'000; ++i) {
    encoder.write(0x7fffff00u);
    encoder.write(std::int32_t{i});
    encoder.write(0u);
  }
  const auto octets = encoder.copy();
  cdr::DecodeLimits limits;
  limits.objects = 60'000;  // the sequence has 50,000 elements already

  Decoder decoder(octets, {}, limits);
  decode<std::vector<CellPointer>>(decoder);
  EXPECT_EQ(decoder.failure(), "message holds too many values");
}

TEST(HostileValues, WithIdsFullOfControlCharactersMakeNoMess) {
  Encoder encoder;
  encoder.write(0x7fffff02u);
  encoder.write_string("IDL:\n\x1b[31m" + std::string(100'000, 'x'));
  const auto octets = encoder.copy();

  Decoder decoder(octets);
  decode<CellPointer>(decoder);
  EXPECT_LT(decoder.failure().size(), 300u);
  EXPECT_EQ(decoder.failure().find('\n'), std::string_view::npos);
}

}  // namespace
}  // namespace corbel
