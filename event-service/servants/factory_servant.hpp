#pragma once

#include "event-service/channel_directory.hpp"
#include "event-service/servants/statistics.hpp"

#include <events.idl.hpp>

#include <memory>
#include <string>

namespace corbel::event_service {

/// Creates and finds named channels.
class FactoryServant final : public corbel_events::ChannelFactory::Servant {
 public:
  explicit FactoryServant(std::shared_ptr<ChannelDirectory> directory)
      : directory_(std::move(directory)) {}

  corbel_events::Channel create_channel(std::string_view name,
                                        const corbel_events::QueuePolicy& policy) override {
    return directory_->create(std::string(name), from_wire(policy, directory_->default_policy()));
  }
  corbel_events::Channel find_channel(std::string_view name) override {
    if (auto channel = directory_->find(std::string(name))) return *channel;
    throw corbel_events::NoSuchChannel(std::string(name));
  }
  std::vector<std::string> list_channels() override { return directory_->names(); }
  void destroy_channel(std::string_view name) override {
    if (!directory_->destroy(std::string(name)))
      throw corbel_events::NoSuchChannel(std::string(name));
  }

 private:
  const std::shared_ptr<ChannelDirectory> directory_;
};

}  // namespace corbel::event_service
