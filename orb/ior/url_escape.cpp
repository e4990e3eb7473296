#include <orb/ior/url_escape.hpp>

namespace corbel::ior {
namespace {

constexpr std::string_view kBare = ";/:?@&=+$,-_.!~*'()";

bool is_bare(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != '\0' && kBare.find(c) != std::string_view::npos);
}

int digit_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string escape_url(std::string_view octets) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(octets.size());
  for (const char c : octets) {
    if (is_bare(c)) {
      out.push_back(c);
    } else {
      const auto octet = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kDigits[octet >> 4]);
      out.push_back(kDigits[octet & 15]);
    }
  }
  return out;
}

std::optional<std::string> unescape_url(std::string_view text, std::size_t& error_position) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    const int high = i + 1 < text.size() ? digit_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? digit_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      error_position = i;
      return std::nullopt;
    }
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

}  // namespace corbel::ior
