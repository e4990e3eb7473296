#pragma once

#include "event-service/core/pull_source.hpp"
#include "event-service/servants/connect_result.hpp"
#include "event-service/servants/remote_peers.hpp"

#include <CosEventChannelAdmin.idl.hpp>

#include <memory>

namespace corbel::event_service {

/// Pulls from one supplier.
class ProxyPullConsumer final : public CosEventChannelAdmin::ProxyPullConsumer::Servant {
 public:
  explicit ProxyPullConsumer(std::shared_ptr<PullSource> source,
                             std::shared_ptr<Scheduler> scheduler)
      : source_(std::move(source)), scheduler_(std::move(scheduler)) {}

  void connect_pull_supplier(const CosEventComm::PullSupplier& supplier) override {
    if (is_nil(supplier))
      throw BadParam("connect_pull_supplier: the supplier is nil, nothing could be pulled");
    check(source_->connect(make_pull_target(supplier, scheduler_)));
  }
  void disconnect_pull_consumer() override { source_->disconnect(TellPeer::yes); }

 private:
  const std::shared_ptr<PullSource> source_;
  const std::shared_ptr<Scheduler> scheduler_;
};

}  // namespace corbel::event_service
