#pragma once

#include <tests/bench/peer.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace bench {

/// The floor under every call: blocking TCP, a thread for each connection, 64 octets there and
/// back. A message is 64 octets, the first eight of which give the length of a body that follows.
std::unique_ptr<Peer> make_raw_peer(std::string host, std::uint16_t port);

/// Serves raw peers until the process ends; prints "ready" once it listens.
[[noreturn]] void serve_raw(const std::string& host, std::uint16_t port);

}  // namespace bench
