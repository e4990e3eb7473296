#include "idl/compiler/lexer/literals.hpp"

#include <locale.h>
#include <stdlib.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <system_error>

namespace corbel::idl {
namespace {

NumberValue decode_integer(std::string_view spelling) {
  int base = 10;
  std::string_view digits = spelling;
  if (spelling.size() > 1 && spelling[0] == '0') {
    const bool hexadecimal = spelling[1] == 'x' || spelling[1] == 'X';
    base = hexadecimal ? 16 : 8;
    digits.remove_prefix(hexadecimal ? 2 : 1);
  }
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, value, base);
  if (failure == std::errc::result_out_of_range) {
    return LiteralProblem{"this integer does not fit into 64 bits", 0};
  }
  if (stop != end || digits.empty()) {
    const char* kind = base == 10 ? "decimal" : base == 8 ? "octal" : "hexadecimal";
    const auto offset = static_cast<std::size_t>(stop - spelling.data());
    return LiteralProblem{"expected " + std::string(kind) + " digits in this integer",
                          std::min(offset, spelling.size() - 1)};
  }
  return value;
}

NumberValue decode_fixed(std::string_view spelling) {
  FixedValue value;
  bool after_point = false;
  for (const char c : spelling.substr(0, spelling.size() - 1)) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (is_digit(c)) {
      value.digits += c;
      if (after_point) ++value.scale;
    } else {
      return LiteralProblem{"expected decimal digits in this fixed-point literal", 0};
    }
  }
  while (value.scale > 0 && value.digits.size() > 1 && value.digits.back() == '0') {
    value.digits.pop_back();
    --value.scale;
  }
  value.digits.erase(0, std::min(value.digits.find_first_not_of('0'), value.digits.size() - 1));
  if (value.digits.size() > 31) {
    return LiteralProblem{"a fixed-point literal has at most 31 digits", 0};
  }
  return value;
}

// std::from_chars refuses what is too small for a normalised number, and does not round it.
long double decode_out_of_range(const std::string& spelling) {
  static const locale_t kPlain = newlocale(LC_ALL_MASK, "C", nullptr);
  return strtold_l(spelling.c_str(), nullptr, kPlain);
}

NumberValue decode_floating(std::string_view spelling) {
  long double value = 0;
  const char* end = spelling.data() + spelling.size();
  const auto [stop, failure] = std::from_chars(spelling.data(), end, value);
  const bool is_out_of_range = failure == std::errc::result_out_of_range;
  if ((failure != std::errc{} && !is_out_of_range) || stop != end) {
    return LiteralProblem{"malformed number", static_cast<std::size_t>(stop - spelling.data())};
  }
  if (is_out_of_range) value = decode_out_of_range(std::string(spelling));
  if (std::isinf(value)) {
    return LiteralProblem{"this floating-point literal is out of range", 0};
  }
  return value;
}

/// Reads the characters of a literal, escapes resolved, as code points (or single octets).
class CharacterReader {
 public:
  CharacterReader(std::string_view spelling, bool wide) : text_(spelling), wide_(wide) {
    at_ = wide ? 2 : 1;
  }

  bool at_end() const { return at_ + 1 >= text_.size(); }

  /// The next character; on failure fills `problem`.
  char32_t next(LiteralProblem& problem) {
    start_ = at_;
    if (text_[at_] == '\\') return escape(problem);
    return wide_ ? utf8() : static_cast<unsigned char>(text_[at_++]);
  }

 private:
  char32_t escape(LiteralProblem& problem) {
    ++at_;
    const char c = text_[at_];
    static constexpr std::string_view kNames = "ntvbrfa\\?'\"";
    static constexpr std::string_view kValues = "\n\t\v\b\r\f\a\\?'\"";
    if (const auto known = kNames.find(c); known != std::string_view::npos) {
      ++at_;
      return static_cast<unsigned char>(kValues[known]);
    }
    if (c >= '0' && c <= '7') return number(8, 3, problem);
    if (c == 'x') return ++at_, number(16, 2, problem);
    if (c == 'u' && wide_) return ++at_, number(16, 4, problem);
    problem = {std::string("unknown escape sequence '\\") + c + "'", start_};
    if (c == 'u') problem.message = "\\u is allowed in wide characters and strings only";
    return 0;
  }

  char32_t number(int base, std::size_t max_digits, LiteralProblem& problem) {
    std::uint32_t value = 0;
    const std::size_t length = std::min(max_digits, text_.size() - 1 - at_);
    const char* begin = text_.data() + at_;
    const auto [stop, failure] = std::from_chars(begin, begin + length, value, base);
    if (failure != std::errc{} || (!wide_ && value > 0xFF)) {
      problem = {failure != std::errc{} ? "expected digits after this escape"
                                        : "this escape does not fit into a character",
                 start_};
    }
    at_ += static_cast<std::size_t>(stop - begin);
    return value;
  }

  char32_t utf8() {
    const auto lead = static_cast<unsigned char>(text_[at_]);
    const std::size_t extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t value = extra == 0 ? lead : lead & (0x3FU >> extra);
    if (at_ + extra + 1 >= text_.size()) return ++at_, lead;
    for (std::size_t i = 1; i <= extra; ++i) {
      const auto octet = static_cast<unsigned char>(text_[at_ + i]);
      if ((octet & 0xC0U) != 0x80U) return ++at_, lead;
      value = (value << 6U) | (octet & 0x3FU);
    }
    at_ += extra + 1;
    return value;
  }

  std::string_view text_;
  bool wide_;
  std::size_t at_;
  std::size_t start_ = 0;
};

}  // namespace

NumberValue decode_number(std::string_view spelling) {
  const bool hexadecimal = spelling.starts_with("0x") || spelling.starts_with("0X");
  if (!hexadecimal && (spelling.ends_with('d') || spelling.ends_with('D'))) {
    return decode_fixed(spelling);
  }
  if (!hexadecimal && spelling.find_first_of(".eE") != std::string_view::npos) {
    return decode_floating(spelling);
  }
  return decode_integer(spelling);
}

std::variant<LiteralProblem, std::string> decode_narrow(std::string_view spelling) {
  std::string value;
  CharacterReader reader(spelling, false);
  while (!reader.at_end()) {
    LiteralProblem problem;
    value += static_cast<char>(reader.next(problem));
    if (!problem.message.empty()) return problem;
  }
  return value;
}

std::variant<LiteralProblem, std::u16string> decode_wide(std::string_view spelling) {
  std::u16string value;
  CharacterReader reader(spelling, true);
  while (!reader.at_end()) {
    LiteralProblem problem;
    const char32_t c = reader.next(problem);
    if (!problem.message.empty()) return problem;
    if (c >= 0x10000) {
      value += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10U));
      value += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FFU));
    } else {
      value += static_cast<char16_t>(c);
    }
  }
  return value;
}

}  // namespace corbel::idl
