#include "idl/compiler/checker/decimal.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace corbel::idl {
namespace {

constexpr std::size_t kMostDigits = 31;

std::string without_leading_zeros(std::string digits) {
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  return digits.substr(first);
}

/// Both numbers as digits of the same scale and length.
struct Aligned {
  Aligned(const FixedValue& one, const FixedValue& other)
      : scale(std::max(one.scale, other.scale)), left(one.digits), right(other.digits) {
    left.append(scale - one.scale, '0');
    right.append(scale - other.scale, '0');
    const std::size_t length = std::max(left.size(), right.size());
    left.insert(0, length - left.size(), '0');
    right.insert(0, length - right.size(), '0');
  }

  std::uint16_t scale;
  std::string left;
  std::string right;
};

std::string sum(const std::string& left, const std::string& right) {
  std::string digits(left.size() + 1, '0');
  int carry = 0;
  for (std::size_t i = left.size(); i-- > 0;) {
    const int value = (left[i] - '0') + (right[i] - '0') + carry;
    digits[i + 1] = static_cast<char>('0' + value % 10);
    carry = value / 10;
  }
  digits[0] = static_cast<char>('0' + carry);
  return digits;
}

// `left` is not less than `right`, and as long.
std::string difference(const std::string& left, const std::string& right) {
  std::string digits(left.size(), '0');
  int borrow = 0;
  for (std::size_t i = left.size(); i-- > 0;) {
    const int value = left[i] - right[i] - borrow;
    borrow = value < 0 ? 1 : 0;
    digits[i] = static_cast<char>('0' + value + 10 * borrow);
  }
  return digits;
}

FixedValue normalised(FixedValue value) {
  value.digits = without_leading_zeros(std::move(value.digits));
  if (value.digits == "0") return {false, "0", 0};
  while (value.scale > 0 && value.digits.size() > 1 && value.digits.back() == '0') {
    value.digits.pop_back();
    --value.scale;
  }
  return value;
}

}  // namespace

FixedValue add(const FixedValue& left, const FixedValue& right) {
  const Aligned both(left, right);
  if (left.negative == right.negative) {
    return normalised({left.negative, sum(both.left, both.right), both.scale});
  }
  const bool left_is_greater = both.left >= both.right;
  return normalised(
      {left_is_greater ? left.negative : right.negative,
       left_is_greater ? difference(both.left, both.right) : difference(both.right, both.left),
       both.scale});
}

FixedValue negated(FixedValue value) {
  value.negative = !value.negative && value.digits != "0";
  return value;
}

FixedValue multiply(const FixedValue& left, const FixedValue& right) {
  std::string digits(left.digits.size() + right.digits.size(), '0');
  for (std::size_t i = left.digits.size(); i-- > 0;) {
    int carry = 0;
    for (std::size_t j = right.digits.size(); j-- > 0;) {
      const int value =
          (left.digits[i] - '0') * (right.digits[j] - '0') + (digits[i + j + 1] - '0') + carry;
      digits[i + j + 1] = static_cast<char>('0' + value % 10);
      carry = value / 10;
    }
    digits[i] = static_cast<char>('0' + carry);
  }
  return normalised({left.negative != right.negative, std::move(digits),
                     static_cast<std::uint16_t>(left.scale + right.scale)});
}

std::optional<FixedValue> divide(const FixedValue& left, const FixedValue& right) {
  if (right.digits == "0") return std::nullopt;
  // As many digits behind the point as the quotient can use.
  const std::size_t more = 2 * kMostDigits + right.scale;
  const std::string dividend = left.digits + std::string(more, '0');
  const std::string divisor = "0" + right.digits;
  std::string rest(divisor.size(), '0');
  std::string quotient;
  for (const char digit : dividend) {
    rest.erase(0, 1);
    rest += digit;
    char times = '0';
    while (rest >= divisor) {
      rest = difference(rest, divisor);
      ++times;
    }
    quotient += times;
  }
  return cut(normalised({left.negative != right.negative, std::move(quotient),
                         static_cast<std::uint16_t>(left.scale + more - right.scale)}),
             2 * kMostDigits);
}

FixedValue cut(FixedValue value, std::size_t scale) {
  while (value.scale > scale) {
    if (!value.digits.empty()) value.digits.pop_back();
    --value.scale;
  }
  return normalised(std::move(value));
}

std::size_t integer_digits(const FixedValue& value) {
  if (value.digits == "0" || value.digits.size() <= value.scale) return 0;
  return value.digits.size() - value.scale;
}

std::optional<FixedValue> fitted(const FixedValue& value) {
  const std::size_t in_front = integer_digits(value);
  if (in_front > kMostDigits) return std::nullopt;
  return cut(value, kMostDigits - in_front);
}

}  // namespace corbel::idl
