#include <gtest/gtest.h>
#include <orb/cdr/code_set.hpp>
#include <orb/cdr/long_double.hpp>

#include <cmath>
#include <limits>

namespace corbel::cdr {
namespace {

TEST(Utf8, AcceptsEveryWellFormedLength) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("plain ASCII that is longer than a word"));
  EXPECT_TRUE(is_utf8("\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff"));
}

TEST(Utf8, RefusesOverlongSurrogateTooLargeAndCutSequences) {
  for (const char* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
                           "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc2",
                           "\xe2\x82", "\xf0\x9f\x98", "\xe2\x82g", "\xff", "12345678\x80"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

TEST(Utf16, WantsSurrogatesInPairs) {
  EXPECT_TRUE(is_utf16(u"a\U0001f600b"));
  EXPECT_FALSE(is_utf16(std::u16string{0xd83d}));
  EXPECT_FALSE(is_utf16(std::u16string{0xd83d, 'a'}));
  EXPECT_FALSE(is_utf16(std::u16string{0xde00, 0xd83d}));
}

TEST(Latin1, GoesToUtf8AndBackForEveryCharacter) {
  std::string all;
  for (int c = 1; c < 256; ++c) all.push_back(static_cast<char>(c));

  const std::string utf8 = latin1_to_utf8(all);

  EXPECT_TRUE(is_utf8(utf8));
  EXPECT_EQ(utf8_to_latin1(utf8), all);
}

TEST(Latin1, CannotHoldOtherCharactersOrBrokenUtf8) {
  EXPECT_EQ(utf8_to_latin1("\u0100"), std::nullopt);
  EXPECT_EQ(utf8_to_latin1("\u20ac"), std::nullopt);
  EXPECT_EQ(utf8_to_latin1("a\xe9"), std::nullopt);
}

TEST(LongDouble, KeepsEveryValueOfTheMachine) {
  using Limits = std::numeric_limits<long double>;
  const long double values[] = {0.0L,
                                -0.0L,
                                1.0L,
                                -1.0L / 3.0L,
                                Limits::max(),
                                Limits::min(),
                                Limits::denorm_min(),
                                Limits::min() - Limits::denorm_min(),
                                Limits::infinity(),
                                -Limits::infinity(),
                                3.14159265358979323846L};
  for (const long double value : values) {
    const long double back = from_binary128(to_binary128(value));

    EXPECT_EQ(back, value);
    EXPECT_EQ(std::signbit(back), std::signbit(value));
  }
  EXPECT_TRUE(std::isnan(from_binary128(to_binary128(Limits::quiet_NaN()))));
}

TEST(LongDouble, HasTheBitsOfBinary128) {
  EXPECT_EQ(to_binary128(1.0L), (Binary128{0x3fff000000000000, 0}));
  EXPECT_EQ(to_binary128(-2.5L), (Binary128{0xc000400000000000, 0}));
  EXPECT_EQ(to_binary128(std::numeric_limits<long double>::infinity()),
            (Binary128{0x7fff000000000000, 0}));
}

#if LDBL_MANT_DIG == 64
TEST(LongDouble, RoundsToNearestAndTiesToEven) {
  const auto ulp = std::numeric_limits<long double>::epsilon();
  const std::uint64_t one = 0x3fff000000000000;

  EXPECT_EQ(from_binary128({one, 1ull << 48}), 1.0L);              // a tie, even is below
  EXPECT_EQ(from_binary128({one, (1ull << 48) + 1}), 1.0L + ulp);  // above the half
  EXPECT_EQ(from_binary128({one, (1ull << 49) + (1ull << 48)}),
            1.0L + 2 * ulp);                                     // a tie, even is above
  EXPECT_EQ(from_binary128({0x3fffffffffffffff, ~0ull}), 2.0L);  // carries into the exponent
}

TEST(LongDouble, TooLargeAfterRoundingIsInfinity) {
  EXPECT_EQ(from_binary128({0x7ffeffffffffffff, ~0ull}),
            std::numeric_limits<long double>::infinity());
}

TEST(LongDouble, SubnormalsRoundIntoNormals) {
  EXPECT_EQ(from_binary128({0x0000ffffffffffff, ~0ull}), std::numeric_limits<long double>::min());
  EXPECT_EQ(from_binary128({0, 1}), 0.0L);
}

TEST(LongDouble, ANanWithItsPayloadInTheLostBitsStaysANan) {
  EXPECT_TRUE(std::isnan(from_binary128({0x7fff000000000000, 1})));
}
#endif

}  // namespace
}  // namespace corbel::cdr
