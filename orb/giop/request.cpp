#include <orb/giop/request.hpp>

#include <orb/ior/encapsulation.hpp>

namespace corbel::giop {
namespace {

bool is_1_2(const cdr::Encoding& encoding) noexcept {
  return encoding.version >= GiopVersion{1, 2};
}

ResponseKind read_response_flags(cdr::Decoder& decoder) noexcept {
  const auto flags = decoder.read<std::uint8_t>();
  if (flags > 3 || flags == 2) decoder.fail("response flags are neither 0, 1 nor 3");
  return static_cast<ResponseKind>(flags);
}

void read_1_2(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  header.request_id = decoder.read<std::uint32_t>();
  header.response = read_response_flags(decoder);
  decoder.skip(3);
  const Target target = decode_target(decoder);
  header.object_key = target.object_key;
  header.needs_key_addressing = target.needs_key;
  header.operation = decoder.read_string_view();
  header.service_contexts = ServiceContextList::decode(decoder);
  skip_to_body(decoder);
}

void read_1_0(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  header.service_contexts = ServiceContextList::decode(decoder);
  header.request_id = decoder.read<std::uint32_t>();
  header.response = decoder.read<bool>() ? ResponseKind::target : ResponseKind::none;
  if (decoder.encoding().version.minor != 0) decoder.skip(3);
  header.object_key = ior::as_text(ior::read_octet_sequence(decoder));
  header.operation = decoder.read_string_view();
  ior::read_octet_sequence(decoder);  // requesting_principal, of no meaning
}

void write_1_2(cdr::Encoder& encoder, std::uint32_t request_id, ResponseKind response,
               const Addressee& addressee, std::string_view operation,
               std::span<const ServiceContext> contexts) {
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

bool decode_request_header(cdr::Decoder& decoder, RequestHeader& header) noexcept {
  if (is_1_2(decoder.encoding())) {
    read_1_2(decoder, header);
  } else {
    read_1_0(decoder, header);
  }
  return !decoder.failed();
}

void write_request_header(cdr::Encoder& encoder, std::uint32_t request_id, ResponseKind response,
                          const Addressee& addressee, std::string_view operation,
                          std::span<const ServiceContext> contexts) {
  if (is_1_2(encoder.encoding())) {
    write_1_2(encoder, request_id, response, addressee, operation, contexts);
  } else {
    write_1_0(encoder, request_id, response, addressee.object_key, operation, contexts);
  }
}

}  // namespace corbel::giop
