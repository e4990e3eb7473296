#include <orb/giop/header.hpp>

#include <corbel/exceptions.hpp>

#include <orb/base/hot.hpp>

#include <cstring>
#include <limits>

namespace corbel::giop {
namespace {

constexpr char kMagic[4] = {'G', 'I', 'O', 'P'};
constexpr std::byte kLittleEndian{1};

}  // namespace

std::string_view to_string(MessageType type) noexcept {
  switch (type) {
    case MessageType::request:
      return "Request";
    case MessageType::reply:
      return "Reply";
    case MessageType::cancel_request:
      return "CancelRequest";
    case MessageType::locate_request:
      return "LocateRequest";
    case MessageType::locate_reply:
      return "LocateReply";
    case MessageType::close_connection:
      return "CloseConnection";
    case MessageType::message_error:
      return "MessageError";
    case MessageType::fragment:
      return "Fragment";
  }
  return "unknown message";
}

bool may_have_fragments(MessageType type, GiopVersion version) noexcept {
  if (version < kGiop1_1) return false;
  switch (type) {
    case MessageType::request:
    case MessageType::reply:
    case MessageType::fragment:
      return true;
    case MessageType::locate_request:
    case MessageType::locate_reply:
      return version >= kGiop1_2;
    default:
      return false;
  }
}

CORBEL_HOT Result<MessageHeader> parse_header(std::span<const std::byte, kHeaderSize> octets,
                                              std::size_t max_size) noexcept {
  if (std::memcmp(octets.data(), kMagic, sizeof(kMagic)) != 0) return Error::bad_magic;
  const auto octet = [&](std::size_t at) { return std::to_integer<std::uint8_t>(octets[at]); };
  MessageHeader header;
  header.version = {octet(kMajorVersionPosition), octet(kMinorVersionPosition)};
  if (header.version.major != 1 || header.version > kHighestVersion)
    return Error::unsupported_version;
  const std::byte flags = octets[kFlagsPosition];
  // In 1.0 this is a boolean; later versions reserve the upper bits, which are not ours to judge.
  if (header.version.minor == 0 && flags > kLittleEndian) return Error::bad_flags;
  header.order =
      (flags & kLittleEndian) != std::byte{0} ? cdr::ByteOrder::little : cdr::ByteOrder::big;
  header.more_fragments = (flags & kMoreFragments) != std::byte{0};
  const MessageType last =
      header.version.minor == 0 ? MessageType::message_error : MessageType::fragment;
  if (octet(kTypePosition) > static_cast<std::uint8_t>(last)) return Error::unknown_type;
  header.type = static_cast<MessageType>(octet(kTypePosition));
  if (header.more_fragments && !may_have_fragments(header.type, header.version)) {
    return Error::unexpected_fragments;
  }
  std::memcpy(&header.size, octets.data() + kSizePosition, sizeof(header.size));
  if (header.order != cdr::kNativeOrder) header.size = cdr::swap_octets(header.size);
  if (max_size < kHeaderSize || header.size > max_size - kHeaderSize) return Error::too_large;
  return header;
}

CORBEL_HOT cdr::Decoder message_decoder(std::span<const std::byte> message,
                                        const MessageHeader& header,
                                        const ior::TransmissionCodeSets& code_sets,
                                        const cdr::DecodeLimits& limits,
                                        std::span<const std::size_t> fragment_starts) noexcept {
  cdr::Decoder decoder(message, {header.order, header.version, code_sets.chars, code_sets.wchars},
                       limits);
  decoder.set_fragment_starts(fragment_starts);
  decoder.skip(kHeaderSize);
  return decoder;
}

CORBEL_HOT std::optional<std::uint32_t> leading_ulong(std::span<const std::byte> message,
                                                      cdr::ByteOrder order) noexcept {
  std::uint32_t value = 0;
  if (message.size() < kHeaderSize + sizeof(value)) return std::nullopt;
  std::memcpy(&value, message.data() + kHeaderSize, sizeof(value));
  return order == cdr::kNativeOrder ? value : cdr::swap_octets(value);
}

CORBEL_HOT void begin_message(cdr::Encoder& encoder, MessageType type, GiopVersion version) {
  cdr::Encoding encoding = encoder.encoding();
  encoding.version = version;
  encoder.set_encoding(encoding);
  encoder.set_origin(encoder.size());
  if (version == kGiop1_1) encoder.note_cuts();
  std::byte* const to = encoder.write_room(kHeaderSize).data();
  std::memcpy(to, kMagic, sizeof(kMagic));
  to[kMajorVersionPosition] = std::byte{version.major};
  to[kMinorVersionPosition] = std::byte{version.minor};
  to[kFlagsPosition] = static_cast<std::byte>(encoding.order);
  to[kTypePosition] = static_cast<std::byte>(type);
  std::memset(to + kSizePosition, 0, kHeaderSize - kSizePosition);  // see finish_message()
}

CORBEL_HOT void finish_message(cdr::Encoder& encoder) {
  const std::size_t size = encoder.size() - encoder.origin() - kHeaderSize;
  if (size > std::numeric_limits<std::uint32_t>::max()) {
    throw ImpLimit("a GIOP message holds less than 4 GiB, this one would have " +
                   std::to_string(size) + " octets; send it in several calls");
  }
  encoder.patch_ulong(encoder.origin() + kSizePosition, static_cast<std::uint32_t>(size));
}

CORBEL_HOT std::span<const std::byte> plain_octets(const cdr::Decoder& decoder) noexcept {
  const bool aligned = (decoder.position() - decoder.origin()) % 4 == 0;
  if (decoder.encoding().order != cdr::kNativeOrder || decoder.has_fragments() || !aligned)
    return {};
  return decoder.octets().subspan(decoder.position());
}

CORBEL_HOT void skip_to_body(cdr::Decoder& decoder) noexcept {
  if (decoder.failed() || decoder.encoding().version < kGiop1_2) return;
  const std::size_t gap = (8 - ((decoder.position() - decoder.origin()) & 7)) & 7;
  decoder.skip(std::min(gap, decoder.remaining()));
}

}  // namespace corbel::giop
