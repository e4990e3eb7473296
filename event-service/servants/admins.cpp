#include "event-service/servants/admins.hpp"

#include "event-service/servants/proxy_pull_consumer.hpp"
#include "event-service/servants/proxy_pull_supplier.hpp"
#include "event-service/servants/proxy_push_consumer.hpp"
#include "event-service/servants/proxy_push_supplier.hpp"

#include <string>

namespace corbel::event_service {
namespace {

/// Makes the connection, its servant, and the reference to it.
template <Proxy I, class Servant, class Connection>
I obtain(const std::shared_ptr<Channel>& channel, ProxyKeeper& keeper,
         const std::shared_ptr<Connection>& connection) {
  if (connection) {
    return keeper.activate<I>(std::make_shared<Servant>(connection, channel->scheduler()),
                              *connection);
  }
  if (channel->is_closed())
    throw ObjectNotExist("channel " + channel->config().name + " was destroyed");
  throw ImpLimit("channel " + channel->config().name + " has " +
                 std::to_string(channel->config().max_proxies) +
                 " suppliers and consumers; disconnect some first");
}

}  // namespace

CosEventChannelAdmin::ProxyPushConsumer SupplierAdmin::obtain_push_consumer() {
  return obtain<CosEventChannelAdmin::ProxyPushConsumer, ProxyPushConsumer>(
      channel_, *keeper_, channel_->add_source<PushSource>());
}

CosEventChannelAdmin::ProxyPullConsumer SupplierAdmin::obtain_pull_consumer() {
  return obtain<CosEventChannelAdmin::ProxyPullConsumer, ProxyPullConsumer>(
      channel_, *keeper_, channel_->add_source<PullSource>());
}

CosEventChannelAdmin::ProxyPushSupplier ConsumerAdmin::obtain_push_supplier() {
  return obtain<CosEventChannelAdmin::ProxyPushSupplier, ProxyPushSupplier>(
      channel_, *keeper_, channel_->add_subscriber<PushSubscriber>());
}

CosEventChannelAdmin::ProxyPullSupplier ConsumerAdmin::obtain_pull_supplier() {
  return obtain<CosEventChannelAdmin::ProxyPullSupplier, ProxyPullSupplier>(
      channel_, *keeper_, channel_->add_subscriber<PullSubscriber>());
}

}  // namespace corbel::event_service
