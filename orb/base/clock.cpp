#include <orb/base/clock.hpp>
#include <orb/base/hot.hpp>

#include <limits>

namespace corbel {

using std::chrono::nanoseconds;

CORBEL_HOT Deadline Deadline::after(nanoseconds duration, SteadyClock::time_point now) noexcept {
  if (duration.count() < 0) return Deadline(now);
  if (duration >= SteadyClock::time_point::max() - now) return never();
  return Deadline(now + duration);
}

CORBEL_HOT nanoseconds Deadline::remaining(SteadyClock::time_point now) const noexcept {
  if (is_never()) return nanoseconds::max();
  return now >= at_ ? nanoseconds::zero() : at_ - now;
}

int Deadline::poll_timeout_ms(SteadyClock::time_point now) const noexcept {
  if (is_never()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(remaining(now)).count();
  constexpr int kMost = std::numeric_limits<int>::max();
  return left > kMost ? kMost : static_cast<int>(left);
}

std::uint64_t realtime_ns_since_epoch() noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<nanoseconds>(now).count());
}

}  // namespace corbel
