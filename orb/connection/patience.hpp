#pragma once

#include <orb/base/clock.hpp>
#include <orb/base/limits.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace corbel::connection {

/// An upcall that takes longer than this no longer keeps its connection's other requests waiting.
inline constexpr std::chrono::milliseconds kLongUpcall{100};
/// A one-way request without room is tried again this often, and for this long.
inline constexpr std::chrono::milliseconds kHoldRetry{10};
inline constexpr std::chrono::seconds kHoldAtMost{5};

/// By when a peer must have taken a reply of that size.
inline Deadline time_to_send(std::size_t size, const Limits& limits) {
  const auto slowest = std::chrono::seconds(size / std::max<std::size_t>(limits.body_rate, 1));
  return Deadline::after(limits.body_timeout + slowest);
}

}  // namespace corbel::connection
