#include <orb/cdr/code_set.hpp>
#include <orb/cdr/value_text.hpp>

#include <array>
#include <charconv>

namespace corbel::cdr {
namespace {

template <class T>
std::string shortest(T value) {
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return std::string(buffer.data(), end);
}

void append_code_point(std::string& out, char32_t point) {
  const auto put = [&](char32_t octet) { out.push_back(static_cast<char>(octet)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | (point >> 6));
    put(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    put(0xe0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
  } else {
    put(0xf0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3f));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
  }
}

void append_hex(std::string& out, unsigned octet) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out.append("\\x");
  out.push_back(kDigits[octet >> 4]);
  out.push_back(kDigits[octet & 15]);
}

}  // namespace

std::string number_text(double value) { return shortest(value); }
std::string number_text(float value) { return shortest(value); }
std::string number_text(long double value) { return shortest(value); }

std::string utf16_to_utf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char32_t point = text[at];
    if ((point & 0xf800) == 0xd800) {
      const bool paired =
          point < 0xdc00 && at + 1 < text.size() && (text[at + 1] & 0xfc00) == 0xdc00;
      point = paired ? 0x10000 + ((point & 0x3ff) << 10) + (text[at + 1] & 0x3ffu) : 0xfffd;
      if (paired) ++at;
    }
    append_code_point(out, point);
  }
  return out;
}

std::u16string utf8_to_utf16(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t point = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
      point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3fu);
    at += length;
    if (point < 0x10000) {
      out.push_back(static_cast<char16_t>(point));
    } else {
      out.push_back(static_cast<char16_t>(0xd800 + ((point - 0x10000) >> 10)));
      out.push_back(static_cast<char16_t>(0xdc00 + ((point - 0x10000) & 0x3ff)));
    }
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text, char quote) {
  const bool readable = is_utf8(text);
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == quote || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (octet < 0x20 || octet == 0x7f || (octet >= 0x80 && !readable)) {
      append_hex(out, octet);
    } else {
      out.push_back(c);
    }
  }
}

std::size_t utf8_cut(std::string_view text, std::size_t length) noexcept {
  if (length >= text.size()) return text.size();
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80) --length;
  return length;
}

}  // namespace corbel::cdr
