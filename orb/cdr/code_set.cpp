#include <orb/cdr/code_set.hpp>

#include <cstdint>
#include <cstring>

namespace corbel::cdr {
namespace {

unsigned octet(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (octet(text, at) & 0xc0) == 0x80;
}

// Length of the well-formed sequence that starts at `at`, 0 if there is none (Unicode table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const unsigned first = octet(text, at);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4 || !is_continuation(text, at + 1)) return 0;
  if (first < 0xe0) return 2;
  const unsigned second = octet(text, at + 1);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ||
      !is_continuation(text, at + 2)) {
    return 0;
  }
  if (first < 0xf0) return 3;
  return is_continuation(text, at + 3) ? 4 : 0;
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  for (; text.size() - at >= 8; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  while (at < text.size() && octet(text, at) < 0x80) ++at;
  return at;
}

bool is_utf8(std::string_view text) noexcept {
  for (std::size_t at = ascii_prefix(text); at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

bool is_utf16(std::u16string_view text) noexcept {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] & 0xf800) != 0xd800) continue;
    const bool is_high = (text[at] & 0xfc00) == 0xd800;
    if (!is_high || at + 1 == text.size() || (text[at + 1] & 0xfc00) != 0xdc00) return false;
    ++at;
  }
  return true;
}

std::string latin1_to_utf8(std::string_view latin1) {
  const std::size_t ascii = ascii_prefix(latin1);
  std::string utf8(latin1.substr(0, ascii));
  if (ascii == latin1.size()) return utf8;
  utf8.reserve(ascii + 2 * (latin1.size() - ascii));
  for (std::size_t at = ascii; at < latin1.size(); ++at) {
    const unsigned character = octet(latin1, at);
    if (character < 0x80) {
      utf8.push_back(static_cast<char>(character));
    } else {
      utf8.push_back(static_cast<char>(0xc0 | (character >> 6)));
      utf8.push_back(static_cast<char>(0x80 | (character & 0x3f)));
    }
  }
  return utf8;
}

std::optional<std::string> utf8_to_latin1(std::string_view utf8) {
  const std::size_t ascii = ascii_prefix(utf8);
  std::string latin1(utf8.substr(0, ascii));
  for (std::size_t at = ascii; at < utf8.size();) {
    const std::size_t length = sequence_length(utf8, at);
    if (length == 1) {
      latin1.push_back(utf8[at]);
    } else if (length == 2 && octet(utf8, at) <= 0xc3) {
      latin1.push_back(static_cast<char>((octet(utf8, at) << 6) | (octet(utf8, at + 1) & 0x3f)));
    } else {
      return std::nullopt;
    }
    at += length;
  }
  return latin1;
}

}  // namespace corbel::cdr
