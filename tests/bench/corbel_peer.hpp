#pragma once

#include <tests/bench/peer.hpp>

#include <corbel/dispatch.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bench {

/// "thread-per-connection", "thread-per-request", "thread-per-object", "pool[:threads]",
/// "event-loop". Throws std::invalid_argument for another name.
corbel::DispatchPolicy parse_policy(std::string_view name);

std::unique_ptr<Peer> make_corbel_peer(std::string host, std::uint16_t port);

/// Serves bench::Echo under the key "Echo" until SIGINT or SIGTERM; prints "ready" once it does.
void serve_corbel(std::string host, std::uint16_t port, const corbel::DispatchPolicy& policy);

/// W6: null calls inside one process.
void measure_collocated(const corbel::DispatchPolicy& policy);

}  // namespace bench
