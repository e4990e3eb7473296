#include <corbel/exceptions.hpp>
#include <corbel/fixed.hpp>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace corbel {
namespace {

/// Decimal digits of any number, the lowest first.
using Digits = std::vector<std::uint8_t>;

void strip_leading_zeros(Digits& digits) {
  while (!digits.empty() && digits.back() == 0) digits.pop_back();
}

/// -1, 0, 1; neither has leading zeros.
int compare(const Digits& left, const Digits& right) {
  if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  for (std::size_t i = left.size(); i-- > 0;) {
    if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return 0;
}

std::uint8_t digit_at(const Digits& digits, std::size_t position) {
  return position < digits.size() ? digits[position] : std::uint8_t{0};
}

Digits add(const Digits& left, const Digits& right) {
  Digits sum;
  unsigned carry = 0;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()) || carry != 0; ++i) {
    carry += digit_at(left, i) + unsigned{digit_at(right, i)};
    sum.push_back(static_cast<std::uint8_t>(carry % 10));
    carry /= 10;
  }
  return sum;
}

/// `left` must not be smaller.
Digits subtract(const Digits& left, const Digits& right) {
  Digits difference;
  int borrow = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    int digit = left[i] - digit_at(right, i) - borrow;
    borrow = digit < 0 ? 1 : 0;
    if (digit < 0) digit += 10;
    difference.push_back(static_cast<std::uint8_t>(digit));
  }
  strip_leading_zeros(difference);
  return difference;
}

Digits multiply(const Digits& left, const Digits& right) {
  Digits product(left.size() + right.size(), 0);
  for (std::size_t i = 0; i < left.size(); ++i) {
    unsigned carry = 0;
    for (std::size_t j = 0; j < right.size() || carry != 0; ++j) {
      carry += product[i + j] + unsigned{left[i]} * digit_at(right, j);
      product[i + j] = static_cast<std::uint8_t>(carry % 10);
      carry /= 10;
    }
  }
  strip_leading_zeros(product);
  return product;
}

/// Long division by hand: `remainder` is what is left of `numerator`.
Digits divide(const Digits& numerator, const Digits& denominator, Digits& remainder) {
  Digits quotient(numerator.size(), 0);
  remainder.clear();
  for (std::size_t i = numerator.size(); i-- > 0;) {
    remainder.insert(remainder.begin(), numerator[i]);
    strip_leading_zeros(remainder);
    while (compare(remainder, denominator) >= 0) {
      remainder = subtract(remainder, denominator);
      ++quotient[i];
    }
  }
  strip_leading_zeros(quotient);
  return quotient;
}

}  // namespace

/// Between Decimal and digits without a limit.
class DecimalMaker {
 public:
  /// `value` without its point, as if it had `scale` digits after it.
  static Digits digits(const Decimal& value, std::size_t scale) {
    Digits digits(value.is_zero() ? 0 : scale - value.scale_, 0);
    digits.insert(digits.end(), value.digits_.begin(), value.digits_.begin() + value.count_);
    return digits;
  }

  /// Cuts off what is too much after the point.
  static Decimal make(Digits digits, std::size_t scale, bool negative) {
    strip_leading_zeros(digits);
    constexpr std::size_t kMost = Decimal::kMaxDigits;
    const std::size_t excess = std::max(digits.size(), scale);
    const std::size_t cut = excess > kMost ? excess - kMost : 0;
    if (cut > scale) detail::throw_decimal_overflow("has more than 31 digits before the point");
    digits.erase(digits.begin(),
                 digits.begin() + static_cast<std::ptrdiff_t>(std::min(cut, digits.size())));
    Decimal made;
    std::copy(digits.begin(), digits.end(), made.digits_.begin());
    made.count_ = static_cast<std::uint8_t>(digits.size());
    made.scale_ = static_cast<std::uint8_t>(scale - cut);
    made.negative_ = negative && !digits.empty();
    return made;
  }
};

namespace detail {

void throw_not_decimal(std::string_view text) {
  throw BadParam("\"" + std::string(text) + "\" is not a decimal number");
}

void throw_decimal_overflow(std::string_view what) {
  throw DataConversion("a decimal number " + std::string(what));
}

}  // namespace detail

Decimal::Decimal(double value) {
  if (!std::isfinite(value)) detail::throw_decimal_overflow("cannot be infinite or NaN");
  std::array<char, 32> buffer;  // "-1.2345678901234567e-308"
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value),
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t mark = text.find('e');
  std::string digits(text.substr(0, mark));
  std::erase(digits, '.');
  const int exponent = std::atoi(std::string(text.substr(mark + 1)).c_str());
  if (exponent < 0) {
    digits.insert(0, "." + std::string(static_cast<std::size_t>(-exponent - 1), '0'));
  } else if (const auto before = static_cast<std::size_t>(exponent) + 1; before < digits.size()) {
    digits.insert(before, ".");
  } else {
    digits.append(before - digits.size(), '0');
  }
  parse((value < 0 ? "-" : "") + digits);
}

Decimal Decimal::truncated(std::size_t scale) const {
  Decimal made = *this;
  if (scale < scale_) made.drop(scale_ - scale);
  return made;
}

Decimal Decimal::rounded(std::size_t scale) const {
  if (scale >= scale_) return *this;
  const bool up = digit(scale_ - scale - 1) >= 5;
  const Decimal cut = truncated(scale);
  if (!up) return cut;
  return DecimalMaker::make(add(DecimalMaker::digits(cut, cut.scale_), {1}), cut.scale_, negative_);
}

std::uint64_t Decimal::integer_part(std::uint64_t limit) const {
  std::uint64_t magnitude = 0;
  for (std::size_t i = count_; i-- > scale_;) {
    if (digits_[i] > limit || magnitude > (limit - digits_[i]) / 10) {
      detail::throw_decimal_overflow("does not fit into the integer");
    }
    magnitude = magnitude * 10 + digits_[i];
  }
  return magnitude;
}

Decimal::operator double() const { return std::strtod(to_string(*this).c_str(), nullptr); }

Decimal::operator long double() const { return std::strtold(to_string(*this).c_str(), nullptr); }

Decimal Decimal::operator-() const {
  Decimal made = *this;
  made.negative_ = !negative_ && count_ != 0;
  return made;
}

Decimal Decimal::sum(const Decimal& left, const Decimal& right) {
  const std::size_t scale = std::max(left.scale_, right.scale_);
  const Digits one = DecimalMaker::digits(left, scale);
  const Digits other = DecimalMaker::digits(right, scale);
  if (left.negative_ == right.negative_) {
    return DecimalMaker::make(add(one, other), scale, left.negative_);
  }
  const bool left_is_larger = corbel::compare(one, other) >= 0;
  return DecimalMaker::make(left_is_larger ? subtract(one, other) : subtract(other, one), scale,
                            left_is_larger ? left.negative_ : right.negative_);
}

Decimal Decimal::product(const Decimal& left, const Decimal& right) {
  return DecimalMaker::make(
      multiply(DecimalMaker::digits(left, left.scale_), DecimalMaker::digits(right, right.scale_)),
      std::size_t{left.scale_} + right.scale_, left.negative_ != right.negative_);
}

// The quotient gets as many digits after the point as a Decimal can have, then loses its zeros.
Decimal Decimal::quotient(const Decimal& left, const Decimal& right) {
  if (right.is_zero()) detail::throw_decimal_overflow("cannot be divided by zero");
  constexpr std::size_t kScale = Decimal::kMaxDigits;
  Digits remainder;
  Digits quotient = divide(DecimalMaker::digits(left, kScale + right.scale_),
                           DecimalMaker::digits(right, right.scale_), remainder);
  std::size_t zeros = 0;
  while (zeros < quotient.size() && zeros < kScale && quotient[zeros] == 0) ++zeros;
  quotient.erase(quotient.begin(), quotient.begin() + static_cast<std::ptrdiff_t>(zeros));
  return DecimalMaker::make(quotient, quotient.empty() ? 0 : kScale - zeros,
                            left.negative_ != right.negative_);
}

std::strong_ordering Decimal::compare(const Decimal& left, const Decimal& right) {
  if (left.negative_ != right.negative_) {
    return left.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const std::size_t scale = std::max(left.scale_, right.scale_);
  const int order =
      corbel::compare(DecimalMaker::digits(left, scale), DecimalMaker::digits(right, scale));
  return (left.negative_ ? -order : order) <=> 0;
}

std::string to_string(const Decimal& value) {
  std::string text = value.negative_ ? "-" : "";
  for (std::size_t i = std::max<std::size_t>(value.count_, value.scale_ + 1u); i-- > 0;) {
    text += static_cast<char>('0' + value.digit(i));
    if (i == value.scale_ && i != 0) text += '.';
  }
  return text;
}

namespace stub {
namespace {
constexpr std::uint8_t kPlus = 0xc;
constexpr std::uint8_t kMinus = 0xd;
}  // namespace

void encode_fixed(cdr::Encoder& encoder, const Decimal& value, std::size_t digits) {
  // Counted from the sign: half octet i holds digit i - 1.
  const auto half = [&](std::size_t i) { return value.digit(i - 1); };
  for (std::size_t octet = digits / 2; octet > 0; --octet) {
    encoder.write(static_cast<std::uint8_t>(half(2 * octet + 1) << 4 | half(2 * octet)));
  }
  encoder.write(static_cast<std::uint8_t>(half(1) << 4 | (value.is_negative() ? kMinus : kPlus)));
}

Decimal decode_fixed(cdr::Decoder& decoder, std::size_t digits, std::size_t scale) {
  std::string text;
  unsigned sign = kPlus;
  for (std::size_t octet = 0; octet <= digits / 2; ++octet) {
    const auto pair = decoder.read<std::uint8_t>();
    const unsigned high = pair >> 4;
    const unsigned low = pair & 15u;
    const bool is_last = octet == digits / 2;
    const unsigned most = octet == 0 && digits % 2 == 0 ? 0 : 9;
    if (high > most || (is_last ? low != kPlus && low != kMinus : low > 9)) {
      decoder.fail("fixed with a wrong digit or sign");
    }
    if (decoder.failed()) return Decimal().fitted(digits, scale);
    text += static_cast<char>('0' + high);
    if (is_last) {
      sign = low;
    } else {
      text += static_cast<char>('0' + low);
    }
  }
  text.insert(text.size() - scale, ".");
  return Decimal((sign == kMinus ? "-" : "") + text);
}

}  // namespace stub
}  // namespace corbel
