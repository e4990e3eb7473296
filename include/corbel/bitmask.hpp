#pragma once

#include <corbel/stub/type.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace corbel {

/// Base of generated bitmasks (IDL 4.2): a set of flags, each a constant of the derived type. Has
/// no members with names, which belong to the flags:
///
///   Rights rights = Rights::read | Rights::write;
///   if (rights & Rights::read) ...
///   rights &= ~Rights::write;
///   auto bits = static_cast<std::uint8_t>(rights);
///
/// Threads: as an int.
template <class Mask, std::unsigned_integral Word>
class Bitmask {
 public:
  /// A single flag; becomes a Mask by itself.
  struct Flag {
    Word bits;
  };

  constexpr Bitmask() = default;
  constexpr Bitmask(Flag flag) : bits_(flag.bits) {}  // NOLINT: a flag is a set of one
  constexpr explicit Bitmask(Word bits) : bits_(bits) {}

  constexpr explicit operator Word() const noexcept { return bits_; }
  /// Any flag is set.
  constexpr explicit operator bool() const noexcept { return bits_ != 0; }

  friend constexpr Mask operator|(const Mask& left, const Mask& right) {
    return Mask(static_cast<Word>(word(left) | word(right)));
  }
  friend constexpr Mask operator&(const Mask& left, const Mask& right) {
    return Mask(static_cast<Word>(word(left) & word(right)));
  }
  friend constexpr Mask operator^(const Mask& left, const Mask& right) {
    return Mask(static_cast<Word>(word(left) ^ word(right)));
  }
  friend constexpr Mask operator~(const Mask& mask) { return Mask(static_cast<Word>(~word(mask))); }
  friend constexpr Mask& operator|=(Mask& left, const Mask& right) { return left = left | right; }
  friend constexpr Mask& operator&=(Mask& left, const Mask& right) { return left = left & right; }
  friend constexpr Mask& operator^=(Mask& left, const Mask& right) { return left = left ^ right; }
  friend constexpr bool operator==(const Mask& left, const Mask& right) {
    return word(left) == word(right);
  }

 private:
  static constexpr Word word(const Bitmask& mask) noexcept { return mask.bits_; }

  Word bits_ = 0;
};

namespace stub {

struct FlagName {
  std::string_view name;
  std::uint64_t bits;
};
/// "read|write", "0" for no flag; bits without a name as a number.
std::string print_flags(std::uint64_t bits, std::initializer_list<FlagName> names);

/// A bitmask of `bound` flags; a bit beyond them fails.
template <std::unsigned_integral Word, class Mask>
void decode_bitmask(cdr::Decoder& decoder, Mask& mask, unsigned bound) {
  const Word bits = decoder.read<Word>();
  if (bound < 8 * sizeof(Word) && (bits >> bound) != 0) {
    decoder.fail("bitmask with a bit beyond its bound");
  } else {
    mask = Mask(bits);
  }
}

/// Throws BadParam: a field of a bitset has a value that needs more than its bits.
[[noreturn]] void throw_bit_field(const char* field, unsigned width);

/// The field of `width` bits of `word` from `position` on; a signed one has its sign in the
/// highest.
template <std::integral T>
void get_bits(std::uint64_t word, unsigned position, unsigned width, T& value) {
  const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  std::uint64_t bits = (word >> position) & mask;
  if constexpr (std::signed_integral<T>) {
    if ((bits >> (width - 1) & 1) != 0) bits |= ~mask;
  }
  value = static_cast<T>(bits);
}

/// Puts `value` there.
template <std::integral T>
void put_bits(std::uint64_t& word, unsigned position, unsigned width, T value, const char* field) {
  const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  const std::uint64_t bits = static_cast<std::uint64_t>(value) & mask;
  T back{};
  get_bits(bits, 0, width, back);
  if (back != value) throw_bit_field(field, width);
  word |= bits << position;
}

}  // namespace stub
}  // namespace corbel
