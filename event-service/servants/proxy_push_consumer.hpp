#pragma once

#include "event-service/core/push_source.hpp"

#include <CosEventChannelAdmin.idl.hpp>

#include <memory>

namespace corbel::event_service {

/// Where one supplier pushes to. Under `block` the answer waits for room in every queue.
class ProxyPushConsumer final : public CosEventChannelAdmin::ProxyPushConsumer::Servant {
 public:
  explicit ProxyPushConsumer(std::shared_ptr<PushSource> source,
                             std::shared_ptr<Scheduler> scheduler)
      : source_(std::move(source)), scheduler_(std::move(scheduler)) {}

  void async_push(const Any& data, Responder<void> responder) override;
  void connect_push_supplier(const CosEventComm::PushSupplier& supplier) override;
  void disconnect_push_consumer() override { source_->disconnect(TellPeer::yes); }

 private:
  const std::shared_ptr<PushSource> source_;
  const std::shared_ptr<Scheduler> scheduler_;
};

}  // namespace corbel::event_service
