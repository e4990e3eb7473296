#pragma once

#include <array>
#include <cstdint>

/// IEEE 754 binary128, the wire form of long double, from and to the machine's own.
namespace corbel::cdr {

/// High half first: sign, 15 exponent bits, 48 fraction bits; then 64 fraction bits.
struct Binary128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool operator==(const Binary128&) const = default;
};

/// Exact.
Binary128 to_binary128(long double value) noexcept;
/// Exact where the machine's format can hold it, else rounded to nearest, ties to even.
long double from_binary128(Binary128 wire) noexcept;

}  // namespace corbel::cdr
