#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One line of results: {"peer":"corbel","w":"w1","calls_s":52000,...}.
using Figures = std::initializer_list<std::pair<std::string_view, double>>;
void print_figures(std::string_view peer, std::string_view workload, Figures figures);

/// Durations of single calls.
class Latencies {
 public:
  void reserve(std::size_t count) { samples_.reserve(count); }
  void add(Clock::duration duration) { samples_.push_back(duration); }
  double mean_us() const;
  /// `share` of the calls were at most this long: 0.5, 0.99.
  double percentile_us(double share);

 private:
  std::vector<Clock::duration> samples_;
};

/// What a process has used so far.
struct Usage {
  double cpu_seconds = 0;
  double voluntary_switches = 0;
};
Usage own_usage();
/// Of the process whose id is in the environment variable SERVER_PID; zeros without it.
Usage server_usage();
/// A number of /proc/SERVER_PID/status, "VmRSS" (KiB) or "Threads"; zero without it.
double server_status(std::string_view field);

/// Calls a second of `calls(n)`, which makes n calls, over about `seconds`.
double rate(const std::function<void(std::uint64_t)>& calls, double seconds = 0.8);

}  // namespace bench
