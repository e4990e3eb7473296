#include <orb/giop/dump.hpp>

#include <orb/giop/locate.hpp>
#include <orb/giop/reply.hpp>
#include <orb/giop/request.hpp>
#include <orb/ior/encapsulation.hpp>
#include <orb/ior/object_key.hpp>
#include <orb/ior/text.hpp>

#include <algorithm>
#include <limits>

namespace corbel::giop {
namespace {

constexpr unsigned kContextsShown = 10;

std::string describe_key(std::string_view octets) {
  if (const auto key = ior::view_object_key(octets)) {
    return "key " + ior::quote(key->adapter) + "/" + ObjectId(std::string(key->id)).to_string() +
           " of " + std::to_string(key->timestamp);
  }
  return "key " + ior::quote(octets);
}

std::string describe_contexts(const ServiceContextList& contexts) {
  if (contexts.empty()) return "";
  std::string text = ", service contexts";
  unsigned shown = 0;
  for (const ServiceContext& context : contexts) {
    if (++shown > kContextsShown) return text + " ...";
    text.append(" ").append(std::to_string(context.id));
  }
  return text;
}

std::string describe_request(cdr::Decoder& decoder) {
  RequestHeader header;
  if (!decode_request_header(decoder, header)) return "";
  return ", id " + std::to_string(header.request_id) +
         (header.response_expected() ? "" : ", expects no reply") + ", operation " +
         ior::quote(header.operation) + ", " + describe_key(header.object_key) +
         describe_contexts(header.service_contexts);
}

std::string describe_reply(cdr::Decoder& decoder) {
  ReplyHeader header;
  if (!decode_reply_header(decoder, header)) return "";
  std::string text = ", id " + std::to_string(header.request_id) + ", ";
  text.append(to_string(header.status)).append(describe_contexts(header.service_contexts));
  SystemExceptionBody body;
  if (header.status == ReplyStatus::system_exception && decode_system_exception(decoder, body)) {
    text.append(", ")
        .append(ior::quote(body.repository_id))
        .append(" minor ")
        .append(std::to_string(body.minor));
    text.append(", completed ").append(to_string(body.completed));
  }
  return text;
}

std::string describe_locate_request(cdr::Decoder& decoder) {
  LocateRequestHeader header;
  if (!decode_locate_request(decoder, header)) return "";
  return ", id " + std::to_string(header.request_id) + ", " + describe_key(header.object_key);
}

std::string describe_locate_reply(cdr::Decoder& decoder) {
  LocateReplyHeader header;
  if (!decode_locate_reply(decoder, header)) return "";
  return ", id " + std::to_string(header.request_id) + ", status " +
         std::to_string(static_cast<std::uint32_t>(header.status));
}

std::string describe_content(const MessageHeader& header, cdr::Decoder& decoder) {
  switch (header.type) {
    case MessageType::request:
      return describe_request(decoder);
    case MessageType::reply:
      return describe_reply(decoder);
    case MessageType::locate_request:
      return describe_locate_request(decoder);
    case MessageType::locate_reply:
      return describe_locate_reply(decoder);
    case MessageType::fragment:
      if (header.version < kGiop1_2) return "";
      [[fallthrough]];
    case MessageType::cancel_request:
      return ", id " + std::to_string(decoder.read<std::uint32_t>());
    default:
      return "";
  }
}

}  // namespace

std::string describe(std::span<const std::byte> message) {
  if (message.size() < kHeaderSize)
    return std::to_string(message.size()) + " octets, less than a header";
  const auto header =
      parse_header(message.first<kHeaderSize>(), std::numeric_limits<std::size_t>::max());
  if (!header) return header.error().message();
  std::string text(to_string(header->type));
  text.append(" 1.").append(std::to_string(header->version.minor));
  text.append(header->order == cdr::ByteOrder::little ? " little-endian, " : " big-endian, ");
  text.append(std::to_string(header->message_size())).append(" octets");
  if (header->more_fragments) text.append(", more fragments follow");
  if (message.size() < header->message_size()) {
    text.append(" of which ").append(std::to_string(message.size())).append(" are here");
  }
  auto decoder =
      message_decoder(message.first(std::min(message.size(), header->message_size())), *header);
  text.append(describe_content(*header, decoder));
  // The start of a message in fragments naturally ends early.
  if (decoder.failed() && !header->more_fragments) {
    text.append(", malformed: ").append(decoder.failure()).append(" at octet ");
    text.append(std::to_string(decoder.failure_position()));
  }
  return text;
}

std::string hex_dump(std::span<const std::byte> octets, std::size_t max_octets) {
  static constexpr char kDigits[] = "0123456789abcdef";
  static constexpr std::size_t kPerLine = 16;
  const auto shown = octets.first(std::min(octets.size(), max_octets));
  std::string text;
  for (std::size_t line = 0; line < shown.size(); line += kPerLine) {
    for (unsigned shift = 24; shift != 0;) {
      shift -= 4;
      text.push_back(kDigits[line >> shift & 15]);
    }
    text.push_back(' ');
    std::string printable;
    for (std::size_t i = line; i < line + kPerLine; ++i) {
      if (i >= shown.size()) {
        text.append("   ");
        continue;
      }
      const auto octet = std::to_integer<unsigned>(shown[i]);
      text.append({' ', kDigits[octet >> 4], kDigits[octet & 15]});
      printable.push_back(octet >= 0x20 && octet < 0x7f ? static_cast<char>(octet) : '.');
    }
    text.append("  ").append(printable).push_back('\n');
  }
  if (shown.size() < octets.size()) {
    text.append("... ")
        .append(std::to_string(octets.size() - shown.size()))
        .append(" more octets\n");
  }
  return text;
}

}  // namespace corbel::giop
