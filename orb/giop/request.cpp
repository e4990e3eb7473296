#include <orb/giop/request.hpp>

#include <orb/base/hot.hpp>
#include <orb/ior/encapsulation.hpp>

#include <cstring>

namespace corbel::giop {
namespace {

// A larger object key (the counts fit anyway) may be referenced rather than copied.
constexpr std::size_t kPlainAtMost = 4096;

ResponseKind read_response_flags(cdr::Decoder& decoder) noexcept {
  const auto flags = decoder.read<std::uint8_t>();
  if (flags > 3 || flags == 2) decoder.fail("response flags are neither 0, 1 nor 3");
  return static_cast<ResponseKind>(flags);
}

void read_1_0(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  header.service_contexts.decode(decoder);
  header.request_id = decoder.read<std::uint32_t>();
  header.response = decoder.read<bool>() ? ResponseKind::target : ResponseKind::none;
  if (decoder.encoding().version.minor != 0) decoder.skip(3);
  header.object_key = ior::as_text(ior::read_octet_sequence(decoder));
  header.operation = decoder.read_string_view();
  ior::read_octet_sequence(decoder);  // requesting_principal, of no meaning
}

constexpr std::size_t padded(std::size_t size) noexcept { return (size + 3) & ~std::size_t{3}; }

// Nearly every request of GIOP 1.2 names its object by key and has no service contexts. In our byte
// order that is:

/// The header up to the key; then come the key, the operation and the count of contexts, each at a
/// multiple of 4.
struct PlainStart {
  std::uint32_t request_id;
  std::uint8_t response;
  std::uint8_t reserved[3];
  std::uint16_t disposition;
  std::uint16_t padding;
  std::uint32_t key_size;
};

/// The same octets as write_1_2() makes, with one look at the encoder's memory instead of ten.
void write_plain_1_2(cdr::Encoder& encoder, std::uint32_t request_id, ResponseKind response,
                     std::string_view object_key, std::string_view operation) {
  const PlainStart start{request_id, static_cast<std::uint8_t>(response),
                         {},         static_cast<std::uint16_t>(AddressingDisposition::key),
                         0,          static_cast<std::uint32_t>(object_key.size())};
  const auto operation_size = static_cast<std::uint32_t>(operation.size() + 1);
  const std::size_t size = sizeof(start) + padded(object_key.size()) + sizeof(operation_size) +
                           padded(operation_size) + sizeof(std::uint32_t);
  std::byte* at = encoder.write_room(size).data();
  const auto put = [&at](const void* from, std::size_t count, std::size_t room) {
    if (count != 0) std::memcpy(at, from, count);
    std::memset(at + count, 0, room - count);
    at += room;
  };
  put(&start, sizeof(start), sizeof(start));
  put(object_key.data(), object_key.size(), padded(object_key.size()));
  put(&operation_size, sizeof(operation_size), sizeof(operation_size));
  put(operation.data(), operation.size(), padded(operation_size));
  put(nullptr, 0, sizeof(std::uint32_t));  // the count of contexts
}

/// Reads such a header, as read_1_2() does. False for any other, right or wrong: nothing is read
/// then, and what is wrong with it is for read_1_2() to say.
bool read_plain_1_2(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  const auto octets = plain_octets(decoder);
  PlainStart start;
  if (octets.size() < sizeof(start)) return false;
  std::memcpy(&start, octets.data(), sizeof(start));
  if (start.response > 3 || start.response == 2 || start.key_size > kPlainAtMost ||
      start.disposition != static_cast<std::uint16_t>(AddressingDisposition::key))
    return false;
  std::size_t at = sizeof(start) + padded(start.key_size);
  const auto read_ulong = [&] {  // 0 where the octets end
    std::uint32_t value = 0;
    if (at + sizeof(value) <= octets.size()) std::memcpy(&value, &octets[at], sizeof(value));
    at += sizeof(value);
    return value;
  };
  const auto operation_size = read_ulong();
  if (operation_size == 0 || operation_size > kPlainAtMost) return false;
  const std::size_t operation = at;
  at += padded(operation_size);
  if (at + sizeof(std::uint32_t) > octets.size() || read_ulong() != 0) return false;
  const std::string_view text(reinterpret_cast<const char*>(&octets[operation]), operation_size);
  if (text.find('\0') != operation_size - 1) return false;

  header.request_id = start.request_id;
  header.response = static_cast<ResponseKind>(start.response);
  header.object_key = ior::as_text(octets.subspan(sizeof(start), start.key_size));
  header.needs_key_addressing = false;
  header.operation = text.substr(0, operation_size - 1);
  header.service_contexts.clear();
  decoder.skip(at);
  skip_to_body(decoder);
  return true;
}

void read_1_2(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  if (read_plain_1_2(decoder, header)) return;
  header.request_id = decoder.read<std::uint32_t>();
  header.response = read_response_flags(decoder);
  decoder.skip(3);
  const Target target = decode_target(decoder);
  header.object_key = target.object_key;
  header.needs_key_addressing = target.needs_key;
  header.operation = decoder.read_string_view();
  header.service_contexts.decode(decoder);
  skip_to_body(decoder);
}

void write_1_2(cdr::Encoder& encoder, std::uint32_t request_id, ResponseKind response,
               const Addressee& addressee, std::string_view operation,
               std::span<const ServiceContext> contexts) {
  const bool is_aligned = (encoder.size() - encoder.origin()) % 4 == 0;
  if (addressee.disposition == AddressingDisposition::key && contexts.empty() && is_aligned &&
      encoder.encoding().order == cdr::kNativeOrder &&
      addressee.object_key.size() + operation.size() < kPlainAtMost) {
    return write_plain_1_2(encoder, request_id, response, addressee.object_key, operation);
  }
  encoder.write(request_id);
  encoder.write(static_cast<std::uint8_t>(response));
  encoder.write(std::uint8_t{0});
  encoder.write(std::uint16_t{0});
  write_target(encoder, addressee);
  ior::write_raw_string(encoder, operation);
  write_service_contexts(encoder, contexts);
}

void write_1_0(cdr::Encoder& encoder, std::uint32_t request_id, ResponseKind response,
               std::string_view object_key, std::string_view operation,
               std::span<const ServiceContext> contexts) {
  write_service_contexts(encoder, contexts);
  encoder.write(request_id);
  encoder.write(response != ResponseKind::none);
  if (encoder.encoding().version.minor != 0) {
    for (int reserved = 0; reserved < 3; ++reserved) encoder.write(std::uint8_t{0});
  }
  ior::write_octet_sequence(encoder, ior::as_octets(object_key));
  ior::write_raw_string(encoder, operation);
  encoder.write_count(0);  // requesting_principal
}

}  // namespace

CORBEL_HOT bool decode_request_header(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  if (decoder.encoding().version >= kGiop1_2) {
    read_1_2(decoder, header);
  } else {
    read_1_0(decoder, header);
  }
  return !decoder.failed();
}

CORBEL_HOT void write_request_header(cdr::Encoder& encoder, std::uint32_t request_id,
                                     ResponseKind response, const Addressee& addressee,
                                     std::string_view operation,
                                     std::span<const ServiceContext> contexts) {
  if (encoder.encoding().version >= kGiop1_2) {
    write_1_2(encoder, request_id, response, addressee, operation, contexts);
  } else {
    write_1_0(encoder, request_id, response, addressee.object_key, operation, contexts);
  }
}

}  // namespace corbel::giop
