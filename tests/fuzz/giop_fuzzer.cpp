#include <corbel/reference.hpp>
#include <orb/base/assert.hpp>
#include <orb/giop/control.hpp>
#include <orb/giop/dump.hpp>
#include <orb/giop/fragment.hpp>
#include <orb/giop/locate.hpp>
#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The input is what a peer sends on one connection. Every message is read as a server and client
/// would; what is accepted must mean the same after we have written it.
namespace {

using namespace corbel;
using namespace corbel::giop;

Limits limits() {
  Limits limits;
  limits.message_size = 1 << 16;
  limits.small_fragments = 16;
  limits.fragment_average = 8;
  limits.fragmented_messages = 4;
  return limits;
}

void read_contexts(const ServiceContextList& contexts) {
  std::uint32_t count = 0;
  for (const ServiceContext& context : contexts) {
    ++count;
    (void)decode_code_sets(context.data);
    (void)decode_deadline(context.data);
    (void)decode_call_chain(context.data);
    (void)decode_exception_detail(context.data);
  }
  CORBEL_ASSERT(count == contexts.size(), "a list of contexts is shorter than it says");
}

void check_request(cdr::Decoder& decoder, const cdr::Encoding& encoding) {
  RequestHeader request;
  if (!decode_request_header(decoder, request)) return;
  read_contexts(request.service_contexts);
  std::vector<ServiceContext> contexts;
  for (const ServiceContext& context : request.service_contexts) contexts.push_back(context);
  cdr::Encoder encoder(encoding);
  begin_message(encoder, MessageType::request, encoding.version);
  write_request_header(encoder, request.request_id, request.response, request.object_key,
                       request.operation, contexts);
  write_body(encoder, [](cdr::Encoder&) {});
  finish_message(encoder);
  const auto header = parse_header(encoder.octets().first<kHeaderSize>(), encoder.size());
  CORBEL_ASSERT(header.has_value(), "our own header does not parse");
  auto again = message_decoder(encoder.octets(), *header);
  RequestHeader copy;
  CORBEL_ASSERT(decode_request_header(again, copy), again.failure());
  CORBEL_ASSERT(copy.request_id == request.request_id && copy.object_key == request.object_key &&
                    copy.operation == request.operation && copy.response == request.response &&
                    copy.service_contexts.size() == request.service_contexts.size(),
                "a request changed on its way");
  CORBEL_ASSERT(again.remaining() == 0, "an empty body has octets");
}

/// The message that `write` writes, read as the reply that it must be.
template <class Write>
void check_written_reply(const cdr::Encoding& encoding, ReplyStatus status, Write&& write) {
  cdr::Encoder encoder({.order = encoding.order});
  write(encoder);
  const auto header = parse_header(encoder.octets().first<kHeaderSize>(), encoder.size());
  CORBEL_ASSERT(header.has_value(), "our own header does not parse");
  auto decoder = message_decoder(encoder.octets(), *header);
  ReplyHeader reply;
  CORBEL_ASSERT(decode_reply_header(decoder, reply), decoder.failure());
  CORBEL_ASSERT(reply.request_id == 7 && reply.status == status, "a reply changed on its way");
}

void check_reference(cdr::Decoder& decoder) {
  const cdr::Encoding encoding = decoder.encoding();
  ObjectRef target;
  Type<ObjectRef>::decode(decoder, target);
  if (decoder.failed()) return;
  check_written_reply(encoding, ReplyStatus::location_forward, [&](cdr::Encoder& encoder) {
    write_forward_reply(encoder, encoding.version, 7, target);
  });
  cdr::Encoder encoder;
  write_locate_forward(encoder, encoding.version, 7, target, true);
}

void check_system_exception(cdr::Decoder& decoder, const ReplyHeader& reply) {
  const cdr::Encoding encoding = decoder.encoding();
  try {
    raise_system_exception_reply(decoder, reply);
  } catch (const SystemException& exception) {
    check_written_reply(encoding, ReplyStatus::system_exception, [&](cdr::Encoder& encoder) {
      write_system_exception_reply(encoder, encoding.version, 7, exception);
    });
    cdr::Encoder encoder;
    write_locate_exception(encoder, encoding.version, 7, exception);
  }
}

void read_reply(cdr::Decoder& decoder) {
  ReplyHeader reply;
  if (!decode_reply_header(decoder, reply)) return;
  read_contexts(reply.service_contexts);
  switch (reply.status) {
    case ReplyStatus::system_exception:
      check_system_exception(decoder, reply);
      break;
    case ReplyStatus::location_forward:
    case ReplyStatus::location_forward_perm:
      check_reference(decoder);
      break;
    case ReplyStatus::needs_addressing_mode:
      (void)decode_addressing_disposition(decoder);
      break;
    default:
      break;
  }
}

void check_locate_request(const cdr::Encoding& encoding, const LocateRequestHeader& locate) {
  cdr::Encoder encoder({.order = encoding.order});
  write_locate_request(encoder, encoding.version, locate.request_id, locate.object_key);
  const auto header = parse_header(encoder.octets().first<kHeaderSize>(), encoder.size());
  CORBEL_ASSERT(header.has_value(), "our own header does not parse");
  auto decoder = message_decoder(encoder.octets(), *header);
  LocateRequestHeader copy;
  CORBEL_ASSERT(decode_locate_request(decoder, copy), decoder.failure());
  CORBEL_ASSERT(copy.object_key == locate.object_key, "a locate request changed on its way");
}

void read_locate_reply(cdr::Decoder& decoder) {
  LocateReplyHeader reply;
  SystemExceptionBody body;
  if (!decode_locate_reply(decoder, reply)) return;
  if (reply.status == LocateStatus::system_exception) decode_system_exception(decoder, body);
  if (reply.status == LocateStatus::object_forward) check_reference(decoder);
}

void read_message(std::span<const std::byte> octets, const MessageHeader& header,
                  std::span<const std::size_t> starts, Reassembler& reassembler) {
  auto decoder = message_decoder(octets, header, {}, {}, starts);
  const cdr::Encoding encoding = decoder.encoding();
  LocateRequestHeader locate;
  switch (header.type) {
    case MessageType::request:
      check_request(decoder, encoding);
      break;
    case MessageType::reply:
      read_reply(decoder);
      break;
    case MessageType::locate_request:
      if (decode_locate_request(decoder, locate)) check_locate_request(encoding, locate);
      break;
    case MessageType::locate_reply:
      read_locate_reply(decoder);
      break;
    case MessageType::cancel_request:
      if (const auto id = decode_cancel_request(decoder)) {
        cdr::Encoder encoder;
        write_cancel_request(encoder, encoding.version, *id);
        reassembler.cancel(*id);
      }
      break;
    default:
      break;
  }
}

/// False when the connection would be closed.
bool take(Reassembler& reassembler, std::span<const std::byte> message,
          const MessageHeader& header) {
  if (!Reassembler::concerns(header)) {
    read_message(message, header, {}, reassembler);
    return true;
  }
  const auto whole = reassembler.add(header, message);
  CORBEL_ASSERT(reassembler.buffered_octets() <= limits().message_size, "too much is buffered");
  CORBEL_ASSERT(reassembler.open_messages() <= limits().fragmented_messages, "too many are open");
  if (!whole) return false;
  if (*whole)
    read_message((*whole)->octets, (*whole)->header, (*whole)->fragment_starts, reassembler);
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto stream = std::as_bytes(std::span(data, size));
  Reassembler reassembler{limits()};
  (void)describe(stream);
  (void)hex_dump(stream, 64);
  while (stream.size() >= kHeaderSize) {
    const auto header = parse_header(stream.first<kHeaderSize>(), limits().message_size);
    if (!header) {
      (void)header.error().message();
      return 0;
    }
    // A message that is cut off is read as far as it goes: that is what decoders must stand.
    const std::size_t message = std::min(header->message_size(), stream.size());
    if (!take(reassembler, stream.first(message), *header)) return 0;
    stream = stream.subspan(message);
  }
  return 0;
}
