#pragma once

#include <corbel/object.hpp>
#include <corbel/stub/encoder.hpp>

#include <orb/base/clock.hpp>
#include <orb/connection/outgoing_calls.hpp>
#include <orb/giop/request.hpp>

#include <cstdint>
#include <string_view>

namespace corbel::invocation {

/// Writes header and service contexts of a request; the arguments follow with write_body().
/// `connection` null: a call within the process. Returns what the contexts tell of us.
/// `aligned`: what follows begins at an 8-octet boundary in every version.
connection::Introduction write_request_start(cdr::Encoder& encoder,
                                             connection::OutgoingCalls* connection,
                                             GiopVersion version, std::uint32_t request_id,
                                             giop::ResponseKind response,
                                             const giop::Addressee& addressee,
                                             std::string_view operation, const CallOptions& options,
                                             Deadline deadline, bool aligned = false);

}  // namespace corbel::invocation
