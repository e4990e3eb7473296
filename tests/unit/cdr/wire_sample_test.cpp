#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <orb/cdr/transcoder.hpp>
#include <tests/support/wire_sample.hpp>

#include <limits>
#include <string>

/// What we read and write against octets worked out by hand from the specification
/// (tests/wire/cdr_*.txt), in both byte orders.
namespace corbel {
namespace {

using cdr::ByteOrder;
using cdr::CodeSet;
using cdr::Decoder;
using cdr::Encoder;
using cdr::Encoding;
using enum TCKind;

class CdrSample : public ::testing::TestWithParam<ByteOrder> {
 protected:
  Encoding encoding(std::uint8_t minor = 2) const {
    return {GetParam(), {1, minor}, CodeSet::utf8, CodeSet::utf16};
  }
  static std::string suffix(ByteOrder order) {
    return order == ByteOrder::big ? "_big" : "_little";
  }
  ByteOrder other() const {
    return GetParam() == ByteOrder::big ? ByteOrder::little : ByteOrder::big;
  }

  static std::vector<std::byte> sample(const std::string& name, ByteOrder order) {
    return corbel::testing::wire_sample(name + suffix(order));
  }
  std::vector<std::byte> sample(const std::string& name) const { return sample(name, GetParam()); }

  static std::vector<std::byte> transcoded(const TypeCode& type, const std::vector<std::byte>& wire,
                                           const Encoding& from, const Encoding& to) {
    Decoder decoder(wire, from);
    Encoder encoder(to);
    cdr::transcode(type, decoder, encoder);
    EXPECT_FALSE(decoder.failed()) << decoder.failure() << " at " << decoder.failure_position();
    EXPECT_EQ(decoder.remaining(), 0u);
    return encoder.copy();
  }
  // Every sample that we would write like that ourselves must come out the same in either order.
  void expect_both_ways(const std::string& name, const TypeCode& type) const {
    Encoding to = encoding();
    to.order = other();
    EXPECT_EQ(transcoded(type, sample(name), encoding(), to), sample(name, other())) << name;
    EXPECT_EQ(transcoded(type, sample(name), encoding(), encoding()), sample(name)) << name;
  }
};

INSTANTIATE_TEST_SUITE_P(BothOrders, CdrSample,
                         ::testing::Values(ByteOrder::big, ByteOrder::little),
                         [](const auto& order) {
                           return order.param == ByteOrder::big ? "Big" : "Little";
                         });

TEST_P(CdrSample, BasicTypesAreReadWhereTheyStand) {
  const auto wire = sample("cdr_basic");
  Decoder decoder(wire, encoding());

  EXPECT_EQ(decoder.read<std::uint8_t>(), 0xab);
  EXPECT_EQ(decoder.read<std::int16_t>(), -2);
  EXPECT_TRUE(decoder.read<bool>());
  EXPECT_EQ(decoder.read<std::uint16_t>(), 65535);
  EXPECT_EQ(decoder.read<std::int32_t>(), -100000);
  EXPECT_EQ(decoder.read_char(), 'x');
  EXPECT_EQ(decoder.read<std::int64_t>(), -(std::int64_t{1} << 40));
  EXPECT_FALSE(decoder.read<bool>());
  EXPECT_EQ(decoder.read<std::uint32_t>(), 4000000000u);
  EXPECT_EQ(decoder.read<std::uint64_t>(), std::uint64_t{1} << 63);
  EXPECT_EQ(decoder.read<std::uint8_t>(), 7);
  EXPECT_EQ(decoder.read<float>(), 0.5f);
  EXPECT_EQ(decoder.read<double>(), -2.25);
  EXPECT_EQ(decoder.read_string(), "h\u00e9llo");
  EXPECT_EQ(decode<std::vector<double>>(decoder), (std::vector<double>{1.0, 2.0}));
  EXPECT_FALSE(decoder.failed()) << decoder.failure();
  EXPECT_EQ(decoder.remaining(), 0u);
}

TEST_P(CdrSample, BasicTypesAreWrittenAsInTheSample) {
  Encoder encoder(encoding());

  encoder.write(std::uint8_t{0xab});
  encoder.write(std::int16_t{-2});
  encoder.write(true);
  encoder.write(std::uint16_t{65535});
  encoder.write(std::int32_t{-100000});
  encoder.write_char('x');
  encoder.write(-(std::int64_t{1} << 40));
  encoder.write(false);
  encoder.write(std::uint32_t{4000000000});
  encoder.write(std::uint64_t{1} << 63);
  encoder.write(std::uint8_t{7});
  encoder.write(0.5f);
  encoder.write(-2.25);
  encoder.write_string("h\u00e9llo");
  encode(encoder, std::vector<double>{1.0, 2.0});

  EXPECT_EQ(encoder.copy(), sample("cdr_basic"));
}

TEST_P(CdrSample, PaddingMayHoldAnything) {
  const auto wire = sample("cdr_dirty_padding");
  Decoder decoder(wire, encoding());

  EXPECT_EQ(decoder.read<std::uint8_t>(), 1);
  EXPECT_EQ(decoder.read<std::int32_t>(), 5);
}

TEST_P(CdrSample, AStringOfLengthZeroIsEmpty) {
  const auto wire = sample("cdr_string_length_zero");
  Decoder decoder(wire, encoding());

  EXPECT_EQ(decoder.read_string(), "");
  EXPECT_EQ(decoder.read_string(), "after");
  EXPECT_FALSE(decoder.failed());
}

TEST_P(CdrSample, WideTextOfGiop11FollowsTheStream) {
  const auto wire = sample("cdr_wide_11");
  Decoder decoder(wire, encoding(1));
  Encoder encoder(encoding(1));

  EXPECT_EQ(decoder.read<std::uint8_t>(), 9);
  EXPECT_EQ(decoder.read_wchar(), u'\u20ac');
  EXPECT_EQ(decoder.read_wstring(), u"a\U0001f600");
  EXPECT_FALSE(decoder.failed()) << decoder.failure();

  encoder.write(std::uint8_t{9});
  encoder.write(u'\u20ac');
  encoder.write_wstring(u"a\U0001f600");
  EXPECT_EQ(encoder.copy(), wire);
}

TEST_P(CdrSample, WideTextOfGiop12IsBigEndian) {
  Encoder encoder(encoding());

  encoder.write(std::uint8_t{9});
  encoder.write(u'\u20ac');
  encoder.write_wstring(u"a\U0001f600");
  encoder.write(std::uint8_t{3});

  EXPECT_EQ(encoder.copy(), sample("cdr_wide_12"));
}

TEST_P(CdrSample, WideTextOfGiop12IsReadWithAndWithoutByteOrderMark) {
  for (const char* name : {"cdr_wide_12", "cdr_wide_12_marked_big", "cdr_wide_12_marked_little"}) {
    const auto wire = sample(name);
    Decoder decoder(wire, encoding());

    EXPECT_EQ(decoder.read<std::uint8_t>(), 9);
    EXPECT_EQ(decoder.read_wchar(), u'\u20ac') << name;
    EXPECT_EQ(decoder.read_wstring(), u"a\U0001f600") << name;
    EXPECT_EQ(decoder.read<std::uint8_t>(), 3);
    EXPECT_FALSE(decoder.failed()) << name << ": " << decoder.failure();
  }
}

TEST_P(CdrSample, LongDoubleIsBinary128) {
  const auto wire = sample("cdr_long_double");
  Decoder decoder(wire, encoding());

  EXPECT_EQ(decoder.read<std::uint8_t>(), 1);
  EXPECT_EQ(decoder.read_long_double(), 1.0L);
  EXPECT_EQ(decoder.read_long_double(), -3.0L);
  EXPECT_EQ(decoder.read_long_double(), std::numeric_limits<long double>::infinity());
  EXPECT_EQ(decoder.read_long_double(), 1.6L);
  EXPECT_EQ(decoder.read_long_double(), 0.0L);
  EXPECT_FALSE(decoder.failed());
}

TEST_P(CdrSample, LongDoubleKeepsEveryBitOnItsWayThrough) {
  const auto type =
      TypeCode::structure("", "", {{"o", tk_octet}, {"v", TypeCode::array(tk_longdouble, 5)}});

  expect_both_ways("cdr_long_double", type);
}

TypeCode node_type() {
  return TypeCode::structure(
      "IDL:Node:1.0", "Node",
      {{"value", tk_long}, {"next", TypeCode::sequence(TypeCode::recursive("IDL:Node:1.0"))}});
}

TEST_P(CdrSample, ARecursiveTypeCodeIsReadAndWritten) {
  const auto wire = sample("cdr_typecode_recursive");
  Decoder decoder(wire, encoding());
  Encoder encoder(encoding());

  const TypeCode type = TypeCode::decode(decoder);
  node_type().encode(encoder);

  EXPECT_FALSE(decoder.failed()) << decoder.failure();
  EXPECT_TRUE(type.equal(node_type()));
  EXPECT_TRUE(type.member_type(1).content_type().equal(type));
  EXPECT_EQ(encoder.copy(), wire);
}

TEST_P(CdrSample, AnysOfTypesWithoutStubPassThrough) {
  for (const char* name : {"cdr_any_recursive", "cdr_any_union", "cdr_any_fixed"}) {
    const auto wire = sample(name);
    Decoder decoder(wire, encoding());
    Encoder encoder(encoding());

    const Any any = Any::decode(decoder);
    any.encode(encoder);

    EXPECT_FALSE(decoder.failed()) << name << ": " << decoder.failure();
    EXPECT_EQ(encoder.copy(), wire) << name;
    expect_both_ways(name, tk_any);
  }
}

TEST_P(CdrSample, SharedAndCircularValuesKeepTheirShape) {
  const auto cell =
      TypeCode::value("IDL:Cell:1.0", "Cell", 0, TypeCode(),
                      {{"content", tk_long}, {"next", TypeCode::recursive("IDL:Cell:1.0")}});

  expect_both_ways("cdr_value_shared", TypeCode::sequence(cell));
}

TEST_P(CdrSample, ATruncatableValueIsCutDownToTheKnownBase) {
  const auto base = TypeCode::value("IDL:Base:1.0", "Base", 3, TypeCode(), {{"a", tk_long}});
  const auto wire = sample("cdr_value_truncated");
  Decoder decoder(wire, encoding());
  Encoder encoder;

  cdr::transcode(base, decoder, encoder);

  EXPECT_FALSE(decoder.failed()) << decoder.failure() << " at " << decoder.failure_position();
  EXPECT_EQ(decoder.read<std::uint8_t>(), 0x55);
  Encoder expected;
  expected.write(std::uint32_t{0x7fffff0a});
  expected.write_string("IDL:Base:1.0");
  expected.write(std::uint32_t{4});
  expected.write(std::int32_t{42});
  expected.write(std::int32_t{-1});
  EXPECT_EQ(encoder.copy(), expected.copy());
}

TEST_P(CdrSample, TextThatTheEndOfAChunkCutsIsPutTogether) {
  const auto text = TypeCode::value("IDL:Text:1.0", "Text", 0, TypeCode(),
                                    {{"text", TypeCode::string()}, {"number", tk_long}});
  Encoder expected;
  expected.write(std::uint32_t{0x7fffff0a});
  expected.write_string("IDL:Text:1.0");
  expected.write(std::uint32_t{16});
  expected.write_string("hello");
  expected.write(std::int32_t{9});
  expected.write(std::int32_t{-1});

  EXPECT_EQ(transcoded(text, sample("cdr_value_cut_text"), encoding(), {}), expected.copy());
}

}  // namespace
}  // namespace corbel
