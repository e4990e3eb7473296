#pragma once

#include <bit>
#include <compare>
#include <cstdint>

namespace corbel {

struct GiopVersion {
  std::uint8_t major = 1;
  std::uint8_t minor = 2;
  auto operator<=>(const GiopVersion&) const = default;
};

inline constexpr GiopVersion kGiop1_0{1, 0};
inline constexpr GiopVersion kGiop1_1{1, 1};
inline constexpr GiopVersion kGiop1_2{1, 2};

namespace cdr {

/// As in the flags octet of a GIOP header and the first octet of an encapsulation.
enum class ByteOrder : std::uint8_t { big = 0, little = 1 };

inline constexpr ByteOrder kNativeOrder =
    std::endian::native == std::endian::little ? ByteOrder::little : ByteOrder::big;

/// OSF character set registry values (CORBA 3.3 part 2, 7.10).
enum class CodeSet : std::uint32_t {
  none = 0,
  iso8859_1 = 0x00010001,
  utf16 = 0x00010109,
  ucs2 = 0x00010100,
  utf8 = 0x05010001,
};

/// Everything that decides how a value becomes octets. `chars`/`wchars` are the transmission code
/// sets negotiated for the connection; without negotiation strings are ISO-8859-1 (`none` wide set:
/// wide characters are illegal). In memory narrow text is UTF-8, wide text UTF-16.
struct Encoding {
  ByteOrder order = kNativeOrder;
  GiopVersion version{};
  CodeSet chars = CodeSet::utf8;
  CodeSet wchars = CodeSet::utf16;
  bool operator==(const Encoding&) const = default;
};

}  // namespace cdr
}  // namespace corbel
