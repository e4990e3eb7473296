#pragma once

#include <corbel/any.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace corbel::event_service {

/// One event on its way through a channel. Shared by all queues that hold it, never changed.
struct Event {
  Any value;
  /// Memory it is charged with: the value's octets, its type's, and a flat amount for bookkeeping.
  std::size_t octets = 0;
};

using EventPointer = std::shared_ptr<const Event>;

EventPointer make_event(Any value);

/// An event in one consumer's queue.
struct QueuedEvent {
  EventPointer event;
  /// Events that this consumer lost between the event before and this one.
  std::uint64_t dropped_before = 0;
};

}  // namespace corbel::event_service
