#include <orb/ior/text.hpp>

namespace corbel::ior {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::size_t kLongestQuote = 60;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool starts_with_scheme(std::string_view text, std::string_view scheme) noexcept {
  if (text.size() < scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    if (lower(text[i]) != lower(scheme[i])) return false;
  }
  return true;
}

std::string quote(std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text.substr(0, kLongestQuote)) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet != 0x7f) {
      out.push_back(c);
    } else {
      out.append("\\x");
      out.push_back(kDigits[octet >> 4]);
      out.push_back(kDigits[octet & 15]);
    }
  }
  out.append(text.size() > kLongestQuote ? "...\"" : "\"");
  return out;
}

}  // namespace corbel::ior
