#pragma once

#include "event-service/core/channel.hpp"

#include <events.idl.hpp>

#include <functional>
#include <memory>
#include <string>

namespace corbel::event_service {

/// A channel, standard and ours.
class ChannelServant final : public corbel_events::Channel::Servant {
 public:
  struct Admins {
    CosEventChannelAdmin::SupplierAdmin suppliers;
    CosEventChannelAdmin::ConsumerAdmin consumers;
  };

  /// `destroy` ends the channel in its directory.
  ChannelServant(std::shared_ptr<Channel> channel, Admins admins, std::function<void()> destroy)
      : channel_(std::move(channel)), admins_(std::move(admins)), destroy_(std::move(destroy)) {}

  CosEventChannelAdmin::ConsumerAdmin for_consumers() override { return admins_.consumers; }
  CosEventChannelAdmin::SupplierAdmin for_suppliers() override { return admins_.suppliers; }
  void destroy() override { destroy_(); }
  std::string name() override { return channel_->config().name; }
  corbel_events::QueuePolicy policy() override;
  corbel_events::ChannelStatistics statistics() override;

 private:
  const std::shared_ptr<Channel> channel_;
  const Admins admins_;
  const std::function<void()> destroy_;
};

}  // namespace corbel::event_service
