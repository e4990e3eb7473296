#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <corbel/exceptions.hpp>
#include <corbel/fixed.hpp>

#include <random>
#include <sstream>

namespace corbel {
namespace {

__extension__ typedef __int128 Wide;

std::string text_of(Wide value, std::size_t scale) {
  const bool negative = value < 0;
  std::string digits;
  for (Wide rest = negative ? -value : value; rest != 0 || digits.size() <= scale; rest /= 10) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  if (scale != 0) digits.insert(digits.size() - scale, ".");
  return (negative ? "-" : "") + digits;
}

Wide power_of_ten(std::size_t exponent) {
  Wide power = 1;
  for (std::size_t i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// A decimal and the same number without its point.
struct Sample {
  Wide units;
  std::size_t scale;
  Decimal value;
};

class Samples {
 public:
  Sample next(std::size_t most_digits) {
    const std::size_t scale = random_() % (most_digits + 1);
    Wide units = 0;
    const std::size_t digits = random_() % (most_digits + 1);
    for (std::size_t i = 0; i < digits; ++i) units = units * 10 + static_cast<int>(random_() % 10);
    if (random_() % 2 == 0) units = -units;
    return {units, scale, Decimal(text_of(units, scale))};
  }

 private:
  std::mt19937 random_{20240229};
};

TEST(Decimal, AddsAndSubtractsLikeWideIntegers) {
  Samples samples;
  for (int i = 0; i < 20000; ++i) {
    const Sample one = samples.next(15);
    const Sample other = samples.next(15);
    const std::size_t scale = std::max(one.scale, other.scale);
    const Wide left = one.units * power_of_ten(scale - one.scale);
    const Wide right = other.units * power_of_ten(scale - other.scale);

    EXPECT_EQ(to_string(one.value + other.value), text_of(left + right, scale));
    EXPECT_EQ(to_string(one.value - other.value), text_of(left - right, scale));
    EXPECT_EQ(one.value < other.value, left < right);
    EXPECT_EQ(one.value == other.value, left == right);
  }
}

TEST(Decimal, MultipliesLikeWideIntegers) {
  Samples samples;
  for (int i = 0; i < 20000; ++i) {
    const Sample one = samples.next(15);
    const Sample other = samples.next(15);

    EXPECT_EQ(to_string(one.value * other.value),
              text_of(one.units * other.units, one.scale + other.scale));
  }
}

TEST(Decimal, DividesLikeWideIntegers) {
  Samples samples;
  for (int i = 0; i < 20000; ++i) {
    const Sample one = samples.next(12);
    const Sample other = samples.next(12);
    if (other.units == 0) continue;
    const Wide wanted =
        one.units * power_of_ten(other.scale + 6) / (other.units * power_of_ten(one.scale));

    EXPECT_EQ((one.value / other.value).fitted(31, 6), Decimal(text_of(wanted, 6)))
        << one.value << " / " << other.value;
  }
}

TEST(Decimal, KeepsThirtyOneDigitsOfLongResults) {
  const Decimal largest("9999999999999999999999999999999");
  const Decimal smallest("0.0000000000000000000000000000001");

  EXPECT_EQ(to_string(Decimal(1) / 3), "0.3333333333333333333333333333333");
  EXPECT_EQ(to_string(Decimal(200) / 3), "66.66666666666666666666666666666");
  EXPECT_EQ(to_string(Decimal(1) / 4), "0.25");
  EXPECT_EQ(to_string(Decimal(1000) / 4), "250");
  EXPECT_EQ(to_string(smallest * Decimal("0.1")), "0.0000000000000000000000000000000");
  EXPECT_EQ(to_string(Decimal("1234567890123456.123456789012345") * 10),
            "12345678901234561.23456789012345");
  EXPECT_EQ(to_string(largest + smallest), "9999999999999999999999999999999");
  EXPECT_THROW(largest + 1, DataConversion);
  EXPECT_THROW(largest * 10, DataConversion);
  EXPECT_THROW(largest / Decimal("0.1"), DataConversion);
  EXPECT_THROW(largest / 0, DataConversion);
  EXPECT_EQ(to_string(-largest + largest), "0");
}

TEST(Decimal, RoundsAHalfAwayFromZero) {
  EXPECT_EQ(to_string(Decimal("2.345").rounded(2)), "2.35");
  EXPECT_EQ(to_string(Decimal("-2.345").rounded(2)), "-2.35");
  EXPECT_EQ(to_string(Decimal("2.3449").rounded(2)), "2.34");
  EXPECT_EQ(to_string(Decimal("0.5").rounded(0)), "1");
  EXPECT_EQ(to_string(Decimal("-0.4").rounded(0)), "0");
  EXPECT_EQ(to_string(Decimal("99.99").rounded(1)), "100.0");
  EXPECT_EQ(to_string(Decimal("2.399").truncated(1)), "2.3");
  EXPECT_EQ(to_string(Decimal("2.3").rounded(5)), "2.3");
}

TEST(Decimal, ReadsTextAsIdlDoes) {
  EXPECT_EQ(to_string(Decimal("12.50d")), "12.50");
  EXPECT_EQ(to_string(Decimal("+007")), "7");
  EXPECT_EQ(to_string(Decimal(".5D")), "0.5");
  EXPECT_EQ(to_string(Decimal("5.")), "5");
  EXPECT_EQ(to_string(Decimal("-0.00")), "0.00");
  EXPECT_EQ(to_string(Decimal("0.12345678901234567890123456789012345")),
            "0.1234567890123456789012345678901");
  for (const char* text : {"", "-", ".", "1.2.3", "1e5", " 1", "0x1", "d", "--1"}) {
    EXPECT_THROW(static_cast<void>(Decimal(text)), BadParam) << text;
  }
  EXPECT_THROW(Decimal("10000000000000000000000000000000"), DataConversion);
}

TEST(Decimal, ConvertsToAndFromNumbers) {
  EXPECT_EQ(to_string(Decimal(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(to_string(Decimal(std::numeric_limits<std::uint64_t>::max())), "18446744073709551615");
  EXPECT_EQ(to_string(Decimal(12.34)), "12.34");
  EXPECT_EQ(to_string(Decimal(-1e-40)), "0.0000000000000000000000000000000");
  EXPECT_EQ(to_string(Decimal(1e23)), "100000000000000000000000");
  EXPECT_EQ(to_string(Decimal(-0.00125)), "-0.00125");
  EXPECT_EQ(to_string(Decimal(0.0)), "0");
  EXPECT_EQ(static_cast<double>(Decimal("12.34")), 12.34);
  EXPECT_EQ(static_cast<std::int64_t>(Decimal("-9223372036854775808.9")),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(static_cast<std::uint64_t>(Decimal("18446744073709551615")),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(static_cast<std::int8_t>(Decimal("-128.5")), -128);
  EXPECT_EQ(static_cast<unsigned>(Decimal("-0.9")), 0U);
  EXPECT_THROW(static_cast<void>(static_cast<std::int8_t>(Decimal(128))), DataConversion);
  EXPECT_THROW(static_cast<void>(static_cast<unsigned>(Decimal(-1))), DataConversion);
  EXPECT_THROW(static_cast<void>(static_cast<std::uint64_t>(Decimal("18446744073709551616"))),
               DataConversion);
  EXPECT_THROW(Decimal(1e31), DataConversion);
  EXPECT_THROW(Decimal{std::numeric_limits<double>::infinity()}, DataConversion);
}

TEST(Fixed, CutsOffDigitsAfterThePointAndRefusesThoseBefore) {
  Fixed<5, 2> price("12.349");

  EXPECT_EQ(to_string(price), "12.34");
  price = price * 3;
  EXPECT_EQ(to_string(price), "37.02");
  price += Decimal("0.005");
  EXPECT_EQ(to_string(price), "37.02");
  EXPECT_THROW(price *= 100, DataConversion);
  EXPECT_THROW((Fixed<5, 2>(1000)), DataConversion);
  EXPECT_EQ(to_string(price), "37.02");
  EXPECT_TRUE(price == Decimal("37.020"));
  EXPECT_TRUE(price < 38 && 37 < price && price > (Fixed<31, 10>("37.0199999999")));
  EXPECT_FALSE((Fixed<2, 2>("0.99")) == 5);
  std::ostringstream out;
  out << price << ' ' << -price;
  EXPECT_EQ(out.str(), "37.02 -37.02");
}

TEST(Fixed, ConstantsAreMadeByTheCompiler) {
  constexpr Fixed<3, 2> pi("3.14");

  static_assert(pi.decimal().digit(2) == 3);
  EXPECT_EQ(to_string(pi), "3.14");
}

template <std::size_t Digits, std::size_t Scale>
std::string octets_of(const char* text) {
  cdr::Encoder encoder;
  encode(encoder, Fixed<Digits, Scale>(text));
  std::ostringstream out;
  for (const std::byte octet : encoder.octets()) {
    out << "0123456789abcdef"[std::to_integer<unsigned>(octet) >> 4]
        << "0123456789abcdef"[std::to_integer<unsigned>(octet) & 15];
  }
  return out.str();
}

TEST(Fixed, TravelsAsPackedDigitsAndASign) {
  EXPECT_EQ((octets_of<5, 2>("123.45")), "12345c");
  EXPECT_EQ((octets_of<5, 2>("-1.5")), "00150d");
  EXPECT_EQ((octets_of<4, 2>("12.34")), "01234c");
  EXPECT_EQ((octets_of<4, 2>("-0")), "00000c");
  EXPECT_EQ((octets_of<1, 0>("7")), "7c");
  EXPECT_EQ((octets_of<2, 2>("-.07")), "007d");
  EXPECT_EQ((octets_of<31, 31>(".1234567890123456789012345678901")),
            "1234567890123456789012345678901c");
}

template <std::size_t Digits, std::size_t Scale>
std::string read(std::initializer_list<unsigned> octets) {
  std::vector<std::byte> bytes;
  for (const unsigned octet : octets) bytes.push_back(static_cast<std::byte>(octet));
  cdr::Decoder decoder(bytes);
  const auto value = decode<Fixed<Digits, Scale>>(decoder);
  return decoder.failed() ? std::string(decoder.failure()) : to_string(value);
}

TEST(Fixed, ReadsPackedDigitsAndRefusesOthers) {
  const std::string refused = "fixed with a wrong digit or sign";

  EXPECT_EQ((read<5, 2>({0x12, 0x34, 0x5d})), "-123.45");
  EXPECT_EQ((read<4, 2>({0x01, 0x23, 0x4c})), "12.34");
  EXPECT_EQ((read<4, 4>({0x00, 0x00, 0x0d})), "0.0000");
  EXPECT_EQ((read<4, 2>({0x11, 0x23, 0x4c})), refused) << "the first half octet is not used";
  EXPECT_EQ((read<5, 2>({0x1a, 0x34, 0x5c})), refused);
  EXPECT_EQ((read<5, 2>({0xf2, 0x34, 0x5c})), refused);
  EXPECT_EQ((read<5, 2>({0x12, 0x34, 0xac})), refused);
  for (const unsigned sign : {0x0u, 0x9u, 0xau, 0xbu, 0xeu, 0xfu}) {
    EXPECT_EQ((read<5, 2>({0x12, 0x34, 0x50 | sign})), refused) << sign;
  }
  EXPECT_EQ((read<5, 2>({0x12, 0x34})), "message ends early");
}

TEST(Fixed, FitsIntoAnAny) {
  const Any any(Fixed<5, 2>("-123.45"));

  EXPECT_EQ(any.type().fixed_digits(), 5);
  EXPECT_EQ(any.type().fixed_scale(), 2);
  EXPECT_EQ((any.get<Fixed<5, 2>>()), (Fixed<5, 2>("-123.45")));
  EXPECT_THROW((any.get<Fixed<6, 2>>()), BadTypecode);
}

}  // namespace
}  // namespace corbel
