#pragma once

#include <chrono>
#include <cstdint>

namespace corbel {

using SteadyClock = std::chrono::steady_clock;

/// A moment on the monotonic clock by which something must be done, or never. A value.
class Deadline {
 public:
  /// Never.
  constexpr Deadline() noexcept = default;
  constexpr explicit Deadline(SteadyClock::time_point at) noexcept : at_(at) {}

  static constexpr Deadline never() noexcept { return {}; }
  /// From now; a duration too long for the clock is never, a negative one has passed.
  static Deadline after(std::chrono::nanoseconds duration) noexcept {
    return after(duration, SteadyClock::now());
  }
  static Deadline after(std::chrono::nanoseconds duration, SteadyClock::time_point now) noexcept;

  constexpr bool is_never() const noexcept { return at_ == SteadyClock::time_point::max(); }
  /// time_point::max() for never.
  constexpr SteadyClock::time_point at() const noexcept { return at_; }
  bool has_passed() const noexcept { return !is_never() && SteadyClock::now() >= at_; }
  /// Zero once it has passed, nanoseconds::max() for never.
  std::chrono::nanoseconds remaining() const noexcept { return remaining(SteadyClock::now()); }
  std::chrono::nanoseconds remaining(SteadyClock::time_point now) const noexcept;
  /// For poll(): milliseconds rounded up (waking early would spin), -1 for never.
  int poll_timeout_ms() const noexcept { return poll_timeout_ms(SteadyClock::now()); }
  int poll_timeout_ms(SteadyClock::time_point now) const noexcept;

  /// The earlier of the two.
  friend constexpr Deadline earlier(Deadline left, Deadline right) noexcept {
    return left.at_ < right.at_ ? left : right;
  }
  friend constexpr auto operator<=>(const Deadline&, const Deadline&) noexcept = default;

 private:
  SteadyClock::time_point at_ = SteadyClock::time_point::max();
};

/// Calendar time, for timestamps of references only; it may jump.
std::uint64_t realtime_ns_since_epoch() noexcept;

}  // namespace corbel
