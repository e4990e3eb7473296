#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace corbel::event_service {

/// The service's own lines on standard error, in the form and at the level (CORBEL_LOG) of the
/// ORB's. Threads: any.
enum class LogLevel : std::uint8_t { debug, info, warn, error };

void log(LogLevel level, std::string_view message) noexcept;

/// Lets one message pass in each interval and counts those in between.
class LogGate {
 public:
  explicit LogGate(std::chrono::nanoseconds interval = std::chrono::minutes(1)) noexcept
      : interval_(interval) {}
  /// True when it is time for a line again.
  bool open() noexcept;

 private:
  std::chrono::nanoseconds interval_;
  std::atomic<std::int64_t> next_{INT64_MIN};
};

}  // namespace corbel::event_service
