#include <corbel/any.hpp>
#include <corbel/exceptions.hpp>
#include <orb/base/assert.hpp>
#include <orb/cdr/transcoder.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

/// The first octet chooses byte order, version, code sets and task, the rest is CDR: an any, or a
/// TypeCode followed by a value of it. What was accepted must survive being written in another
/// encoding and read again.
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
  cdr::Encoding other = encoding;
  other.order = encoding.order == cdr::ByteOrder::big ? cdr::ByteOrder::little : cdr::ByteOrder::big;
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
  if (!copy.failed()) CORBEL_ASSERT(copy.position() == decoder.position(), "checking and copying disagree");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto octets = std::as_bytes(std::span(data, size));
  const cdr::Encoding encoding = encoding_of(data[0]);
  const auto value = octets.subspan(1);
  if ((data[0] & 0x40) != 0) {
    check_value(value, encoding);
  } else {
    check_any(value, encoding);
  }
  return 0;
}
