#include <corbel/reference.hpp>
#include <orb/giop/control.hpp>
#include <orb/giop/dump.hpp>
#include <orb/giop/locate.hpp>
#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>

#include "messages.hpp"

namespace corbel::giop {
namespace {

class AnyTruncated : public EveryFlavour {};
INSTANTIATE_TEST_SUITE_P(Every, AnyTruncated, kEveryFlavour);

/// Reads everything that is in a message; false when something did not parse.
bool read_all(std::span<const std::byte> octets, const MessageHeader& header) {
  auto decoder = message_decoder(octets, header);
  switch (header.type) {
    case MessageType::request: {
      RequestHeader request;
      if (!decode_request_header(decoder, request)) return false;
      for (const auto& context : request.service_contexts) {
        if (context.id == kCodeSets) decode_code_sets(context.data);
      }
      if (request.operation == "withdraw") decoder.read<double>();
      break;
    }
    case MessageType::reply: {
      ReplyHeader reply;
      if (!decode_reply_header(decoder, reply)) return false;
      SystemExceptionBody body;
      ObjectRef target;
      if (reply.status == ReplyStatus::system_exception) decode_system_exception(decoder, body);
      if (reply.status == ReplyStatus::location_forward) Type<ObjectRef>::decode(decoder, target);
      if (reply.status == ReplyStatus::needs_addressing_mode)
        decode_addressing_disposition(decoder);
      if (reply.status == ReplyStatus::user_exception) {
        decoder.read_string_view();
        decoder.read<double>();
      }
      break;
    }
    case MessageType::locate_request: {
      LocateRequestHeader request;
      decode_locate_request(decoder, request);
      break;
    }
    case MessageType::locate_reply: {
      LocateReplyHeader reply;
      SystemExceptionBody body;
      ObjectRef target;
      if (!decode_locate_reply(decoder, reply)) return false;
      if (reply.status == LocateStatus::system_exception) decode_system_exception(decoder, body);
      if (reply.status == LocateStatus::object_forward) Type<ObjectRef>::decode(decoder, target);
      break;
    }
    case MessageType::cancel_request:
      decode_cancel_request(decoder);
      break;
    default:
      break;
  }
  return !decoder.failed();
}

TEST_P(AnyTruncated, AMessageCutAtAnyOctetIsRefused) {
  for (const char* name :
       {"request", "oneway", "reply_user_exception", "reply_system_exception", "reply_forward",
        "locate_request", "locate_reply_here", "locate_reply_forward", "cancel_request"}) {
    const auto message = GetParam().sample(name);
    const auto header = header_of(message);

    EXPECT_TRUE(read_all(message, header)) << name;
    for (std::size_t size = kHeaderSize; size < message.size(); ++size) {
      // A copy of the exact size lets AddressSanitizer see a read beyond it.
      const std::vector<std::byte> cut(message.begin(),
                                       message.begin() + static_cast<std::ptrdiff_t>(size));
      EXPECT_FALSE(read_all(cut, header)) << name << " cut at " << size;
    }
  }
}

TEST_P(AnyTruncated, AnyOctetChangedNeverHarms) {
  for (const char* name : {"request", "oneway", "reply_forward", "locate_reply_forward"}) {
    const auto message = GetParam().sample(name);
    for (std::size_t i = 0; i < message.size(); ++i) {
      for (const unsigned value : {0x00u, 0x01u, 0x7fu, 0x80u, 0xffu}) {
        auto changed = message;
        changed[i] = static_cast<std::byte>(value);
        describe(changed);
        const auto header = parse_header(std::span(changed).first<kHeaderSize>(), 4096);
        if (header) read_all(changed, *header);
      }
    }
  }
}

}  // namespace
}  // namespace corbel::giop
