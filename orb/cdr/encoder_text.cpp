#include <corbel/exceptions.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/cdr/code_set.hpp>
#include <orb/cdr/long_double.hpp>
#include <orb/cdr/text_octets.hpp>

#include <string>
#include <utility>

namespace corbel::cdr {
namespace {

void check_wide_allowed(const Encoding& encoding) {
  if (encoding.version < kGiop1_1) {
    throw Marshal("wide characters cannot travel in GIOP 1.0; the reference names that version");
  }
  if (encoding.wchars == CodeSet::none) {
    throw BadParam("wide characters without a code set agreed on with the peer");
  }
}

// Without byte order mark, UTF-16 is big-endian in GIOP 1.2 whatever the stream's order.
void put_big_endian(std::byte* to, char16_t unit) {
  to[0] = std::byte{static_cast<std::uint8_t>(unit >> 8)};
  to[1] = std::byte{static_cast<std::uint8_t>(unit & 0xff)};
}

bool looks_like_byte_order_mark(char16_t unit) { return unit == 0xfeff || unit == 0xfffe; }

}  // namespace

void Encoder::write(char16_t value) {
  check_wide_allowed(encoding_);
  if (encoding_.version < kGiop1_2) {
    write(static_cast<std::uint16_t>(value));
    return;
  }
  // A character that a reader would take for a mark gets one before it.
  const bool marked = looks_like_byte_order_mark(value);
  write(static_cast<std::uint8_t>(marked ? 4 : 2));
  if (marked) put_big_endian(extend(2), 0xfeff);
  put_big_endian(extend(2), value);
}

void Encoder::write(long double value) {
  const Binary128 wire = to_binary128(value);
  align(8);
  write(encoding_.order == ByteOrder::big ? wire.high : wire.low);
  write(encoding_.order == ByteOrder::big ? wire.low : wire.high);
}

void Encoder::write_string(std::string_view utf8) {
  if (utf8.find('\0') != std::string_view::npos) throw BadParam("a string with an embedded NUL");
  if (encoding_.chars == CodeSet::utf8) {
    if (!is_utf8(utf8)) throw DataConversion("a string that is not UTF-8");
    write_string_octets(*this, utf8);
  } else if (ascii_prefix(utf8) == utf8.size()) {
    write_string_octets(*this, utf8);
  } else {
    const auto latin1 = utf8_to_latin1(utf8);
    if (!latin1) {
      throw DataConversion(
          "a string with characters that ISO-8859-1, agreed on with the peer, lacks");
    }
    const bool lent = std::exchange(allow_references_, false);  // the converted text dies here
    write_string_octets(*this, *latin1);
    allow_references_ = lent;
  }
}

void Encoder::write_wstring(std::u16string_view utf16) {
  check_wide_allowed(encoding_);
  if (utf16.find(u'\0') != std::u16string_view::npos)
    throw BadParam("a wstring with an embedded NUL");
  if (!is_utf16(utf16)) throw DataConversion("a wstring with an unpaired surrogate");
  if (encoding_.version < kGiop1_2) {
    write_count(utf16.size() + 1);
    for (const char16_t unit : utf16) write(static_cast<std::uint16_t>(unit));
    write(std::uint16_t{0});
    return;
  }
  const bool marked = !utf16.empty() && looks_like_byte_order_mark(utf16.front());
  write_count((utf16.size() + marked) * 2);
  std::byte* to = extend((utf16.size() + marked) * 2);
  if (marked) {
    put_big_endian(to, 0xfeff);
    to += 2;
  }
  for (const char16_t unit : utf16) {
    put_big_endian(to, unit);
    to += 2;
  }
}

// One octet in the transmission code set. UTF-8 has no single octet for U+0080 to U+00FF: the
// octet goes out as it is, which peers that pass octets through understand as we do.
void Encoder::write_char(char value) { write(static_cast<std::uint8_t>(value)); }

}  // namespace corbel::cdr
