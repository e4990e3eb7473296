#include <tests/bench/measure.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bench {
namespace {

double to_us(Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

std::filesystem::path server_folder() {
  const char* id = std::getenv("SERVER_PID");
  return id == nullptr ? std::filesystem::path() : std::filesystem::path("/proc") / id;
}

/// "Threads:  3" -> 3.
double status_field(const std::filesystem::path& file, std::string_view field) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(field) && line.size() > field.size() && line[field.size()] == ':') {
      return std::strtod(line.c_str() + field.size() + 1, nullptr);
    }
  }
  return 0;
}

/// proc(5): user and system time are the 12th and 13th number after the program's name.
double cpu_seconds(const std::filesystem::path& stat_file) {
  std::string text;
  std::getline(std::ifstream(stat_file), text);
  const auto end_of_name = text.rfind(')');
  if (end_of_name == std::string::npos) return 0;
  std::istringstream fields(text.substr(end_of_name + 1));
  std::string skipped;
  for (int i = 0; i < 12; ++i) fields >> skipped;
  double user = std::strtod(skipped.c_str(), nullptr);
  double system = 0;
  fields >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

void print_figures(std::string_view peer, std::string_view workload, Figures figures) {
  std::printf("{\"peer\":\"%.*s\",\"w\":\"%.*s\"", static_cast<int>(peer.size()), peer.data(),
              static_cast<int>(workload.size()), workload.data());
  for (const auto& [key, value] : figures) {
    std::printf(",\"%.*s\":%.6g", static_cast<int>(key.size()), key.data(), value);
  }
  std::puts("}");
  std::fflush(stdout);
}

double Latencies::mean_us() const {
  if (samples_.empty()) return 0;
  Clock::duration sum{};
  for (const auto sample : samples_) sum += sample;
  return to_us(sum) / static_cast<double>(samples_.size());
}

double Latencies::percentile_us(double share) {
  if (samples_.empty()) return 0;
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(samples_.size()));
  const auto place =
      samples_.begin() + static_cast<std::ptrdiff_t>(std::min(rank, samples_.size() - 1));
  std::nth_element(samples_.begin(), place, samples_.end());
  return to_us(*place);
}

Usage own_usage() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_nvcsw)};
}

Usage server_usage() {
  const auto folder = server_folder();
  if (folder.empty()) return {};
  Usage usage{cpu_seconds(folder / "stat"), 0};
  std::error_code gone;  // threads may end while we look
  for (const auto& thread : std::filesystem::directory_iterator(folder / "task", gone)) {
    usage.voluntary_switches += status_field(thread.path() / "status", "voluntary_ctxt_switches");
  }
  return usage;
}

double server_status(std::string_view field) {
  const auto folder = server_folder();
  return folder.empty() ? 0 : status_field(folder / "status", field);
}

double rate(const std::function<void(std::uint64_t)>& calls, double seconds) {
  for (std::uint64_t count = 500;; count *= 2) {
    const auto trial = Clock::now();
    calls(count);
    const double took = seconds_since(trial);
    if (took < seconds / 4) continue;
    const auto measured = std::max<std::uint64_t>(
        1, static_cast<std::uint64_t>(static_cast<double>(count) / took * seconds));
    const auto start = Clock::now();
    calls(measured);
    return static_cast<double>(measured) / seconds_since(start);
  }
}

}  // namespace bench
