#pragma once

#include "event-service/core/push_subscriber.hpp"
#include "event-service/servants/connect_result.hpp"
#include "event-service/servants/remote_peers.hpp"
#include "event-service/servants/statistics.hpp"

#include <memory>

namespace corbel::event_service {

/// Pushes to one consumer.
class ProxyPushSupplier final : public corbel_events::PushSubscription::Servant {
 public:
  explicit ProxyPushSupplier(std::shared_ptr<PushSubscriber> subscriber,
                             std::shared_ptr<Scheduler> scheduler)
      : subscriber_(std::move(subscriber)), scheduler_(std::move(scheduler)) {}

  void connect_push_consumer(const CosEventComm::PushConsumer& consumer) override {
    connect(consumer);
  }
  void connect_consumer(const corbel_events::Consumer& target) override { connect(target); }
  void disconnect_push_supplier() override { subscriber_->disconnect(TellPeer::yes); }
  corbel_events::ConsumerStatistics statistics() override {
    return to_wire(subscriber_->statistics());
  }

 private:
  template <class Consumer>
  void connect(const Consumer& consumer) {
    if (is_nil(consumer))
      throw BadParam("connect_push_consumer: the consumer is nil, nothing could be pushed to it");
    check(subscriber_->connect(make_push_target(consumer, scheduler_)));
  }

  const std::shared_ptr<PushSubscriber> subscriber_;
  const std::shared_ptr<Scheduler> scheduler_;
};

}  // namespace corbel::event_service
