#include <gtest/gtest.h>
#include <corbel/exceptions.hpp>
#include <corbel/stub/type.hpp>
#include <tests/support/wire_sample.hpp>

#include <numeric>

namespace corbel::cdr {
namespace {

using corbel::testing::kBig;
using corbel::testing::octets;

TEST(Encoder, PadsWithZerosFromTheOrigin) {
  Encoder encoder(kBig);
  encoder.write(std::uint8_t{1});
  encoder.set_origin(1);

  encoder.write(std::uint32_t{2});
  encoder.write(std::uint8_t{3});
  encoder.write(std::uint64_t{4});

  EXPECT_EQ(encoder.copy(), octets("01 00000002 03 000000 0000000000000004"));
}

TEST(Encoder, KeepsItsMemoryWhenCleared) {
  Encoder encoder;
  for (int i = 0; i < 1000; ++i) encoder.write(i);
  const auto* before = encoder.octets().data();

  encoder.clear();
  for (int i = 0; i < 1000; ++i) encoder.write(i);

  EXPECT_EQ(encoder.octets().data(), before);
  EXPECT_EQ(encoder.size(), 4000u);
}

TEST(Encoder, GivesVeryMuchMemoryBackWhenCleared) {
  Encoder encoder;
  const std::vector<std::uint8_t> large(4u << 20);
  encoder.write_sequence(std::span<const std::uint8_t>(large));

  encoder.clear();
  encoder.write(std::uint8_t{1});

  EXPECT_EQ(encoder.copy(), octets("01"));
}

TEST(Encoder, FillsInReservedLongsInTheStreamsOrder) {
  Encoder encoder(kBig);
  encoder.write(std::uint8_t{1});

  const std::size_t position = encoder.reserve_ulong();
  encoder.write(std::uint8_t{2});
  encoder.patch_ulong(position, 0x01020304);
  encoder.patch_octet(0, 9);

  EXPECT_EQ(encoder.copy(), octets("09 000000 01020304 02"));
}

TEST(Encoder, AlignsInsideAnEncapsulationFromItsByteOrder) {
  Encoder encoder(kBig);
  encoder.write(std::uint32_t{7});

  const auto outer = encoder.begin_encapsulation();
  encoder.write(std::uint64_t{1});
  const auto inner = encoder.begin_encapsulation();
  encoder.write(std::uint16_t{2});
  encoder.end_encapsulation(inner);
  encoder.end_encapsulation(outer);
  encoder.write(std::uint8_t{3});

  EXPECT_EQ(encoder.copy(), octets("00000007 00000018 00 00000000000000 0000000000000001"
                                   "00000004 00 00 0002 03"));
}

TEST(Encoder, LendsLargeArraysInsteadOfCopyingThem) {
  std::vector<std::uint32_t> numbers(8192);
  std::iota(numbers.begin(), numbers.end(), 0u);
  Encoder copying;
  Encoder lending;
  lending.allow_references(true);

  for (Encoder* encoder : {&copying, &lending}) {
    encoder->write(std::uint8_t{1});
    const std::size_t before = encoder->reserve_ulong();
    encoder->write_sequence(std::span<const std::uint32_t>(numbers));
    encoder->write(std::uint8_t{2});
    const std::size_t between = encoder->reserve_ulong();
    encoder->write_sequence(std::span<const std::uint32_t>(numbers));
    const std::size_t after = encoder->reserve_ulong();
    encoder->patch_ulong(before, 11);
    encoder->patch_ulong(between, 12);
    encoder->patch_ulong(after, 13);
  }
  std::vector<std::span<const std::byte>> pieces;
  lending.segments(pieces);

  EXPECT_TRUE(lending.has_external());
  EXPECT_FALSE(copying.has_external());
  EXPECT_EQ(pieces.size(), 5u);
  EXPECT_EQ(static_cast<const void*>(pieces[1].data()), numbers.data());
  EXPECT_EQ(lending.size(), copying.size());
  EXPECT_EQ(lending.copy(), copying.copy());
}

TEST(Encoder, SwapsArraysForTheOtherOrder) {
  Encoder encoder(kBig);

  encode(encoder, std::vector<std::uint16_t>{1, 2});
  encode(encoder, std::array<std::uint32_t, 1>{3});

  EXPECT_EQ(encoder.copy(), octets("00000002 0001 0002 00000003"));
}

TEST(Encoder, RefusesTextThatCannotTravel) {
  Encoder encoder;
  Encoder latin1({kNativeOrder, {1, 2}, CodeSet::iso8859_1});
  Encoder old({kNativeOrder, {1, 0}});
  Encoder none({kNativeOrder, {1, 2}, CodeSet::none, CodeSet::none});

  EXPECT_THROW(encoder.write_string(std::string_view("a\0b", 3)), BadParam);
  EXPECT_THROW(encoder.write_wstring(std::u16string_view(u"a\0b", 3)), BadParam);
  EXPECT_THROW(encoder.write_string("\xff"), DataConversion);
  EXPECT_THROW(encoder.write_string("\xed\xa0\x80"), DataConversion);
  EXPECT_THROW(encoder.write_wstring(std::u16string(1, static_cast<char16_t>(0xd800))),
               DataConversion);
  EXPECT_THROW(latin1.write_string("\u20ac"), DataConversion);
  EXPECT_THROW(old.write_wstring(u"a"), Marshal);
  EXPECT_THROW(old.write(u'a'), Marshal);
  EXPECT_THROW(none.write(u'a'), BadParam);
}

TEST(Encoder, WritesTextAsIso8859WhereThatIsAgreedOn) {
  Encoder encoder({ByteOrder::big, {1, 2}, CodeSet::iso8859_1});
  Encoder unagreed({ByteOrder::big, {1, 0}, CodeSet::none, CodeSet::none});

  encoder.write_string("\u00e9a");
  unagreed.write_string("\u00e9a");

  EXPECT_EQ(encoder.copy(), octets("00000003 e9 61 00"));
  EXPECT_EQ(unagreed.copy(), encoder.copy());
}

TEST(Encoder, MarksWideTextThatAReaderWouldTakeForAMark) {
  Encoder encoder(kBig);

  encoder.write_wstring(u"\ufeffa");
  encoder.write(u'\ufffe');
  encoder.write_wstring(u"");
  Decoder decoder(encoder.octets(), kBig);

  EXPECT_EQ(encoder.copy(), octets("00000006 feff feff 0061 04 feff fffe 00 00000000"));
  EXPECT_EQ(decoder.read_wstring(), u"\ufeffa");
  EXPECT_EQ(decoder.read_wchar(), u'\ufffe');
  EXPECT_EQ(decoder.read_wstring(), u"");
}

TEST(CheckBound, RefusesWhatIsLongerThanIdlAllows) {
  EXPECT_THROW(stub::check_bound(9, 8, "string"), BadParam);
  EXPECT_NO_THROW(stub::check_bound(8, 8, "string"));
  EXPECT_NO_THROW(stub::check_bound(9, 0, "string"));
}

}  // namespace
}  // namespace corbel::cdr
