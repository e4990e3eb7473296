#include <orb/giop/reply.hpp>

#include <orb/base/hot.hpp>
#include <orb/ior/encapsulation.hpp>

#include <cstring>
#include <string>
#include <vector>

namespace corbel::giop {
namespace {

constexpr std::size_t kLongestId = 200;

ReplyStatus read_status(cdr::Decoder& decoder) noexcept {
  const auto status = decoder.read<std::uint32_t>();
  const ReplyStatus last = decoder.encoding().version >= kGiop1_2
                               ? ReplyStatus::needs_addressing_mode
                               : ReplyStatus::location_forward;
  if (status > static_cast<std::uint32_t>(last)) decoder.fail("the reply status is unknown");
  return static_cast<ReplyStatus>(status);
}

}  // namespace

std::string_view to_string(ReplyStatus status) noexcept {
  switch (status) {
    case ReplyStatus::no_exception:
      return "no exception";
    case ReplyStatus::user_exception:
      return "user exception";
    case ReplyStatus::system_exception:
      return "system exception";
    case ReplyStatus::location_forward:
      return "location forward";
    case ReplyStatus::location_forward_perm:
      return "permanent location forward";
    case ReplyStatus::needs_addressing_mode:
      return "needs addressing mode";
  }
  return "unknown status";
}

namespace {

/// The whole header of nearly every reply of GIOP 1.2, in our byte order.
struct PlainHeader {
  std::uint32_t request_id;
  std::uint32_t status;
  std::uint32_t contexts;  // none
};

/// False for any other, of which nothing is read.
bool read_plain_1_2(cdr::Decoder& decoder, ReplyHeader& header) noexcept {
  const auto octets = plain_octets(decoder);
  PlainHeader plain;
  if (octets.size() < sizeof(plain)) return false;
  std::memcpy(&plain, octets.data(), sizeof(plain));
  if (plain.contexts != 0 ||
      plain.status > static_cast<std::uint32_t>(ReplyStatus::needs_addressing_mode))
    return false;
  header.request_id = plain.request_id;
  header.status = static_cast<ReplyStatus>(plain.status);
  header.service_contexts.clear();
  decoder.skip(sizeof(plain));
  skip_to_body(decoder);
  return true;
}

}  // namespace

CORBEL_HOT bool decode_reply_header(cdr::Decoder& decoder, ReplyHeader& header) noexcept {
  if (decoder.encoding().version >= kGiop1_2) {
    if (read_plain_1_2(decoder, header)) return true;
    header.request_id = decoder.read<std::uint32_t>();
    header.status = read_status(decoder);
    header.service_contexts.decode(decoder);
    skip_to_body(decoder);
  } else {
    header.service_contexts.decode(decoder);
    header.request_id = decoder.read<std::uint32_t>();
    header.status = read_status(decoder);
  }
  return !decoder.failed();
}

CORBEL_HOT void write_reply_header(cdr::Encoder& encoder, std::uint32_t request_id,
                                   ReplyStatus status, std::span<const ServiceContext> contexts) {
  if (encoder.encoding().version >= kGiop1_2) {
    const bool is_aligned = (encoder.size() - encoder.origin()) % 4 == 0;
    if (contexts.empty() && is_aligned && encoder.encoding().order == cdr::kNativeOrder) {
      const PlainHeader plain{request_id, static_cast<std::uint32_t>(status), 0};
      std::memcpy(encoder.write_room(sizeof(plain)).data(), &plain, sizeof(plain));
      return;
    }
    const std::uint32_t start[] = {request_id, static_cast<std::uint32_t>(status)};
    encoder.write_array(std::span<const std::uint32_t>(start));
    write_service_contexts(encoder, contexts);
    return;
  }
  if (status == ReplyStatus::location_forward_perm) status = ReplyStatus::location_forward;
  write_service_contexts(encoder, contexts);
  encoder.write(request_id);
  encoder.write(static_cast<std::uint32_t>(status));
}

bool decode_system_exception(cdr::Decoder& decoder, SystemExceptionBody& body) noexcept {
  body.repository_id = decoder.read_string_view();
  body.minor = decoder.read<std::uint32_t>();
  const auto completed = decoder.read<std::uint32_t>();
  if (completed > static_cast<std::uint32_t>(Completion::maybe)) {
    decoder.fail("the completion status is neither 0, 1 nor 2");
  }
  body.completed = static_cast<Completion>(completed);
  return !decoder.failed();
}

void write_system_exception(cdr::Encoder& encoder, const SystemException& exception) {
  ior::write_raw_string(encoder, exception.repository_id());
  encoder.write(exception.minor());
  encoder.write(static_cast<std::uint32_t>(exception.completed()));
}

void raise_system_exception_reply(cdr::Decoder& decoder, const ReplyHeader& header,
                                  std::string_view no_detail) {
  SystemExceptionBody body;
  if (!decode_system_exception(decoder, body)) {
    throw Marshal("the peer's system exception does not parse: " + std::string(decoder.failure()),
                  Completion::maybe);
  }
  std::string message;
  if (const auto detail = header.service_contexts.find(kExceptionDetailMessage)) {
    message = decode_exception_detail(*detail).value_or("");
  }
  if (message.empty()) message = no_detail;
  // An unknown id becomes part of the exception's text.
  raise_system_exception(body.repository_id.substr(0, kLongestId), message, body.completed,
                         body.minor);
}

void write_system_exception_reply(cdr::Encoder& encoder, GiopVersion version,
                                  std::uint32_t request_id, const SystemException& exception,
                                  std::span<const ServiceContext> contexts) {
  std::vector<ServiceContext> all(contexts.begin(), contexts.end());
  std::vector<std::byte> detail;
  if (!exception.message().empty()) {
    detail = encode_exception_detail(exception.message());
    all.push_back({kExceptionDetailMessage, detail});
  }
  begin_message(encoder, MessageType::reply, version);
  write_reply_header(encoder, request_id, ReplyStatus::system_exception, all);
  write_body(encoder, [&](cdr::Encoder& body) { write_system_exception(body, exception); });
  finish_message(encoder);
}

void write_forward_reply(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id,
                         const ObjectRef& target, bool permanent,
                         std::span<const ServiceContext> contexts) {
  begin_message(encoder, MessageType::reply, version);
  write_reply_header(encoder, request_id,
                     permanent ? ReplyStatus::location_forward_perm : ReplyStatus::location_forward,
                     contexts);
  write_body(encoder, [&](cdr::Encoder& body) { Type<ObjectRef>::encode(body, target); });
  finish_message(encoder);
}

void write_needs_addressing_mode_reply(cdr::Encoder& encoder, std::uint32_t request_id,
                                       AddressingDisposition wanted) {
  begin_message(encoder, MessageType::reply, kHighestVersion);
  write_reply_header(encoder, request_id, ReplyStatus::needs_addressing_mode);
  write_body(encoder, [&](cdr::Encoder& body) { body.write(static_cast<std::uint16_t>(wanted)); });
  finish_message(encoder);
}

std::optional<AddressingDisposition> decode_addressing_disposition(cdr::Decoder& decoder) noexcept {
  const auto wanted = decoder.read<std::uint16_t>();
  if (decoder.failed() || wanted > static_cast<std::uint16_t>(AddressingDisposition::reference)) {
    return std::nullopt;
  }
  return static_cast<AddressingDisposition>(wanted);
}

}  // namespace corbel::giop
