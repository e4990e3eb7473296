#pragma once

#include "event-service/core/pull_subscriber.hpp"

#include <events.idl.hpp>

#include <cstdint>
#include <memory>

namespace corbel::event_service {

/// Where one consumer pulls from. A pull that waits costs a list entry, no thread.
class ProxyPullSupplier final : public corbel_events::PullSubscription::Servant {
 public:
  explicit ProxyPullSupplier(std::shared_ptr<PullSubscriber> subscriber,
                             std::shared_ptr<Scheduler> scheduler)
      : subscriber_(std::move(subscriber)), scheduler_(std::move(scheduler)) {}

  void async_pull(Responder<Any> responder) override;
  void async_try_pull(Responder<CosEventComm::PullSupplier::try_pull_results> responder) override;
  void async_pull_event(
      std::uint32_t timeout_ms,
      Responder<corbel_events::PullSubscription::pull_event_results> responder) override;
  void connect_pull_consumer(const CosEventComm::PullConsumer& consumer) override;
  void disconnect_pull_supplier() override { subscriber_->disconnect(TellPeer::yes); }
  corbel_events::ConsumerStatistics statistics() override;

 private:
  const std::shared_ptr<PullSubscriber> subscriber_;
  const std::shared_ptr<Scheduler> scheduler_;
};

}  // namespace corbel::event_service
