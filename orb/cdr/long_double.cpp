#include <orb/cdr/long_double.hpp>

#include <bit>
#include <cfloat>
#include <cstring>

namespace corbel::cdr {

static_assert(LDBL_MANT_DIG == 64 || LDBL_MANT_DIG == 113,
              "long double is neither the x87 extended format nor binary128");

#if LDBL_MANT_DIG == 113

Binary128 to_binary128(long double value) noexcept {
  const auto parts = std::bit_cast<std::array<std::uint64_t, 2>>(value);
  constexpr bool kLittle = std::endian::native == std::endian::little;
  return kLittle ? Binary128{parts[1], parts[0]} : Binary128{parts[0], parts[1]};
}

long double from_binary128(Binary128 wire) noexcept {
  constexpr bool kLittle = std::endian::native == std::endian::little;
  return std::bit_cast<long double>(kLittle ? std::array{wire.low, wire.high}
                                            : std::array{wire.high, wire.low});
}

#else

namespace {

// x87: sign and exponent (bias as in binary128), then 64 bits with an explicit integer bit.
struct Extended {
  std::uint64_t significand;
  std::uint16_t sign_and_exponent;
};

constexpr std::uint64_t kIntegerBit = 1ull << 63;
constexpr std::uint16_t kExponentMask = 0x7fff;
constexpr unsigned kDropped = 49;  // binary128 has 112 fraction bits, x87 has 63

}  // namespace

Binary128 to_binary128(long double value) noexcept {
  Extended from{};
  std::memcpy(&from.significand, &value, 8);
  std::memcpy(&from.sign_and_exponent, reinterpret_cast<const char*>(&value) + 8, 2);

  std::uint64_t top = from.sign_and_exponent;
  std::uint64_t fraction = from.significand & ~kIntegerBit;
  const bool has_integer_bit = (from.significand & kIntegerBit) != 0;
  if ((top & kExponentMask) == 0) {
    top += has_integer_bit;  // a pseudo-denormal is the smallest normal exponent
  } else if (!has_integer_bit) {
    top |= kExponentMask;  // not a number for any processor since the 80387
    fraction |= kIntegerBit >> 1;
  }
  return {(top << 48) | (fraction >> 15), fraction << kDropped};
}

long double from_binary128(Binary128 wire) noexcept {
  std::uint16_t top = static_cast<std::uint16_t>(wire.high >> 48);
  const std::uint64_t high_fraction = wire.high & 0xffff'ffff'ffffull;
  std::uint64_t fraction = (high_fraction << 15) | (wire.low >> kDropped);
  const std::uint64_t rest = wire.low & ((1ull << kDropped) - 1);
  constexpr std::uint64_t kHalf = 1ull << (kDropped - 1);

  if ((top & kExponentMask) == kExponentMask) {
    // A NaN whose payload lies in the dropped bits must not become an infinity.
    if (fraction == 0 && rest != 0) fraction = kIntegerBit >> 1;
  } else if (rest > kHalf || (rest == kHalf && (fraction & 1) != 0)) {
    ++fraction;
    if (fraction == kIntegerBit) {
      fraction = 0;
      ++top;  // the largest finite value becomes infinity, the largest subnormal normal
    }
  }
  const bool is_subnormal = (top & kExponentMask) == 0;
  const std::uint64_t significand = is_subnormal ? fraction : fraction | kIntegerBit;
  long double value = 0;
  std::memcpy(&value, &significand, 8);
  std::memcpy(reinterpret_cast<char*>(&value) + 8, &top, 2);
  return value;
}

#endif

}  // namespace corbel::cdr
