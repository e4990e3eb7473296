#include <orb/cdr/decimal.hpp>

#include <algorithm>
#include <cstddef>

namespace corbel::cdr {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

void strip_leading_zeros(std::string& digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
}

}  // namespace

std::string decimal_text(std::string_view digits, std::int16_t scale, bool negative) {
  std::string whole(digits);
  std::string fraction;
  if (scale < 0) {
    whole.append(static_cast<std::size_t>(-scale), '0');
  } else {
    const auto behind = static_cast<std::size_t>(scale);
    if (whole.size() < behind) whole.insert(0, behind - whole.size(), '0');
    fraction = whole.substr(whole.size() - behind);
    whole.resize(whole.size() - behind);
  }
  strip_leading_zeros(whole);
  if (whole.empty()) whole = "0";
  return (negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

std::optional<FixedDigits> fixed_digits(std::string_view text, std::uint16_t count,
                                        std::int16_t scale) {
  FixedDigits value;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    value.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const auto point = text.find('.');
  std::string whole(text.substr(0, point));
  std::string fraction(point == text.npos ? std::string_view() : text.substr(point + 1));
  if ((whole.empty() && fraction.empty()) || !std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(fraction.begin(), fraction.end(), is_digit)) {
    return std::nullopt;
  }
  fraction.erase(fraction.find_last_not_of('0') + 1);
  strip_leading_zeros(whole);
  if (scale < 0) {
    // The zeros that the scale stands for.
    const auto zeros = static_cast<std::size_t>(-scale);
    if (!fraction.empty()) return std::nullopt;
    if (whole.find_last_not_of('0') + 1 + zeros > whole.size() && !whole.empty())
      return std::nullopt;
    whole.resize(whole.size() - std::min(zeros, whole.size()));
  } else {
    const auto behind = static_cast<std::size_t>(scale);
    if (fraction.size() > behind) return std::nullopt;
    fraction.append(behind - fraction.size(), '0');
  }
  value.digits = whole + fraction;
  strip_leading_zeros(value.digits);
  if (value.digits.size() > count) return std::nullopt;
  value.digits.insert(0, count - value.digits.size(), '0');
  return value;
}

}  // namespace corbel::cdr
