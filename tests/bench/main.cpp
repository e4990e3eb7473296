// Measures Corbel, and the bare TCP ping-pong under it. usage() has the command line; it is the one
// that the peers' programs follow, so that results can be laid side by side.
#include <tests/bench/corbel_peer.hpp>
#include <tests/bench/raw_peer.hpp>
#include <tests/bench/workloads.hpp>

#include <corbel/exceptions.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr const char* kUsage = R"(Usage:
  corbel-bench server ADDRESS [any] [--dispatch POLICY]   serve; "any": on every local address
  corbel-bench client ADDRESS WORKLOAD...                 call, print one JSON object a line
  corbel-bench colloc [--dispatch POLICY]                 null calls inside one process
  corbel-bench raw-server ADDRESS                         a bare blocking TCP echo, for comparison
  corbel-bench raw-client ADDRESS WORKLOAD...
ADDRESS   127.0.0.1:PORT
POLICY    thread-per-connection (default), thread-per-request, thread-per-object, pool[:N], event-loop
WORKLOAD  w1[:calls] null call        w2 8 and 64 threads      w3 100 outstanding; one-way
          w4 octets, 1 KiB to 16 MiB  w5 1,000 structs         w7 memory, 1 and 500 connections
          w10 connect + first call    calls:N
Environment: SERVER_PID, the server's process id, for its processor time, memory and threads.
)";

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

Address parse_address(const std::string& text) {
  const auto colon = text.rfind(':');
  try {
    const unsigned long port = std::stoul(text.substr(colon + 1));
    if (colon != std::string::npos && port > 0 && port <= 65535) {
      return {text.substr(0, colon), static_cast<std::uint16_t>(port)};
    }
  } catch (const std::logic_error&) {
  }
  throw std::invalid_argument("not an address, 127.0.0.1:PORT expected: " + text);
}

/// Removes "--dispatch POLICY" from the arguments.
corbel::DispatchPolicy take_policy(std::vector<std::string>& arguments) {
  corbel::DispatchPolicy policy = corbel::ThreadPerConnection{};
  for (auto it = arguments.begin(); it != arguments.end();) {
    if (*it != "--dispatch") {
      ++it;
      continue;
    }
    if (it + 1 == arguments.end()) throw std::invalid_argument("--dispatch needs a policy");
    policy = bench::parse_policy(*(it + 1));
    it = arguments.erase(it, it + 2);
  }
  return policy;
}

int run_client(bench::Peer& peer, const std::vector<std::string>& arguments) {
  int status = 0;
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    try {
      bench::run_workload(peer, arguments[i]);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "corbel-bench: %s: %s\n", arguments[i].c_str(), error.what());
      status = 1;
    }
  }
  return status;
}

int run(std::vector<std::string> arguments) {
  const corbel::DispatchPolicy policy = take_policy(arguments);
  const std::string mode = arguments.empty() ? "" : arguments[0];
  if (mode == "colloc") return bench::measure_collocated(policy), 0;
  if (arguments.size() < 2) throw std::invalid_argument("a mode and an address are needed");
  const auto [host, port] = parse_address(arguments[1]);

  if (mode == "server") {
    const bool any = arguments.size() > 2 && arguments[2] == "any";
    bench::serve_corbel(any ? "0.0.0.0" : host, port, policy);
    return 0;
  }
  if (mode == "raw-server") bench::serve_raw(host, port);
  if (mode == "client") return run_client(*bench::make_corbel_peer(host, port), arguments);
  if (mode == "raw-client") return run_client(*bench::make_raw_peer(host, port), arguments);
  throw std::invalid_argument("no such mode: " + mode);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
    std::fputs(kUsage, stdout);
    return 0;
  }
  try {
    return run(std::move(arguments));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "corbel-bench: %s\n%s", error.what(), kUsage);
    return 2;
  }
}
