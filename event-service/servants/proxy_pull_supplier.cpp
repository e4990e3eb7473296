#include "event-service/servants/proxy_pull_supplier.hpp"

#include "event-service/servants/connect_result.hpp"
#include "event-service/servants/remote_peers.hpp"
#include "event-service/servants/statistics.hpp"

#include <utility>

namespace corbel::event_service {
namespace {

using TryPullResults = CosEventComm::PullSupplier::try_pull_results;
using PullEventResults = corbel_events::PullSubscription::pull_event_results;

Any result_of(const QueuedEvent* event, const Responder<Any>&) { return event->event->value; }

TryPullResults result_of(const QueuedEvent* event, const Responder<TryPullResults>&) {
  TryPullResults results;
  results.has_event = event != nullptr;
  if (event != nullptr) results.result = event->event->value;
  return results;
}

PullEventResults result_of(const QueuedEvent* event, const Responder<PullEventResults>&) {
  PullEventResults results;
  results.result = event != nullptr;
  if (event == nullptr) return results;
  results.event = event->event->value;
  results.dropped = event->dropped_before;
  return results;
}

/// A request whose answer is an event, now or later.
template <class T>
class PullRequest final : public PullWaiter {
 public:
  explicit PullRequest(Responder<T> responder) : responder_(std::move(responder)) {}

  bool cancelled() const noexcept override { return responder_.cancelled(); }
  bool deliver(const QueuedEvent& event) noexcept override {
    try {
      responder_.complete(result_of(&event, responder_));
      return true;
    } catch (const std::exception&) {
      return false;
    }
  }
  void nothing() noexcept override {
    if constexpr (std::is_same_v<T, Any>) {
      // Only for a caller that has given up: nobody reads the answer.
      raise(Transient("the pull was given up"));
    } else {
      answer([this] { responder_.complete(result_of(nullptr, responder_)); });
    }
  }
  void disconnected() noexcept override { raise(CosEventComm::Disconnected()); }
  template <class E>
  void raise(E exception) noexcept {
    answer([&] { responder_.raise(std::move(exception)); });
  }

 private:
  template <class Action>
  static void answer(Action action) noexcept {
    try {
      action();
    } catch (const std::exception& failure) {
      log(LogLevel::debug, std::string("a pull could not be answered: ") + failure.what());
    }
  }

  Responder<T> responder_;
};

template <class T>
void begin_pull(PullSubscriber& subscriber, Responder<T> responder,
                std::optional<std::chrono::nanoseconds> limit) {
  auto request = std::make_unique<PullRequest<T>>(std::move(responder));
  PullRequest<T>& kept = *request;
  std::unique_ptr<PullWaiter> waiter = std::move(request);
  switch (subscriber.pull(waiter, limit)) {
    case PullSubscriber::PullResult::taken_over:
      return;
    case PullSubscriber::PullResult::not_connected:
      return kept.disconnected();
    case PullSubscriber::PullResult::too_many:
      return kept.raise(
          Transient("too many pulls wait at this proxy; obtain one for each consumer"));
  }
}

}  // namespace

void ProxyPullSupplier::async_pull(Responder<Any> responder) {
  begin_pull(*subscriber_, std::move(responder), std::nullopt);
}

void ProxyPullSupplier::async_try_pull(Responder<TryPullResults> responder) {
  begin_pull(*subscriber_, std::move(responder), std::chrono::nanoseconds(0));
}

void ProxyPullSupplier::async_pull_event(std::uint32_t timeout_ms,
                                         Responder<PullEventResults> responder) {
  begin_pull(*subscriber_, std::move(responder), std::chrono::milliseconds(timeout_ms));
}

void ProxyPullSupplier::connect_pull_consumer(const CosEventComm::PullConsumer& consumer) {
  check(subscriber_->connect(make_disconnect_target(consumer, scheduler_)));
}

corbel_events::ConsumerStatistics ProxyPullSupplier::statistics() {
  return to_wire(subscriber_->statistics());
}

}  // namespace corbel::event_service
