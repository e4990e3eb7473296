#include <corbel/stub/decoder.hpp>
#include <orb/base/hot.hpp>
#include <orb/cdr/code_set.hpp>
#include <orb/cdr/long_double.hpp>

namespace corbel::cdr {
namespace {

constexpr char16_t kMark = 0xfeff;
constexpr char16_t kMarkSwapped = 0xfffe;

bool check_wide_allowed(Decoder& decoder) {
  if (decoder.encoding().version < kGiop1_1) {
    decoder.fail("wide characters are illegal in GIOP 1.0");
  } else if (decoder.encoding().wchars == CodeSet::none) {
    decoder.fail("wide characters without an agreed code set");
  }
  return !decoder.failed();
}

char16_t get_big_endian(const std::byte* from) {
  return static_cast<char16_t>((std::to_integer<unsigned>(from[0]) << 8) |
                               std::to_integer<unsigned>(from[1]));
}

char16_t swap_unit(char16_t unit) { return static_cast<char16_t>((unit << 8) | (unit >> 8)); }

// A byte order mark decides; without one GIOP 1.2 text is big-endian.
std::u16string utf16_of_12(std::span<const std::byte> octets) {
  std::u16string text(octets.size() / 2, u'\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = get_big_endian(octets.data() + 2 * i);
  if (text.empty() || (text.front() != kMark && text.front() != kMarkSwapped)) return text;
  const bool swapped = text.front() == kMarkSwapped;
  text.erase(0, 1);
  if (swapped) {
    for (char16_t& unit : text) unit = swap_unit(unit);
  }
  return text;
}

std::u16string read_wstring_12(Decoder& decoder, std::size_t bound) {
  const auto length = decoder.read<std::uint32_t>();
  if (length % 2 != 0) decoder.fail("wstring of an odd number of octets");
  const auto octets = decoder.read_octets(length);
  if (!decoder.claim(octets.size(), 0)) return {};
  std::u16string text = utf16_of_12(octets);
  if (bound != 0 && text.size() > bound) decoder.fail("wstring longer than its bound");
  return text;
}

std::u16string read_wstring_11(Decoder& decoder, std::size_t bound) {
  const auto count = decoder.read_count(2, 2, true);
  if (count == 0) return {};
  if (bound != 0 && count - 1 > bound) decoder.fail("wstring longer than its bound");
  if (decoder.failed()) return {};
  std::u16string text(count, u'\0');
  for (char16_t& unit : text) unit = static_cast<char16_t>(decoder.read<std::uint16_t>());
  if (text.back() != u'\0') decoder.fail("wstring without its NUL");
  text.pop_back();
  return text;
}

}  // namespace

CORBEL_HOT std::string_view Decoder::read_string_view() noexcept {
  const auto length = read<std::uint32_t>();
  if (length == 0 || failed()) return {};  // illegal, but peers send it for the empty string
  const auto octets = read_octets(length);
  if (failed()) return {};
  const std::string_view text(reinterpret_cast<const char*>(octets.data()), length - 1);
  if (octets.back() != std::byte{0}) {
    fail("string without its NUL");
    return {};
  }
  if (text.find('\0') != std::string_view::npos) {
    fail("string with an embedded NUL");
    return {};
  }
  return text;
}

std::string Decoder::read_string(std::size_t bound) {
  const std::string_view wire = read_string_view();
  if (bound != 0 && wire.size() > bound) fail("string longer than its bound");
  if (!claim(wire.size(), 0) || failed()) return {};
  if (encoding_.chars == CodeSet::utf8) {
    if (!is_utf8(wire)) {
      fail("string is not UTF-8, the code set agreed on", true);
      return {};
    }
    return std::string(wire);
  }
  std::string text = latin1_to_utf8(wire);
  if (!claim(text.size() - wire.size(), 0)) return {};
  return text;
}

std::u16string Decoder::read_wstring(std::size_t bound) {
  if (!check_wide_allowed(*this)) return {};
  std::u16string text =
      encoding_.version < kGiop1_2 ? read_wstring_11(*this, bound) : read_wstring_12(*this, bound);
  if (text.find(u'\0') != std::u16string::npos) fail("wstring with an embedded NUL");
  if (!is_utf16(text)) fail("wstring with an unpaired surrogate", true);
  if (failed()) return {};
  return text;
}

char16_t Decoder::read_wchar() noexcept {
  if (!check_wide_allowed(*this)) return 0;
  if (encoding_.version < kGiop1_2) return static_cast<char16_t>(read<std::uint16_t>());
  const auto length = read<std::uint8_t>();
  if (length != 2 && length != 4) {
    fail("wide character of neither two octets nor a byte order mark and two");
    return 0;
  }
  const auto octets = read_octets(length);
  if (failed()) return 0;
  const char16_t unit = get_big_endian(octets.data() + length - 2);
  if (length == 2) return unit;
  const char16_t mark = get_big_endian(octets.data());
  if (mark != kMark && mark != kMarkSwapped) fail("wide character of two units");
  return mark == kMarkSwapped ? swap_unit(unit) : unit;
}

long double Decoder::read_long_double() noexcept {
  align(8);
  const auto first = read<std::uint64_t>();
  const auto second = read<std::uint64_t>();
  if (failed()) return 0;
  return from_binary128(encoding_.order == ByteOrder::big ? Binary128{first, second}
                                                          : Binary128{second, first});
}

char Decoder::read_char() noexcept { return static_cast<char>(read<std::uint8_t>()); }

}  // namespace corbel::cdr
