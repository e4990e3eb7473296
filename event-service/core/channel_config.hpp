#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace corbel::event_service {

/// What happens to an event for which a consumer's queue has no room.
enum class Overflow : std::uint8_t {
  drop_oldest,  ///< the consumer loses its oldest waiting event
  drop_newest,  ///< the consumer loses this event
  block,        ///< the supplier's push waits until every queue has room
};

/// Bounds of one consumer's queue. An event larger than max_octets passes when the queue is empty.
struct QueuePolicy {
  std::size_t max_events = 1000;
  std::size_t max_octets = 16u << 20;
  Overflow overflow = Overflow::drop_oldest;
};

struct ChannelConfig {
  std::string name;
  QueuePolicy queue{};
  /// A consumer or supplier that cannot be reached, or a consumer that holds suppliers back without
  /// taking anything, for this long is disconnected.
  std::chrono::nanoseconds unreachable_timeout = std::chrono::seconds(60);
  /// How long a push waits for room (block) before it is refused, unless its caller's deadline is
  /// known to be earlier. Below the usual call deadline of 60 s, so that suppliers get a clear
  /// answer.
  std::chrono::nanoseconds supplier_patience = std::chrono::seconds(50);
  /// Between two tries of a failing delivery or of an empty pull supplier: doubles from first to
  /// last.
  std::chrono::nanoseconds first_backoff = std::chrono::milliseconds(50);
  std::chrono::nanoseconds last_backoff = std::chrono::seconds(5);
  std::chrono::nanoseconds first_poll = std::chrono::milliseconds(2);
  std::chrono::nanoseconds last_poll = std::chrono::milliseconds(200);
  /// Proxies that may exist in one channel at the same time.
  std::size_t max_proxies = 10'000;
  /// Pushes that may wait for room at the same time; pulls that may wait at one proxy.
  std::size_t max_waiting_pushes = 4096;
  std::size_t max_waiting_pulls = 128;
};

}  // namespace corbel::event_service
