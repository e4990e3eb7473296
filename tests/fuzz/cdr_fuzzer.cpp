#include <corbel/any.hpp>
#include <corbel/exceptions.hpp>
#include <orb/base/assert.hpp>
#include <orb/cdr/transcoder.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

/// The first octet chooses byte order, version, code sets and task, the rest is CDR: an any, or a
/// TypeCode followed by a value of it, or typed reads that each have an octet to name them. What
/// was accepted must survive being written in another encoding and read again.
namespace {

using namespace corbel;

cdr::Encoding encoding_of(unsigned choice) {
  static constexpr cdr::CodeSet kChars[] = {cdr::CodeSet::utf8, cdr::CodeSet::iso8859_1};
  cdr::Encoding encoding;
  encoding.order = static_cast<cdr::ByteOrder>(choice & 1);
  encoding.version.minor = static_cast<std::uint8_t>(choice >> 1 & 3);
  encoding.chars = kChars[choice >> 3 & 1];
  return encoding;
}

void check_any(std::span<const std::byte> octets, const cdr::Encoding& encoding) {
  cdr::Decoder decoder(octets, encoding);
  const Any any = Any::decode(decoder);
  if (decoder.failed()) return;
  CORBEL_ASSERT(any.type().equivalent(any.type()), "a type differs from itself");
  (void)any.type().to_string();
  CORBEL_ASSERT(to_string(any).find("<broken") == std::string::npos,
                "a good any cannot be printed");
  cdr::Encoding other = encoding;
  other.order =
      encoding.order == cdr::ByteOrder::big ? cdr::ByteOrder::little : cdr::ByteOrder::big;
  other.version = {1, 2};
  other.chars = cdr::CodeSet::utf8;
  cdr::Encoder encoder(other);
  encoder.write(std::uint8_t{0});
  any.encode(encoder);
  cdr::Decoder again(encoder.octets(), other);
  again.skip(1);
  const Any back = Any::decode(again);
  CORBEL_ASSERT(!again.failed(), again.failure());
  CORBEL_ASSERT(back == any, "an any changed on its way through another encoding");
}

void check_value(std::span<const std::byte> octets, const cdr::Encoding& encoding) {
  cdr::Decoder decoder(octets, encoding);
  const TypeCode type = TypeCode::decode(decoder);
  if (decoder.failed()) return;
  cdr::Decoder copy = decoder;
  cdr::validate(type, decoder);
  cdr::Encoder encoder;
  cdr::transcode(type, copy, encoder);
  CORBEL_ASSERT(copy.failed() == decoder.failed(), "checking and copying disagree");
  if (!copy.failed())
    CORBEL_ASSERT(copy.position() == decoder.position(), "checking and copying disagree");
}

template <class T>
void read_and_write(cdr::Decoder& decoder, cdr::Encoder& encoder) {
  const auto value = decode<T>(decoder);
  if (decoder.failed()) return;
  encoder.clear();
  encode(encoder, value);
  cdr::Decoder again(encoder.octets());
  const auto back = decode<T>(again);
  CORBEL_ASSERT(!again.failed() && again.remaining() == 0, again.failure());
  encoder.clear();
  encode(encoder, back);
}

void check_typed(std::span<const std::byte> octets, const cdr::Encoding& encoding) {
  cdr::Decoder decoder(octets, encoding);
  cdr::Encoder encoder;
  while (!decoder.failed() && decoder.remaining() > 0) {
    switch (decoder.read<std::uint8_t>() % 12) {
      case 0:
        read_and_write<std::string>(decoder, encoder);
        break;
      case 1:
        read_and_write<std::u16string>(decoder, encoder);
        break;
      case 2:
        read_and_write<char16_t>(decoder, encoder);
        break;
      case 3:
        read_and_write<long double>(decoder, encoder);
        break;
      case 4:
        read_and_write<std::vector<bool>>(decoder, encoder);
        break;
      case 5:
        read_and_write<std::vector<std::string>>(decoder, encoder);
        break;
      case 6:
        read_and_write<std::vector<double>>(decoder, encoder);
        break;
      case 7:
        read_and_write<std::vector<Any>>(decoder, encoder);
        break;
      case 8:
        read_and_write<std::vector<std::vector<std::uint16_t>>>(decoder, encoder);
        break;
      case 9:
        read_and_write<std::array<std::uint32_t, 3>>(decoder, encoder);
        break;
      case 10:
        read_and_write<TypeCode>(decoder, encoder);
        break;
      default: {
        cdr::Decoder nested = decoder.read_encapsulation();
        nested.read<std::uint64_t>();
        decoder.absorb(nested);
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto octets = std::as_bytes(std::span(data, size));
  const cdr::Encoding encoding = encoding_of(data[0]);
  const auto value = octets.subspan(1);
  if ((data[0] & 0x80) != 0) {
    check_typed(value, encoding);
  } else if ((data[0] & 0x40) != 0) {
    check_value(value, encoding);
  } else {
    check_any(value, encoding);
  }
  return 0;
}
