#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <corbel/stub/encoding.hpp>
#include <orb/giop/error.hpp>
#include <orb/ior/code_sets.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace corbel::giop {

/// GIOP::MsgType_1_1, values as on the wire.
enum class MessageType : std::uint8_t {
  request = 0,
  reply,
  cancel_request,
  locate_request,
  locate_reply,
  close_connection,
  message_error,
  fragment,
};

/// "Request", "Reply", ...
std::string_view to_string(MessageType type) noexcept;

inline constexpr std::size_t kHeaderSize = 12;
/// Where in the header the fields are.
inline constexpr std::size_t kMajorVersionPosition = 4;
inline constexpr std::size_t kMinorVersionPosition = 5;
inline constexpr std::size_t kFlagsPosition = 6;
inline constexpr std::size_t kTypePosition = 7;
inline constexpr std::size_t kSizePosition = 8;
/// In the flags: another fragment follows.
inline constexpr std::byte kMoreFragments{2};

inline constexpr GiopVersion kHighestVersion = kGiop1_2;

/// The first twelve octets of every message (CORBA 3.3 part 2, 9.4.1).
struct MessageHeader {
  GiopVersion version;
  cdr::ByteOrder order = cdr::kNativeOrder;
  bool more_fragments = false;
  MessageType type = MessageType::request;
  /// Octets after the header, as claimed.
  std::uint32_t size = 0;

  std::size_t message_size() const noexcept { return kHeaderSize + std::size_t{size}; }
};

/// Which messages may come in fragments (CORBA 3.3 part 2, 9.4.9).
bool may_have_fragments(MessageType type, GiopVersion version) noexcept;

/// Reads a header. `max_size` bounds the whole message, header included.
Result<MessageHeader> parse_header(std::span<const std::byte, kHeaderSize> octets,
                                   std::size_t max_size) noexcept;

/// A decoder positioned behind the header of a whole message. For what was joined from GIOP 1.1
/// fragments pass where they begin. Both spans are borrowed.
cdr::Decoder message_decoder(std::span<const std::byte> message, const MessageHeader& header,
                             const ior::TransmissionCodeSets& code_sets = {},
                             const cdr::DecodeLimits& limits = {},
                             std::span<const std::size_t> fragment_starts = {}) noexcept;

/// The unsigned long right behind a message's header: the request id of every message of GIOP 1.2
/// that has one. Empty when the message ends before.
std::optional<std::uint32_t> leading_ulong(std::span<const std::byte> message,
                                           cdr::ByteOrder order) noexcept;

/// Starts a message at the encoder's end (several may follow each other in one encoder): alignment
/// counts from there, `version` becomes that of the encoding. The byte order is the encoding's.
void begin_message(cdr::Encoder& encoder, MessageType type, GiopVersion version = kHighestVersion);

/// Ends the message that begin_message() started: writes its size into its header. Throws ImpLimit
/// for messages of 4 GiB and more.
void finish_message(cdr::Encoder& encoder);

/// Writes the arguments or results of a request or reply. GIOP 1.2 starts them on an 8-octet
/// boundary; when `write` writes nothing there is nothing to align.
template <class Write>
void write_body(cdr::Encoder& encoder, Write&& write) {
  if (encoder.encoding().version < kGiop1_2) {
    write(encoder);
    return;
  }
  const std::size_t unpadded = encoder.size();
  encoder.align(8);
  const std::size_t start = encoder.size();
  write(encoder);
  if (encoder.size() == start) encoder.truncate(unpadded);
}

/// The octets that follow, for who can make sense of them at one look: in our byte order, where
/// they count alignment from a multiple of 4, without fragments of 1.1. Else empty.
std::span<const std::byte> plain_octets(const cdr::Decoder& decoder) noexcept;

/// Moves to the body of a received request or reply, after the header fields: in GIOP 1.2 to the
/// next 8-octet boundary if anything follows. Padding that a peer put after an empty body is passed
/// over.
void skip_to_body(cdr::Decoder& decoder) noexcept;

}  // namespace corbel::giop
