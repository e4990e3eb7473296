#include <tests/bench/measure.hpp>
#include <tests/bench/workloads.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace bench {
namespace {

constexpr std::uint64_t kCalls = 50'000;
constexpr std::uint64_t kWarmUp = 5'000;

/// W1: the null call, one after the other.
void null_calls(Peer& peer, std::uint64_t calls) {
  const auto connection = peer.connect();
  for (std::uint64_t i = 0; i < kWarmUp; ++i) connection->ping();
  Latencies latencies;
  latencies.reserve(calls);
  const Usage client_before = own_usage();
  const Usage server_before = server_usage();

  const auto start = Clock::now();
  auto last = start;
  for (std::uint64_t i = 0; i < calls; ++i) {
    connection->ping();
    const auto now = Clock::now();
    latencies.add(now - last);
    last = now;
  }

  const Usage client = own_usage();
  const Usage server = server_usage();
  const auto count = static_cast<double>(calls);
  const double seconds = std::chrono::duration<double>(last - start).count();
  print_figures(
      peer.name(), "w1",
      {{"calls_s", count / seconds},
       {"mean_us", latencies.mean_us()},
       {"p50_us", latencies.percentile_us(0.5)},
       {"p99_us", latencies.percentile_us(0.99)},
       {"cli_cpu_100k", (client.cpu_seconds - client_before.cpu_seconds) * 1e5 / count},
       {"srv_cpu_100k", (server.cpu_seconds - server_before.cpu_seconds) * 1e5 / count},
       {"cli_ctx", (client.voluntary_switches - client_before.voluntary_switches) / count},
       {"srv_ctx", (server.voluntary_switches - server_before.voluntary_switches) / count}});
}

/// W2: null calls of many threads, for one second after all have started.
void threads_calling(Peer& peer, int threads) {
  enum Phase { warming, counting, over };
  std::atomic<Phase> phase{warming};
  std::atomic<std::uint64_t> total{0};
  std::shared_ptr<Connection> common;
  if (peer.shared_by_threads()) common = peer.connect();

  std::vector<std::thread> callers;
  for (int i = 0; i < threads; ++i) {
    callers.emplace_back([&] {
      std::shared_ptr<Connection> connection = common;
      if (!connection) connection = peer.connect();
      std::uint64_t counted = 0;
      for (Phase now = warming; now != over; now = phase.load(std::memory_order_relaxed)) {
        connection->ping();
        if (now == counting) ++counted;
      }
      total += counted;
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const auto start = Clock::now();
  phase = counting;
  std::this_thread::sleep_for(std::chrono::seconds(1));
  const double seconds = seconds_since(start);
  phase = over;
  for (auto& caller : callers) caller.join();
  print_figures(peer.name(), "w2_" + std::to_string(threads),
                {{"calls_s", static_cast<double>(total) / seconds}});
}

/// W3: 100 calls outstanding, and one-way calls.
void outstanding_calls(Peer& peer) {
  const auto connection = peer.connect();
  auto* calls = dynamic_cast<CallConnection*>(connection.get());
  if (calls == nullptr) return;
  print_figures(peer.name(), "w3_async",
                {{"calls_s", rate([&](std::uint64_t n) { calls->pipeline(n, 100); })}});
  print_figures(peer.name(), "w3_oneway",
                {{"calls_s", rate([&](std::uint64_t n) { calls->oneway(n); })}});
}

/// W4: octets echoed, from 1 KiB to 16 MiB.
void echoed_octets(Peer& peer) {
  const auto connection = peer.connect();
  for (const std::size_t size : {1u << 10, 1u << 16, 1u << 20, 1u << 24}) {
    for (int i = 0; i < 3; ++i) connection->blob(size);
    std::uint64_t calls = 0;
    const auto start = Clock::now();
    while (calls < 3 || seconds_since(start) < 0.4) {
      connection->blob(size);
      ++calls;
    }
    const double calls_per_second = static_cast<double>(calls) / seconds_since(start);
    print_figures(peer.name(), "w4_" + std::to_string(size >> 10) + "k",
                  {{"MB_s", 2.0 * static_cast<double>(size) * calls_per_second / 1e6},
                   {"calls_s", calls_per_second}});
  }
}

/// W5: 1,000 structs echoed.
void echoed_structs(Peer& peer) {
  constexpr std::size_t kStructs = 1000;
  const auto connection = peer.connect();
  auto* calls = dynamic_cast<CallConnection*>(connection.get());
  if (calls == nullptr) return;
  for (int i = 0; i < 10; ++i) calls->items(kStructs);
  const double calls_per_second = rate(
      [&](std::uint64_t n) {
        while (n-- > 0) calls->items(kStructs);
      },
      0.5);
  print_figures(peer.name(), "w5",
                {{"calls_s", calls_per_second}, {"ns_struct", 1e9 / calls_per_second / kStructs}});
}

/// W7: the server's memory and threads with idle connections.
void idle_connections(Peer& peer, unsigned count) {
  std::vector<std::unique_ptr<Connection>> connections;
  for (unsigned i = 0; i < count; ++i) {
    connections.push_back(peer.connect_anew(i));
    connections.back()->ping();
  }
  print_figures(peer.name(), "w7_" + std::to_string(count),
                {{"rss_kb", server_status("VmRSS")}, {"threads", server_status("Threads")}});
}

/// W10: connecting and the first call.
void first_calls(Peer& peer) {
  constexpr unsigned kFirst = 1000;  // other numbers than W7's
  Latencies latencies;
  const auto start = Clock::now();
  for (unsigned i = 0; i < 20 || (i < 1000 && seconds_since(start) < 0.6); ++i) {
    const auto began = Clock::now();
    peer.connect_anew(kFirst + i)->ping();
    latencies.add(Clock::now() - began);
  }
  print_figures(peer.name(), "w10",
                {{"p50_us", latencies.percentile_us(0.5)},
                 {"p99_us", latencies.percentile_us(0.99)},
                 {"conn_s", 1e6 / latencies.mean_us()}});
}

void plain_calls(Peer& peer, std::uint64_t calls) {
  const auto connection = peer.connect();
  for (std::uint64_t i = 0; i < calls; ++i) connection->ping();
}

}  // namespace

void run_workload(Peer& peer, std::string_view workload) {
  const auto colon = workload.find(':');
  const std::string_view name = workload.substr(0, colon);
  const std::uint64_t calls = colon == std::string_view::npos
                                  ? kCalls
                                  : std::stoull(std::string(workload.substr(colon + 1)));
  if (name == "calls") return plain_calls(peer, calls);
  if (name == "w1") return null_calls(peer, calls);
  if (name == "w2") return threads_calling(peer, 8), threads_calling(peer, 64);
  if (name == "w3") return outstanding_calls(peer);
  if (name == "w4") return echoed_octets(peer);
  if (name == "w5") return echoed_structs(peer);
  if (name == "w7") return idle_connections(peer, 1), idle_connections(peer, 500);
  if (name == "w10") return first_calls(peer);
  throw std::invalid_argument("no such workload: " + std::string(workload));
}

}  // namespace bench
