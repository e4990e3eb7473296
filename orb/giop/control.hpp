#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/giop/header.hpp>

#include <array>
#include <cstdint>
#include <optional>

namespace corbel::giop {

/// A whole CancelRequest.
void write_cancel_request(cdr::Encoder& encoder, GiopVersion version, std::uint32_t request_id);
/// The request id of a CancelRequest; nullopt when there is none.
std::optional<std::uint32_t> decode_cancel_request(cdr::Decoder& decoder) noexcept;

/// Whole messages of a header only, ready to send without an encoder.
std::array<std::byte, kHeaderSize> close_connection_message(GiopVersion version) noexcept;
/// The answer to what is no GIOP we know; carries our highest version.
std::array<std::byte, kHeaderSize> message_error_message(
    GiopVersion version = kHighestVersion) noexcept;

}  // namespace corbel::giop
