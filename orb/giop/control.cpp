#include <orb/giop/control.hpp>

namespace corbel::giop {
namespace {

std::array<std::byte, kHeaderSize> header_only(MessageType type, GiopVersion version) noexcept {
  return {std::byte{'G'},
          std::byte{'I'},
          std::byte{'O'},
          std::byte{'P'},
          std::byte{version.major},
          std::byte{version.minor},
          static_cast<std::byte>(cdr::kNativeOrder),
          static_cast<std::byte>(type)};  // the size is 0 in every byte order
}

}  // namespace

void write_cancel_request(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id) {
  begin_message(encoder, MessageType::cancel_request, version);
  encoder.write(request_id);
  finish_message(encoder);
}

std::optional<std::uint32_t> decode_cancel_request(cdr::Decoder& decoder) noexcept {
  const auto request_id = decoder.read<std::uint32_t>();
  if (decoder.failed()) return std::nullopt;
  return request_id;
}

std::array<std::byte, kHeaderSize> close_connection_message(GiopVersion version) noexcept {
  return header_only(MessageType::close_connection, version);
}

std::array<std::byte, kHeaderSize> message_error_message(GiopVersion version) noexcept {
  return header_only(MessageType::message_error, version);
}

}  // namespace corbel::giop
