#pragma once

#include <cstddef>
#include <cstdint>

/// The longs that start a valuetype on the wire (CORBA 3.3 part 2, 9.3.4).
namespace corbel::cdr {

inline constexpr std::uint32_t kNullTag = 0;
/// In a TypeCode too (9.3.5.1).
inline constexpr std::uint32_t kIndirectionTag = 0xffffffff;
/// From here to 0x7fffffff a header; above zero and below it the length of a chunk.
inline constexpr std::uint32_t kLeastValueTag = 0x7fffff00;

inline constexpr std::uint32_t kHasCodebase = 0x01;
inline constexpr std::uint32_t kTypeInfoMask = 0x06;
inline constexpr std::uint32_t kNoTypeInfo = 0x00;
inline constexpr std::uint32_t kSingleId = 0x02;
inline constexpr std::uint32_t kIdList = 0x06;
inline constexpr std::uint32_t kIsChunked = 0x08;

inline constexpr bool is_value_header(std::uint32_t tag) noexcept {
  return tag >= kLeastValueTag && tag <= 0x7fffffff;
}

/// What follows kIndirectionTag at `here` and refers back to `target`.
inline constexpr std::uint32_t indirection_to(std::size_t target, std::size_t here) noexcept {
  return static_cast<std::uint32_t>(target - here);  // modulo 2^32: a negative long
}

}  // namespace corbel::cdr
