#include "event-service/servants/proxy_push_consumer.hpp"

#include "event-service/servants/connect_result.hpp"
#include "event-service/servants/remote_peers.hpp"

#include <corbel/call.hpp>

#include <utility>

namespace corbel::event_service {
namespace {

void answer(Responder<void>& responder, PublishOutcome outcome) {
  switch (outcome) {
    case PublishOutcome::accepted:
      return responder.complete();
    case PublishOutcome::refused:
      return responder.raise(
          Transient("a consumer's queue is full and made no room in time; the event went to "
                    "nobody, push it again later"));
    default:
      return responder.raise(CosEventComm::Disconnected());
  }
}

/// A push that waits for room; no thread does.
class HeldPush final : public WaitingPublish {
 public:
  explicit HeldPush(Responder<void> responder) : responder_(std::move(responder)) {
    if (const auto* context = CallContext::current_if()) {
      // A little before its caller stops waiting, so that the answer still reaches it.
      const auto now = std::chrono::steady_clock::now();
      if (const auto limit = context->deadline()) deadline = now + (*limit - now) / 10 * 9;
    }
  }
  bool abandoned() const noexcept override { return responder_.cancelled(); }
  void finish(PublishOutcome outcome) noexcept override {
    try {
      answer(responder_, outcome);
    } catch (const std::exception& failure) {
      log(LogLevel::debug,
          std::string("a held-back push could not be answered: ") + failure.what());
    }
  }

 private:
  Responder<void> responder_;
};

}  // namespace

void ProxyPushConsumer::async_push(const Any& data, Responder<void> responder) {
  const auto channel = source_->channel();
  if (!channel) return responder.raise(CosEventComm::Disconnected());
  const auto outcome = channel->publish(
      make_event(data), [&] { return std::make_unique<HeldPush>(std::move(responder)); });
  if (outcome != PublishOutcome::waiting) answer(responder, outcome);
}

void ProxyPushConsumer::connect_push_supplier(const CosEventComm::PushSupplier& supplier) {
  check(source_->connect(make_disconnect_target(supplier, scheduler_)));
}

}  // namespace corbel::event_service
