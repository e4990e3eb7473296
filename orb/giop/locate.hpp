#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>
#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/giop/header.hpp>
#include <orb/giop/target.hpp>

#include <cstdint>
#include <string_view>

namespace corbel::giop {

/// GIOP::LocateStatusType_1_2; the last three exist from GIOP 1.2 on.
enum class LocateStatus : std::uint32_t {
  unknown_object = 0,
  object_here,
  object_forward,
  object_forward_perm,
  system_exception,
  needs_addressing_mode,
};

struct LocateRequestHeader {
  std::uint32_t request_id = 0;
  std::string_view object_key;
  bool needs_key_addressing = false;
};

struct LocateReplyHeader {
  std::uint32_t request_id = 0;
  LocateStatus status = LocateStatus::unknown_object;
};

/// False when the octets make no sense.
bool decode_locate_request(cdr::Decoder& decoder, LocateRequestHeader& header) noexcept;
/// A whole message.
void write_locate_request(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                          std::string_view object_key);

/// Leaves the decoder at the body (an IOR for the forwards, a system exception, an addressing
/// disposition), which GIOP 1.2 does not align to 8.
bool decode_locate_reply(cdr::Decoder& decoder, LocateReplyHeader& header) noexcept;

// Whole messages.
/// unknown_object or object_here.
void write_locate_reply(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                        LocateStatus status);
void write_locate_forward(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                          const ObjectRef& target, bool permanent = false);
/// Before 1.2, which cannot tell exceptions here, it becomes unknown_object.
void write_locate_exception(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                            const SystemException& exception);
void write_locate_needs_addressing_mode(cdr::Encoder& encoder, std::uint32_t request_id);

}  // namespace corbel::giop
