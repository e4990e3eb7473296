#pragma once

#include "event-service/core/peers.hpp"
#include "event-service/core/scheduler.hpp"

#include <CosEventComm.idl.hpp>
#include <events.idl.hpp>

#include <memory>

/// The channel's peers as they really are: remote objects, called asynchronously.
namespace corbel::event_service {

std::shared_ptr<PushTarget> make_push_target(const CosEventComm::PushConsumer& consumer,
                                             std::shared_ptr<Scheduler> scheduler);
/// A consumer of ours, which is told its losses.
std::shared_ptr<PushTarget> make_push_target(const corbel_events::Consumer& consumer,
                                             std::shared_ptr<Scheduler> scheduler);
std::shared_ptr<PullTarget> make_pull_target(const CosEventComm::PullSupplier& supplier,
                                             std::shared_ptr<Scheduler> scheduler);
/// Null for nil.
std::shared_ptr<DisconnectTarget> make_disconnect_target(const CosEventComm::PushSupplier& supplier,
                                                         std::shared_ptr<Scheduler> scheduler);
std::shared_ptr<DisconnectTarget> make_disconnect_target(const CosEventComm::PullConsumer& consumer,
                                                         std::shared_ptr<Scheduler> scheduler);

}  // namespace corbel::event_service
