#include "event-service/servants/channel_servant.hpp"

#include "event-service/servants/statistics.hpp"

namespace corbel::event_service {

corbel_events::QueuePolicy ChannelServant::policy() { return to_wire(channel_->config().queue); }

corbel_events::ChannelStatistics ChannelServant::statistics() { return statistics_of(*channel_); }

}  // namespace corbel::event_service
