#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/giop/header.hpp>
#include <orb/giop/service_context.hpp>
#include <orb/giop/target.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace corbel::giop {

/// What the caller wants to hear, as in response_flags of GIOP 1.2. Versions before know only
/// `none` and `target`.
enum class ResponseKind : std::uint8_t {
  none = 0,    ///< nothing: SyncScope none and transport
  server = 1,  ///< a reply as soon as the server has the request
  target = 3,  ///< a reply when the servant has run
};

/// A received request's header. Views point into the message.
struct RequestHeader {
  std::uint32_t request_id = 0;
  ResponseKind response = ResponseKind::target;
  std::string_view object_key;
  /// See Target::needs_key.
  bool needs_key_addressing = false;
  std::string_view operation;
  ServiceContextList service_contexts;

  bool response_expected() const noexcept { return response != ResponseKind::none; }
  /// As one that is new.
  void clear() noexcept {
    request_id = 0;
    response = ResponseKind::target;
    object_key = {};
    needs_key_addressing = false;
    operation = {};
    service_contexts.clear();
  }
};

/// Reads the header of GIOP 1.0, 1.1 or 1.2 (decoder.encoding().version) and leaves the decoder at
/// the first argument. False when the octets make no sense; the failure is in the decoder.
bool decode_request_header(cdr::Decoder& decoder, RequestHeader& header) noexcept;

/// Writes the header after begin_message(); the arguments go through write_body(). Allocates
/// nothing but the encoder's own memory.
void write_request_header(cdr::Encoder& encoder, std::uint32_t request_id, ResponseKind response,
                          const Addressee& addressee, std::string_view operation,
                          std::span<const ServiceContext> contexts = {});
inline void write_request_header(cdr::Encoder& encoder, std::uint32_t request_id,
                                 ResponseKind response, std::string_view object_key,
                                 std::string_view operation,
                                 std::span<const ServiceContext> contexts = {}) {
  write_request_header(encoder, request_id, response, Addressee{object_key}, operation, contexts);
}

}  // namespace corbel::giop
