#include <orb/ior/ior_text.hpp>

#include <corbel/exceptions.hpp>
#include <orb/ior/encapsulation.hpp>
#include <orb/ior/reference_data.hpp>
#include <orb/ior/text.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace corbel::ior {
namespace {

constexpr std::string_view kScheme = "IOR:";

constexpr std::array<std::int8_t, 256> kDigitValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (unsigned i = 0; i < 10; ++i) values['0' + i] = static_cast<std::int8_t>(i);
  for (unsigned i = 0; i < 6; ++i) {
    values['a' + i] = static_cast<std::int8_t>(10 + i);
    values['A' + i] = static_cast<std::int8_t>(10 + i);
  }
  return values;
}();

int digit_value(char c) noexcept { return kDigitValues[static_cast<unsigned char>(c)]; }

std::vector<std::byte> read_digits(std::string_view digits) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digit_value(digits[i]) < 0) {
      throw BadParam("IOR: character " + std::to_string(kScheme.size() + i + 1) + " is " +
                     quote(digits.substr(i, 1)) + ", a hexadecimal digit was expected");
    }
  }
  if (digits.size() % 2 != 0) {
    throw BadParam("IOR: " + std::to_string(digits.size()) +
                   " hexadecimal digits, an even number was expected; is the end missing?");
  }
  std::vector<std::byte> octets;
  octets.reserve(digits.size() / 2);
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    octets.push_back(
        static_cast<std::byte>(digit_value(digits[i]) * 16 + digit_value(digits[i + 1])));
  }
  return octets;
}

}  // namespace

ObjectRef parse_ior_text(std::string_view text) {
  text = trim(text);
  if (!starts_with_scheme(text, kScheme)) {
    throw BadParam("IOR: " + quote(text) + " does not begin with \"IOR:\"");
  }
  const auto octets = read_digits(text.substr(kScheme.size()));
  if (octets.empty()) throw BadParam("IOR: nothing follows \"IOR:\"");
  auto decoder = open_encapsulation(octets);
  auto data = read_ior(decoder);
  if (decoder.failed()) {
    throw BadParam("IOR: " + std::string(decoder.failure()) + " at octet " +
                   std::to_string(decoder.failure_position()) + " of " +
                   std::to_string(octets.size()) + "; is the text complete?");
  }
  return ObjectRef(std::move(data));
}

std::string to_ior_text(const ObjectRef& ref) {
  static constexpr char kDigits[] = "0123456789abcdef";
  auto encoder = make_encapsulation();
  write_ior(encoder, ref.data());
  std::string text(kScheme);
  text.reserve(kScheme.size() + 2 * encoder.size());
  for (const std::byte octet : encoder.octets()) {
    text.push_back(kDigits[std::to_integer<unsigned>(octet) >> 4]);
    text.push_back(kDigits[std::to_integer<unsigned>(octet) & 15]);
  }
  return text;
}

}  // namespace corbel::ior
