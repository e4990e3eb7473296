#include <corbel/bitmask.hpp>
#include <corbel/exceptions.hpp>

#include <array>
#include <charconv>

namespace corbel::stub {

std::string print_flags(std::uint64_t bits, std::initializer_list<FlagName> names) {
  std::string text;
  const auto add = [&text](std::string_view part) {
    if (!text.empty()) text += '|';
    text += part;
  };
  for (const FlagName& flag : names) {
    if ((bits & flag.bits) == 0) continue;
    add(flag.name);
    bits &= ~flag.bits;
  }
  if (bits != 0) {
    std::array<char, 16> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bits, 16).ptr;
    add("0x" + std::string(digits.data(), end));
  }
  return text.empty() ? "0" : text;
}

void throw_bit_field(const char* field, unsigned width) {
  throw BadParam(std::string("the value of the bitset's field ") + field + " needs more than its " +
                 std::to_string(width) + " bits");
}

}  // namespace corbel::stub
