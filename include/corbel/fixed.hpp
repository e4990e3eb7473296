#pragma once

#include <corbel/stub/type.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>

namespace corbel {

class Decimal;

namespace detail {
/// Throw BadParam and DataConversion.
[[noreturn]] void throw_not_decimal(std::string_view text);
[[noreturn]] void throw_decimal_overflow(std::string_view what);
/// The largest magnitude of T, or one more for a negative value.
template <std::integral T>
constexpr std::uint64_t magnitude_limit(bool negative) {
  const auto largest = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
  if (!negative) return largest;
  return std::signed_integral<T> ? largest + 1 : 0;
}
}  // namespace detail

template <class T>
concept DecimalInteger = std::integral<T> && !std::same_as<T, bool> && sizeof(T) <= 8;

/// An exact decimal number of at most 31 digits, at most 31 of them after the point: what
/// arithmetic on Fixed gives, and CORBA::Fixed of the C++ mapping.
///
/// Sums, differences and products are exact as long as they have no more digits than that; digits
/// after the point that are too many are cut off, not rounded (CORBA 3.3, 7.4.1.4.4), as are those
/// of a quotient. A result with more than 31 digits before the point throws DataConversion, as does
/// a division by zero. Threads: as an int.
class Decimal {
 public:
  static constexpr std::size_t kMaxDigits = 31;

  /// 0.
  constexpr Decimal() = default;
  template <DecimalInteger T>
  constexpr Decimal(T value) {  // NOLINT: exact, so it may happen by itself
    negative_ = value < 0;
    auto rest = static_cast<std::uint64_t>(value);
    if (negative_) rest = 0 - rest;
    for (; rest != 0; rest /= 10) digits_[count_++] = static_cast<std::uint8_t>(rest % 10);
  }
  /// The shortest decimal that is this double when converted back. Throws DataConversion for values
  /// of 10^31 and more, infinities and NaN.
  explicit Decimal(double value);
  /// "12.50", "-3", ".5", "1.5d" as in IDL. Throws BadParam for text that is no number and
  /// DataConversion for more than 31 digits before the point; too many after it are cut off.
  constexpr explicit Decimal(std::string_view text) { parse(text); }

  /// Digits before and after the point, at least one.
  constexpr std::size_t digits() const noexcept {
    return std::max<std::size_t>({count_, scale_, 1});
  }
  /// Digits after the point.
  constexpr std::size_t scale() const noexcept { return scale_; }
  constexpr bool is_negative() const noexcept { return negative_; }
  constexpr bool is_zero() const noexcept { return count_ == 0; }
  /// The digit at 10^`position` of the number without its point.
  constexpr std::uint8_t digit(std::size_t position) const noexcept {
    return position < count_ ? digits_[position] : std::uint8_t{0};
  }

  /// At most `scale` digits after the point: cut off, or rounded, a half away from zero.
  Decimal truncated(std::size_t scale) const;
  Decimal rounded(std::size_t scale) const;
  /// The same value, digits beyond `scale` cut off, with exactly `scale` digits after the point.
  /// Throws DataConversion if it has more than `digits` then.
  constexpr Decimal fitted(std::size_t digits, std::size_t scale) const {
    Decimal made = *this;
    if (scale < scale_) made.drop(scale_ - scale);
    if (scale > scale_) made.append_zeros(scale - scale_);
    if (made.count_ > digits) detail::throw_decimal_overflow("does not fit into a fixed");
    return made;
  }

  explicit operator double() const;
  explicit operator long double() const;
  explicit operator float() const { return static_cast<float>(static_cast<double>(*this)); }
  /// The part before the point. Throws DataConversion if T cannot hold it.
  template <DecimalInteger T>
  explicit operator T() const {
    const std::uint64_t magnitude = integer_part(detail::magnitude_limit<T>(negative_));
    return static_cast<T>(negative_ ? 0 - magnitude : magnitude);
  }
  explicit operator bool() const noexcept { return !is_zero(); }

  Decimal operator-() const;
  Decimal& operator+=(const Decimal& other) { return *this = sum(*this, other); }
  Decimal& operator-=(const Decimal& other) { return *this = sum(*this, -other); }
  Decimal& operator*=(const Decimal& other) { return *this = product(*this, other); }
  Decimal& operator/=(const Decimal& other) { return *this = quotient(*this, other); }

  /// What the operators below do for any of Decimal, Fixed and integers.
  static Decimal sum(const Decimal& left, const Decimal& right);
  static Decimal product(const Decimal& left, const Decimal& right);
  static Decimal quotient(const Decimal& left, const Decimal& right);
  /// By value: 1.50 equals 1.5.
  static std::strong_ordering compare(const Decimal& left, const Decimal& right);

  /// All digits after the point, zeros too: "12.50".
  friend std::string to_string(const Decimal& value);
  friend std::ostream& operator<<(std::ostream& out, const Decimal& value) {
    return out << to_string(value);
  }

 private:
  friend class DecimalMaker;

  constexpr void parse(std::string_view text);
  constexpr void drop(std::size_t digits);
  constexpr void append_zeros(std::size_t zeros);
  std::uint64_t integer_part(std::uint64_t limit) const;

  std::array<std::uint8_t, kMaxDigits> digits_{};  // the lowest first
  std::uint8_t count_ = 0;                         // without leading zeros
  std::uint8_t scale_ = 0;
  bool negative_ = false;  // never for zero
};

/// Leaves out the lowest digits, which stand after the point.
constexpr void Decimal::drop(std::size_t digits) {
  const std::size_t kept = count_ > digits ? count_ - digits : 0;
  for (std::size_t i = 0; i < kMaxDigits; ++i) {
    digits_[i] = i < kept ? digits_[i + digits] : std::uint8_t{0};
  }
  count_ = static_cast<std::uint8_t>(kept);
  scale_ = static_cast<std::uint8_t>(scale_ - digits);
  if (kept == 0) negative_ = false;
}

constexpr void Decimal::append_zeros(std::size_t zeros) {
  if (count_ != 0 && count_ + zeros > kMaxDigits) {
    detail::throw_decimal_overflow("needs more than 31 digits");
  }
  if (count_ != 0) {
    for (std::size_t i = count_; i-- > 0;) digits_[i + zeros] = digits_[i];
    for (std::size_t i = 0; i < zeros; ++i) digits_[i] = 0;
    count_ = static_cast<std::uint8_t>(count_ + zeros);
  }
  scale_ = static_cast<std::uint8_t>(scale_ + zeros);
}

constexpr void Decimal::parse(std::string_view text) {
  const std::string_view whole = text;
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  if (text.ends_with('d') || text.ends_with('D')) text.remove_suffix(1);
  bool after_point = false;
  bool any = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9') detail::throw_not_decimal(whole);
    any = true;
    if (after_point && (count_ == kMaxDigits || scale_ == kMaxDigits)) continue;
    if (count_ == kMaxDigits) detail::throw_decimal_overflow("has more than 31 digits");
    for (std::size_t i = count_; i-- > 0;) digits_[i + 1] = digits_[i];
    digits_[0] = static_cast<std::uint8_t>(c - '0');
    if (count_ != 0 || c != '0') ++count_;
    if (after_point) ++scale_;
  }
  if (!any) detail::throw_not_decimal(whole);
  negative_ = minus && count_ != 0;
}

/// IDL fixed<Digits, Scale>: an exact decimal with Digits digits, Scale of them after the point.
/// Assigning a Decimal cuts off what stands further behind the point and throws DataConversion if
/// the rest does not fit. Arithmetic is done on Decimal: `total = total + price * 3`.
template <std::size_t Digits, std::size_t Scale>
class Fixed {
  static_assert(Digits >= 1 && Digits <= Decimal::kMaxDigits && Scale <= Digits);

 public:
  constexpr Fixed() : value_(Decimal().fitted(Digits, Scale)) {}
  constexpr Fixed(const Decimal& value) : value_(value.fitted(Digits, Scale)) {}  // NOLINT
  template <DecimalInteger T>
  constexpr Fixed(T value) : Fixed(Decimal(value)) {}  // NOLINT
  explicit Fixed(double value) : Fixed(Decimal(value)) {}
  constexpr explicit Fixed(std::string_view text) : Fixed(Decimal(text)) {}

  constexpr operator const Decimal&() const noexcept { return value_; }  // NOLINT: loses nothing
  constexpr const Decimal& decimal() const noexcept { return value_; }
  template <class T>
    requires(DecimalInteger<T> || std::floating_point<T>)
  explicit operator T() const {
    return static_cast<T>(value_);
  }

  Decimal operator-() const { return -value_; }
  Fixed& operator+=(const Decimal& other) { return *this = Decimal::sum(value_, other); }
  Fixed& operator-=(const Decimal& other) { return *this = Decimal::sum(value_, -other); }
  Fixed& operator*=(const Decimal& other) { return *this = Decimal::product(value_, other); }
  Fixed& operator/=(const Decimal& other) { return *this = Decimal::quotient(value_, other); }

  friend std::string to_string(const Fixed& value) { return to_string(value.value_); }
  friend std::ostream& operator<<(std::ostream& out, const Fixed& value) {
    return out << value.value_;
  }

 private:
  Decimal value_;  // with exactly Scale digits after the point
};

namespace detail {
template <class T>
inline constexpr bool kIsDecimal = false;
template <>
inline constexpr bool kIsDecimal<Decimal> = true;
template <std::size_t Digits, std::size_t Scale>
inline constexpr bool kIsDecimal<Fixed<Digits, Scale>> = true;
template <class Left, class Right>
concept DecimalOperands = (kIsDecimal<Left> && (kIsDecimal<Right> || DecimalInteger<Right>)) ||
                          (DecimalInteger<Left> && kIsDecimal<Right>);
}  // namespace detail

template <class Left, class Right>
  requires detail::DecimalOperands<Left, Right>
Decimal operator+(const Left& left, const Right& right) {
  return Decimal::sum(left, right);
}
template <class Left, class Right>
  requires detail::DecimalOperands<Left, Right>
Decimal operator-(const Left& left, const Right& right) {
  return Decimal::sum(left, -Decimal(right));
}
template <class Left, class Right>
  requires detail::DecimalOperands<Left, Right>
Decimal operator*(const Left& left, const Right& right) {
  return Decimal::product(left, right);
}
template <class Left, class Right>
  requires detail::DecimalOperands<Left, Right>
Decimal operator/(const Left& left, const Right& right) {
  return Decimal::quotient(left, right);
}
template <class Left, class Right>
  requires detail::DecimalOperands<Left, Right>
bool operator==(const Left& left, const Right& right) {
  return Decimal::compare(left, right) == std::strong_ordering::equal;
}
template <class Left, class Right>
  requires detail::DecimalOperands<Left, Right>
std::strong_ordering operator<=>(const Left& left, const Right& right) {
  return Decimal::compare(left, right);
}

namespace stub {
/// Two digits an octet, the sign in the last half octet (CORBA 3.3 part 2, 9.3.2.8).
void encode_fixed(cdr::Encoder& encoder, const Decimal& value, std::size_t digits);
/// Fails for half octets that are no digit or no sign, and for a first one that is not used and not
/// 0.
Decimal decode_fixed(cdr::Decoder& decoder, std::size_t digits, std::size_t scale);
}  // namespace stub

template <std::size_t Digits, std::size_t Scale>
struct Type<Fixed<Digits, Scale>> {
  static constexpr std::size_t kSmallestSize = (Digits + 2) / 2;
  static void encode(cdr::Encoder& encoder, const Fixed<Digits, Scale>& value) {
    stub::encode_fixed(encoder, value, Digits);
  }
  static void decode(cdr::Decoder& decoder, Fixed<Digits, Scale>& value) {
    value = stub::decode_fixed(decoder, Digits, Scale);
  }
  static TypeCode type_code() {
    return TypeCode::fixed(static_cast<std::uint16_t>(Digits), static_cast<std::int16_t>(Scale));
  }
};

}  // namespace corbel
