#pragma once

#include <corbel/reference.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace corbel::facade {

/// The endpoints to put into references: what `advertise` says ("host[:port]", several separated by
/// commas; the bound port where it names none), else the bound one. An address of all interfaces is
/// replaced by the host's name, and the log says so.
/// Throws BadParam when `advertise` makes no sense.
std::vector<Endpoint> published_endpoints(const Endpoint& bound, std::string_view advertise);

/// For objects that nobody can connect to: an address of its own, so that it is nobody else's,
/// under a name that never resolves (RFC 6761, 6.4).
Endpoint unreachable_endpoint();

/// "host", "host:port", "[v6]", "[v6]:port". Throws BadParam.
Endpoint parse_endpoint(std::string_view text, std::uint16_t default_port);

}  // namespace corbel::facade
