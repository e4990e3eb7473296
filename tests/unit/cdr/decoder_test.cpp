#include <gtest/gtest.h>
#include <corbel/exceptions.hpp>
#include <corbel/stub/type.hpp>
#include <tests/support/wire_sample.hpp>

namespace corbel::cdr {
namespace {

using corbel::testing::kBig;
using corbel::testing::octets;
using Octets = std::vector<std::byte>;

TEST(Decoder, KeepsItsFirstFailureAndReadsZerosFromThere) {
  const Octets wire = octets("02 000000 00000005");
  Decoder decoder(wire, kBig);

  EXPECT_FALSE(decoder.read<bool>());
  EXPECT_EQ(decoder.read<std::uint32_t>(), 0u);
  EXPECT_EQ(decoder.read_string(), "");
  EXPECT_TRUE(decoder.read_octets(1).empty());

  EXPECT_EQ(decoder.failure(), "boolean is neither 0 nor 1");
  EXPECT_EQ(decoder.failure_position(), 1u);
}

TEST(Decoder, SaysWhatWhereAndWhileDoingWhat) {
  const Octets wire = octets("0001");
  Decoder decoder(wire, kBig);
  decoder.read<std::uint32_t>();

  try {
    decoder.throw_if_failed("arguments of withdraw", static_cast<std::uint32_t>(Completion::no));
  } catch (const Marshal& exception) {
    EXPECT_STREQ(exception.what(), "MARSHAL: arguments of withdraw: message ends early at octet 0");
    EXPECT_EQ(exception.completed(), Completion::no);
    return;
  }
  FAIL();
}

TEST(Decoder, TextOutsideOfTheAgreedCodeSetIsAConversionFailure) {
  const Octets wire = octets("00000002 e9 00");
  Decoder decoder(wire, kBig);

  EXPECT_EQ(decoder.read_string(), "");

  EXPECT_TRUE(decoder.failed_conversion());
  EXPECT_THROW(decoder.throw_if_failed("x", 1), DataConversion);
}

TEST(Decoder, ReadsIso8859AsUtf8) {
  const Octets wire = octets("00000003 e9 61 00");
  Decoder decoder(wire, {ByteOrder::big, {1, 2}, CodeSet::none});

  EXPECT_EQ(decoder.read_string(), "\u00e9a");
}

TEST(Decoder, RefusesStringsWithWrongEndsOrLengths) {
  for (const char* text :
       {"00000002 61 62", "00000003 61 00 00", "00000009 61 00", "ffffffff 00", "000000"}) {
    const Octets wire = octets(text);
    Decoder decoder(wire, kBig);

    EXPECT_EQ(decoder.read_string(), "");
    EXPECT_TRUE(decoder.failed()) << text;
  }
}

TEST(Decoder, RefusesStringsLongerThanTheirBound) {
  const Octets wire = octets("00000004 616263 00");
  Decoder fits(wire, kBig);
  Decoder too_long(wire, kBig);

  EXPECT_EQ(fits.read_string(3), "abc");
  too_long.read_string(2);

  EXPECT_TRUE(too_long.failed());
}

TEST(Decoder, RefusesWrongWideText) {
  struct Case {
    const char* what;
    const char* octets;
    std::uint8_t minor;
  };
  const Case cases[] = {
      {"odd length", "00000003 006100", 2},       {"cut", "00000004 0061", 2},
      {"unpaired surrogate", "00000002 d800", 2}, {"embedded NUL", "00000004 0000 0061", 2},
      {"no terminator", "00000001 0061", 1},      {"GIOP 1.0", "00000002 0061 0000", 0},
      {"huge count", "7fffffff 0061", 1}};
  for (const auto& test : cases) {
    const Octets wire = octets(test.octets);
    Decoder decoder(wire, {ByteOrder::big, {1, test.minor}});

    decoder.read_wstring();

    EXPECT_TRUE(decoder.failed()) << test.what;
  }
}

TEST(Decoder, RefusesWideCharactersOfWrongLength) {
  for (const char* text : {"00", "01 61", "03 006100", "04 0061 0062", "02 00"}) {
    const Octets wire = octets(text);
    Decoder decoder(wire, kBig);

    decoder.read_wchar();

    EXPECT_TRUE(decoder.failed()) << text;
  }
}

TEST(Decoder, ComparesCountsWithWhatRemains) {
  const Octets wire = octets("40000000 00000000 00000000");
  for (const std::size_t smallest : {1u, 4u, 8u}) {
    Decoder decoder(wire, kBig);

    EXPECT_EQ(decoder.read_count(smallest, 8), 0u);

    EXPECT_TRUE(decoder.failed());
  }
}

TEST(Decoder, ElementsWithoutOctetsCostTheirShareOfTheBudget) {
  const Octets wire = octets("000f4240 000f4240");
  Decoder decoder(wire, kBig);

  EXPECT_EQ(decoder.read_count(0, 0), 1'000'000u);
  EXPECT_EQ(decoder.read_count(0, 0), 0u);

  EXPECT_EQ(decoder.failure(), "message holds too many values");
}

TEST(Decoder, MemoryOfElementsCountsAgainstTheBudget) {
  Octets wire(1u << 20);
  wire[1] = std::byte{0x03};
  DecodeLimits limits;
  limits.materialized_octets = 4u << 20;
  Decoder decoder(wire, kBig, limits);

  EXPECT_EQ(decoder.read_count(4, 64), 0u);

  EXPECT_EQ(decoder.failure(), "message would take too much memory");
}

TEST(Decoder, RefusesSequencesLongerThanTheirBound) {
  const Octets wire = octets("00000003 010203");
  Decoder decoder(wire, kBig);

  EXPECT_EQ(decoder.read_count(1, 1, true, 2), 0u);

  EXPECT_TRUE(decoder.failed());
}

TEST(Decoder, LimitsNesting) {
  Decoder decoder({});

  for (int i = 0; i < 64; ++i) EXPECT_TRUE(decoder.enter());
  EXPECT_FALSE(decoder.enter());

  EXPECT_TRUE(decoder.failed());
}

TEST(Decoder, AnEncapsulationHasItsOwnOrderAndOrigin) {
  const Octets wire = octets("00000001 00000008 01 000000 05000000 00000006");
  Decoder decoder(wire, kBig);
  decoder.skip(4);

  Decoder nested = decoder.read_encapsulation();

  EXPECT_EQ(nested.read<std::uint32_t>(), 5u);
  EXPECT_EQ(nested.remaining(), 0u);
  EXPECT_EQ(decoder.read<std::uint32_t>(), 6u);
}

TEST(Decoder, RefusesBrokenEncapsulations) {
  for (const char* text : {"00000000", "00000005 00", "00000001 02", "ffffffff 00"}) {
    const Octets wire = octets(text);
    Decoder decoder(wire, kBig);

    const Decoder nested = decoder.read_encapsulation();

    EXPECT_TRUE(nested.failed()) << text;
  }
}

TEST(Decoder, TakesOverWhatANestedDecoderFoundAndUsed) {
  const Octets wire = octets("00000001 00");
  DecodeLimits limits;
  limits.objects = 10;
  Decoder decoder(wire, kBig, limits);
  Decoder nested = decoder.read_encapsulation();
  nested.claim(0, 8);
  nested.read<std::uint8_t>();

  decoder.absorb(nested);

  EXPECT_EQ(decoder.failure(), "message ends early");
  EXPECT_FALSE(decoder.claim(0, 3));
}

TEST(Decoder, ViewsArraysInPlaceOnlyWhenOrderAndAlignmentAllow) {
  alignas(8) const std::array<std::uint32_t, 4> numbers{1, 2, 3, 4};
  const auto wire = std::as_bytes(std::span(numbers));
  Decoder native(wire);
  Decoder foreign(wire, {kNativeOrder == ByteOrder::big ? ByteOrder::little : ByteOrder::big});

  EXPECT_EQ(native.view_array<std::uint32_t>(4).data(), numbers.data());
  EXPECT_TRUE(foreign.view_array<std::uint32_t>(4).empty());
  EXPECT_EQ(foreign.position(), 0u);
  EXPECT_TRUE(native.view_array<std::uint32_t>(1).empty());
}

TEST(Decoder, GivesNestedEncapsulationsTheirOwnAlignmentInFragmentsToo) {
  // The encapsulation starts in the first fragment, which ends after its octet 10.
  const Octets wire = octets("00000010 00 000000 00000001 00000000 00000002 00000003");
  const std::vector<std::size_t> starts{10};
  Decoder decoder(wire, kBig);
  decoder.set_fragment_starts(starts);

  Decoder nested = decoder.read_encapsulation();

  EXPECT_EQ(nested.read<std::uint32_t>(), 1u);
  EXPECT_EQ(nested.read<std::uint64_t>(), 2u);
  EXPECT_FALSE(nested.failed());
}

TEST(Decoder, SeeksOnlyInsideTheMessage) {
  const Octets wire = octets("0102");
  Decoder decoder(wire);

  decoder.seek(2);
  EXPECT_FALSE(decoder.failed());
  decoder.seek(3);

  EXPECT_TRUE(decoder.failed());
}

TEST(DecodedSequence, StopsAtTheFirstBadElement) {
  const Octets wire = octets("00000003 01 02 01");
  Decoder decoder(wire, kBig);

  const auto values = decode<std::vector<bool>>(decoder);

  EXPECT_TRUE(decoder.failed());
  EXPECT_LE(values.size(), 2u);
}

}  // namespace
}  // namespace corbel::cdr
