#pragma once

#include "event-service/core/channel.hpp"

#include <events.idl.hpp>

namespace corbel::event_service {

corbel_events::ConsumerStatistics to_wire(const SubscriberStatistics& statistics);
corbel_events::ChannelStatistics statistics_of(const Channel& channel);
corbel_events::QueuePolicy to_wire(const QueuePolicy& policy);
/// 0 stands for the service's own bound.
QueuePolicy from_wire(const corbel_events::QueuePolicy& policy, const QueuePolicy& defaults);

}  // namespace corbel::event_service
