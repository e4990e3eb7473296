#include <orb/giop/locate.hpp>

#include <orb/giop/reply.hpp>
#include <orb/ior/encapsulation.hpp>

namespace corbel::giop {
namespace {

void begin_reply(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                 LocateStatus status) {
  begin_message(encoder, MessageType::locate_reply, version);
  encoder.write(request_id);
  encoder.write(static_cast<std::uint32_t>(status));
}

}  // namespace

bool decode_locate_request(cdr::Decoder& decoder, LocateRequestHeader& header) noexcept {
  header.request_id = decoder.read<std::uint32_t>();
  if (decoder.encoding().version >= kGiop1_2) {
    const Target target = decode_target(decoder);
    header.object_key = target.object_key;
    header.needs_key_addressing = target.needs_key;
  } else {
    header.object_key = ior::as_text(ior::read_octet_sequence(decoder));
  }
  return !decoder.failed();
}

void write_locate_request(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                          std::string_view object_key) {
  begin_message(encoder, MessageType::locate_request, version);
  encoder.write(request_id);
  if (version >= kGiop1_2) encoder.write(static_cast<std::uint16_t>(AddressingDisposition::key));
  ior::write_octet_sequence(encoder, ior::as_octets(object_key));
  finish_message(encoder);
}

bool decode_locate_reply(cdr::Decoder& decoder, LocateReplyHeader& header) noexcept {
  header.request_id = decoder.read<std::uint32_t>();
  const auto status = decoder.read<std::uint32_t>();
  const LocateStatus last = decoder.encoding().version >= kGiop1_2
                                ? LocateStatus::needs_addressing_mode
                                : LocateStatus::object_forward;
  if (status > static_cast<std::uint32_t>(last)) decoder.fail("the locate status is unknown");
  header.status = static_cast<LocateStatus>(status);
  return !decoder.failed();
}

void write_locate_reply(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                        LocateStatus status) {
  begin_reply(encoder, version, request_id, status);
  finish_message(encoder);
}

void write_locate_forward(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                          const ObjectRef& target, bool permanent) {
  const bool tells_permanent = permanent && version >= kGiop1_2;
  begin_reply(encoder, version, request_id,
              tells_permanent ? LocateStatus::object_forward_perm : LocateStatus::object_forward);
  Type<ObjectRef>::encode(encoder, target);
  finish_message(encoder);
}

void write_locate_exception(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                            const SystemException& exception) {
  if (version < kGiop1_2) {
    write_locate_reply(encoder, version, request_id, LocateStatus::unknown_object);
    return;
  }
  begin_reply(encoder, version, request_id, LocateStatus::system_exception);
  write_system_exception(encoder, exception);
  finish_message(encoder);
}

void write_locate_needs_addressing_mode(cdr::Encoder& encoder, std::uint32_t request_id) {
  begin_reply(encoder, kHighestVersion, request_id, LocateStatus::needs_addressing_mode);
  encoder.write(static_cast<std::uint16_t>(AddressingDisposition::key));
  finish_message(encoder);
}

}  // namespace corbel::giop
