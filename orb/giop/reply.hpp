#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>
#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/giop/header.hpp>
#include <orb/giop/service_context.hpp>
#include <orb/giop/target.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace corbel::giop {

/// GIOP::ReplyStatusType_1_2; the last two exist from GIOP 1.2 on.
enum class ReplyStatus : std::uint32_t {
  no_exception = 0,
  user_exception,
  system_exception,
  location_forward,
  location_forward_perm,
  needs_addressing_mode,
};

std::string_view to_string(ReplyStatus status) noexcept;

/// A received reply's header. Views point into the message.
struct ReplyHeader {
  std::uint32_t request_id = 0;
  ReplyStatus status = ReplyStatus::no_exception;
  ServiceContextList service_contexts;
};

/// Leaves the decoder at the body: results, an exception, or for location_forward an IOR
/// (Type<ObjectRef>::decode). False when the octets make no sense.
bool decode_reply_header(cdr::Decoder& decoder, ReplyHeader& header) noexcept;

/// After begin_message(); the body goes through write_body(). In 1.0 and 1.1 location_forward_perm
/// is written as location_forward.
void write_reply_header(cdr::Encoder& encoder, std::uint32_t request_id, ReplyStatus status,
                        std::span<const ServiceContext> contexts = {});

/// GIOP::SystemExceptionReplyBody.
struct SystemExceptionBody {
  std::string_view repository_id;
  std::uint32_t minor = 0;
  Completion completed = Completion::maybe;
};

/// False when the octets make no sense.
bool decode_system_exception(cdr::Decoder& decoder, SystemExceptionBody& body) noexcept;
void write_system_exception(cdr::Encoder& encoder, const SystemException& exception);

/// Throws what a system exception reply means, with the text of its ExceptionDetailMessage if it
/// has one, else with `no_detail`: other ORBs send none. A body that does not parse becomes
/// MARSHAL, COMPLETED_MAYBE.
[[noreturn]] void raise_system_exception_reply(cdr::Decoder& decoder, const ReplyHeader& header,
                                               std::string_view no_detail = {});

/// A whole reply with a system exception and its message. `contexts` come on top.
void write_system_exception_reply(cdr::Encoder& encoder, GiopVersion version,
                                  std::uint32_t request_id, const SystemException& exception,
                                  std::span<const ServiceContext> contexts = {});

/// A whole reply that sends the caller elsewhere.
void write_forward_reply(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                         const ObjectRef& target, bool permanent = false,
                         std::span<const ServiceContext> contexts = {});

/// A whole reply that asks for another way of addressing (GIOP 1.2 only).
void write_needs_addressing_mode_reply(cdr::Encoder& encoder, std::uint32_t request_id,
                                       AddressingDisposition wanted = AddressingDisposition::key);
std::optional<AddressingDisposition> decode_addressing_disposition(cdr::Decoder& decoder) noexcept;

}  // namespace corbel::giop
