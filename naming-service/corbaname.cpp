#include "naming-service/corbaname.hpp"

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>

namespace corbel::naming_service {

namespace {

bool stands_in_url(char character) noexcept {
  constexpr std::string_view kPunctuation = ";/:?@&=+$,-_.!~*'()";
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') ||
         kPunctuation.find(character) != std::string_view::npos;
}

void append_escaped(std::string& url, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char character : text) {
    if (stands_in_url(character)) {
      url.push_back(character);
    } else {
      const auto octet = static_cast<unsigned char>(character);
      url.push_back('%');
      url.push_back(kDigits[octet >> 4]);
      url.push_back(kDigits[octet & 15]);
    }
  }
}

}  // namespace

bool is_corbaname_address(std::string_view address) {
  if (address.empty() || address.find('#') != std::string_view::npos) return false;
  try {
    ObjectRef::parse("corbaname:" + std::string(address));
    return true;
  } catch (const BadParam&) {
    return false;
  }
}

std::string make_corbaname(std::string_view address, std::string_view name) {
  std::string url = "corbaname:" + std::string(address);
  if (name.empty()) return url;
  url.push_back('#');
  append_escaped(url, name);
  return url;
}

}  // namespace corbel::naming_service
