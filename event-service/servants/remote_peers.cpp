#include "event-service/servants/remote_peers.hpp"

#include <corbel/object.hpp>
#include <corbel/reply.hpp>

#include <utility>

namespace corbel::event_service {
namespace {

/// Peers that are told the end get this long; nobody waits for them.
constexpr std::chrono::seconds kFarewell{5};

using Done = std::function<void(std::exception_ptr)>;

/// Starts an asynchronous call and tells its outcome to `done`, never from within this function.
template <class Call>
void start(Scheduler& scheduler, Call call, Done done) noexcept {
  try {
    auto reply = call();
    auto told = std::move(reply).then([done](auto finished) {
      std::exception_ptr failure;
      try {
        finished.get();
      } catch (...) {
        failure = std::current_exception();
      }
      done(failure);
    });
    static_cast<void>(told);  // goes on by itself
  } catch (...) {
    scheduler.post([done = std::move(done), failure = std::current_exception()] { done(failure); });
  }
}

/// Says goodbye from the service's own threads: whoever ends a connection does not wait for a
/// peer that may be dead.
template <class Peer, class Call>
void say_goodbye(Scheduler& scheduler, const Peer& peer, Call call) noexcept {
  try {
    scheduler.post([peer = with(peer, {.deadline = kFarewell}), call] {
      try {
        auto ignored = call(peer);
        static_cast<void>(ignored);
      } catch (const std::exception&) {
        return;  // it is gone; that is what it was to be told
      }
    });
  } catch (const std::exception&) {
    return;
  }
}

class StandardConsumer final : public PushTarget {
 public:
  StandardConsumer(CosEventComm::PushConsumer consumer, std::shared_ptr<Scheduler> scheduler)
      : consumer_(std::move(consumer)), scheduler_(std::move(scheduler)) {}

  void push(const QueuedEvent& event, std::chrono::nanoseconds deadline, Done done) override {
    start(
        *scheduler_,
        [&] { return with(consumer_, {.deadline = deadline}).async_push(event.event->value); },
        std::move(done));
  }
  void disconnect() noexcept override {
    say_goodbye(*scheduler_, consumer_,
                [](const auto& peer) { return peer.async_disconnect_push_consumer(); });
  }

 private:
  const CosEventComm::PushConsumer consumer_;
  const std::shared_ptr<Scheduler> scheduler_;
};

class InformedConsumer final : public PushTarget {
 public:
  InformedConsumer(corbel_events::Consumer consumer, std::shared_ptr<Scheduler> scheduler)
      : consumer_(std::move(consumer)), scheduler_(std::move(scheduler)) {}

  void push(const QueuedEvent& event, std::chrono::nanoseconds deadline, Done done) override {
    start(
        *scheduler_,
        [&] {
          return with(consumer_, {.deadline = deadline})
              .async_push_event(event.event->value, event.dropped_before);
        },
        std::move(done));
  }
  void disconnect() noexcept override {
    say_goodbye(*scheduler_, consumer_,
                [](const auto& peer) { return peer.async_disconnect_push_consumer(); });
  }

 private:
  const corbel_events::Consumer consumer_;
  const std::shared_ptr<Scheduler> scheduler_;
};

class RemoteSupplier final : public PullTarget {
 public:
  RemoteSupplier(CosEventComm::PullSupplier supplier, std::shared_ptr<Scheduler> scheduler)
      : supplier_(std::move(supplier)), scheduler_(std::move(scheduler)) {}

  void try_pull(std::chrono::nanoseconds deadline, std::function<void(Answer)> done) override {
    try {
      auto told =
          with(supplier_, {.deadline = deadline}).async_try_pull().then([done](auto finished) {
            Answer answer;
            try {
              auto results = finished.get();
              if (results.has_event) answer.event = std::move(results.result);
            } catch (...) {
              answer.failure = std::current_exception();
            }
            done(answer);
          });
      static_cast<void>(told);
    } catch (...) {
      scheduler_->post([done, failure = std::current_exception()] {
        done({std::nullopt, failure});
      });
    }
  }
  void disconnect() noexcept override {
    say_goodbye(*scheduler_, supplier_,
                [](const auto& peer) { return peer.async_disconnect_pull_supplier(); });
  }

 private:
  const CosEventComm::PullSupplier supplier_;
  const std::shared_ptr<Scheduler> scheduler_;
};

template <class Peer, class Call>
class Farewell final : public DisconnectTarget {
 public:
  Farewell(Peer peer, Call call, std::shared_ptr<Scheduler> scheduler)
      : peer_(std::move(peer)), call_(std::move(call)), scheduler_(std::move(scheduler)) {}
  void disconnect() noexcept override { say_goodbye(*scheduler_, peer_, call_); }

 private:
  const Peer peer_;
  const Call call_;
  const std::shared_ptr<Scheduler> scheduler_;
};

template <class Peer, class Call>
std::shared_ptr<DisconnectTarget> farewell(const Peer& peer, Call call,
                                           std::shared_ptr<Scheduler> scheduler) {
  if (is_nil(peer)) return nullptr;
  return std::make_shared<Farewell<Peer, Call>>(peer, std::move(call), std::move(scheduler));
}

}  // namespace

std::shared_ptr<PushTarget> make_push_target(const CosEventComm::PushConsumer& consumer,
                                             std::shared_ptr<Scheduler> scheduler) {
  return std::make_shared<StandardConsumer>(consumer, std::move(scheduler));
}

std::shared_ptr<PushTarget> make_push_target(const corbel_events::Consumer& consumer,
                                             std::shared_ptr<Scheduler> scheduler) {
  return std::make_shared<InformedConsumer>(consumer, std::move(scheduler));
}

std::shared_ptr<PullTarget> make_pull_target(const CosEventComm::PullSupplier& supplier,
                                             std::shared_ptr<Scheduler> scheduler) {
  return std::make_shared<RemoteSupplier>(supplier, std::move(scheduler));
}

std::shared_ptr<DisconnectTarget> make_disconnect_target(const CosEventComm::PushSupplier& supplier,
                                                         std::shared_ptr<Scheduler> scheduler) {
  return farewell(
      supplier, [](const auto& peer) { return peer.async_disconnect_push_supplier(); },
      std::move(scheduler));
}

std::shared_ptr<DisconnectTarget> make_disconnect_target(const CosEventComm::PullConsumer& consumer,
                                                         std::shared_ptr<Scheduler> scheduler) {
  return farewell(
      consumer, [](const auto& peer) { return peer.async_disconnect_pull_consumer(); },
      std::move(scheduler));
}

}  // namespace corbel::event_service
