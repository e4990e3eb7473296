#include "event-service/servants/statistics.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace corbel::event_service {
namespace {

std::uint32_t narrowed(std::size_t value) {
  return static_cast<std::uint32_t>(
      std::min<std::size_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

corbel_events::ConsumerStatistics to_wire(const SubscriberStatistics& statistics) {
  corbel_events::ConsumerStatistics wire;
  wire.id = statistics.id;
  wire.kind = statistics.kind == SubscriberKind::push ? corbel_events::ConsumerKind::push_consumer
                                                      : corbel_events::ConsumerKind::pull_consumer;
  wire.connected = statistics.connected;
  wire.queued = narrowed(statistics.queued);
  wire.queued_octets = statistics.queued_octets;
  wire.delivered = statistics.delivered;
  wire.dropped = statistics.dropped;
  wire.rejected = statistics.rejected;
  return wire;
}

corbel_events::ChannelStatistics statistics_of(const Channel& channel) {
  const auto counters = channel.counters();
  corbel_events::ChannelStatistics wire;
  wire.suppliers = narrowed(counters.suppliers);
  wire.waiting_suppliers = narrowed(counters.waiting);
  wire.received = counters.received;
  wire.refused = counters.refused;
  for (const auto& each : channel.subscriber_statistics()) wire.consumers.push_back(to_wire(each));
  return wire;
}

corbel_events::QueuePolicy to_wire(const QueuePolicy& policy) {
  corbel_events::QueuePolicy wire;
  wire.max_events = narrowed(policy.max_events);
  wire.max_octets = policy.max_octets;
  wire.overflow = static_cast<corbel_events::OverflowPolicy>(policy.overflow);
  return wire;
}

QueuePolicy from_wire(const corbel_events::QueuePolicy& policy, const QueuePolicy& defaults) {
  QueuePolicy own = defaults;
  if (policy.max_events != 0) own.max_events = policy.max_events;
  if (policy.max_octets != 0) own.max_octets = policy.max_octets;
  own.overflow = static_cast<Overflow>(policy.overflow);
  return own;
}

}  // namespace corbel::event_service
