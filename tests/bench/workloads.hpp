#pragma once

#include <tests/bench/peer.hpp>

#include <string_view>

namespace bench {

/// Runs one workload and prints its figures: w1[:calls], w2, w3, w4, w5, w7, w10 or calls:N.
/// Throws std::invalid_argument for another name; w3 and w5 need a CallConnection and print nothing
/// for a bare socket.
void run_workload(Peer& peer, std::string_view workload);

}  // namespace bench
