#include <orb/giop/service_context.hpp>
#include <orb/ior/encapsulation.hpp>

namespace corbel::giop {
namespace {

constexpr std::size_t kLongestSent = 1000;
constexpr std::size_t kLongestRead = 4000;

/// The next code point of text that should be UTF-8; U+FFFD for what is not.
char32_t take_code_point(std::string_view& utf8) noexcept {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const unsigned first = octet(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  bool valid = length != 0 && length <= utf8.size();
  char32_t value = length == 1 ? first : first & (0x7fU >> length);
  for (std::size_t i = 1; valid && i < length; ++i) {
    valid = (octet(i) & 0xc0) == 0x80;
    value = value << 6 | (octet(i) & 0x3fU);
  }
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (valid)
    valid = value >= kSmallest[length] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  utf8.remove_prefix(valid ? length : 1);
  return valid ? value : U'\ufffd';
}

std::u16string to_utf16(std::string_view utf8, std::size_t longest) {
  std::u16string text;
  while (!utf8.empty() && text.size() < longest) {
    const char32_t code_point = take_code_point(utf8);
    if (code_point == 0) continue;
    if (code_point < 0x10000) {
      text.push_back(static_cast<char16_t>(code_point));
    } else {
      text.push_back(static_cast<char16_t>(0xd7c0 + (code_point >> 10)));
      text.push_back(static_cast<char16_t>(0xdc00 + (code_point & 0x3ff)));
    }
  }
  return text;
}

void append_utf8(std::string& out, char32_t value) {
  const auto tail = [&](unsigned shift) {
    out.push_back(static_cast<char>(0x80 | (value >> shift & 0x3f)));
  };
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
  } else if (value < 0x800) {
    out.push_back(static_cast<char>(0xc0 | value >> 6));
    tail(0);
  } else if (value < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | value >> 12));
    tail(6);
    tail(0);
  } else {
    out.push_back(static_cast<char>(0xf0 | value >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string to_utf8(std::u16string_view utf16) {
  std::string text;
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    char32_t value = utf16[i];
    const bool high = value >= 0xd800 && value < 0xdc00;
    if (high && i + 1 < utf16.size() && utf16[i + 1] >= 0xdc00 && utf16[i + 1] < 0xe000) {
      value = 0x10000 + ((value & 0x3ff) << 10 | (utf16[++i] & 0x3ffU));
    } else if (value >= 0xd800 && value < 0xe000) {
      value = U'\ufffd';
    }
    append_utf8(text, value);
  }
  return text;
}

}  // namespace

std::vector<std::byte> encode_exception_detail(std::string_view utf8) {
  auto encoder = ior::make_encapsulation();
  encoder.write_wstring(to_utf16(utf8, kLongestSent));
  return encoder.copy();
}

std::optional<std::string> decode_exception_detail(std::span<const std::byte> data) {
  auto decoder = ior::open_encapsulation(data);
  const std::u16string text = decoder.read_wstring(kLongestRead);
  if (decoder.failed()) return std::nullopt;
  return to_utf8(text);
}

}  // namespace corbel::giop
