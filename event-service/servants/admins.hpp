#pragma once

#include "event-service/core/channel.hpp"
#include "event-service/servants/proxy_keeper.hpp"

#include <CosEventChannelAdmin.idl.hpp>

#include <memory>

namespace corbel::event_service {

/// Hands out proxies to those who want to supply events.
class SupplierAdmin final : public CosEventChannelAdmin::SupplierAdmin::Servant {
 public:
  SupplierAdmin(std::shared_ptr<Channel> channel, std::shared_ptr<ProxyKeeper> keeper)
      : channel_(std::move(channel)), keeper_(std::move(keeper)) {}

  CosEventChannelAdmin::ProxyPushConsumer obtain_push_consumer() override;
  CosEventChannelAdmin::ProxyPullConsumer obtain_pull_consumer() override;

 private:
  const std::shared_ptr<Channel> channel_;
  const std::shared_ptr<ProxyKeeper> keeper_;
};

/// Hands out proxies to those who want to consume events.
class ConsumerAdmin final : public CosEventChannelAdmin::ConsumerAdmin::Servant {
 public:
  ConsumerAdmin(std::shared_ptr<Channel> channel, std::shared_ptr<ProxyKeeper> keeper)
      : channel_(std::move(channel)), keeper_(std::move(keeper)) {}

  CosEventChannelAdmin::ProxyPushSupplier obtain_push_supplier() override;
  CosEventChannelAdmin::ProxyPullSupplier obtain_pull_supplier() override;

 private:
  const std::shared_ptr<Channel> channel_;
  const std::shared_ptr<ProxyKeeper> keeper_;
};

}  // namespace corbel::event_service
