#include "event-service/core/pull_source.hpp"

#include "event-service/core/call_failure.hpp"
#include "event-service/core/log.hpp"

#include <algorithm>
#include <utility>

namespace corbel::event_service {

/// The event that a full channel holds back; pulling goes on once it is in.
class PullSource::Held final : public WaitingPublish {
 public:
  Held(std::shared_ptr<PullSource> source, Any value)
      : source_(std::move(source)), value_(std::move(value)) {}
  bool abandoned() const noexcept override { return false; }
  void finish(PublishOutcome outcome) noexcept override {
    auto& scheduler = *source_->scheduler_;
    if (outcome == PublishOutcome::accepted) {
      scheduler.post([source = source_] { source->ask(); });
    } else if (outcome == PublishOutcome::refused) {
      // Pulled is pulled: the supplier has forgotten this event, so it waits for room as long as it
      // takes.
      scheduler.after(source_->config_.first_backoff,
                      [source = source_, value = value_] { source->publish(value); });
    }
  }

 private:
  std::shared_ptr<PullSource> source_;
  Any value_;
};

ConnectResult PullSource::connect(std::shared_ptr<PullTarget> target) {
  {
    std::lock_guard lock(mutex_);
    if (disconnected_) return ConnectResult::disconnected;
    if (target_) return ConnectResult::already_connected;
    target_ = std::move(target);
  }
  scheduler_->post([me = shared_from_this()] { me->ask(); });
  return ConnectResult::connected;
}

void PullSource::ask() {
  std::shared_ptr<PullTarget> target;
  {
    std::lock_guard lock(mutex_);
    target = target_;
  }
  if (!target) return;
  target->try_pull(
      config_.unreachable_timeout,
      [me = shared_from_this()](const PullTarget::Answer& answer) { me->answered(answer); });
}

void PullSource::answered(const PullTarget::Answer& answer) {
  if (answer.failure) return failed(answer.failure);
  {
    std::lock_guard lock(mutex_);
    failing_since_.reset();
    if (answer.event) pause_ = std::chrono::nanoseconds(0);
  }
  if (answer.event) return publish(*answer.event);
  pause();
}

void PullSource::publish(Any value) {
  const auto channel = channel_.lock();
  if (!channel) return;
  const auto outcome = channel->publish(
      make_event(value), [&] { return std::make_unique<Held>(shared_from_this(), value); });
  if (outcome == PublishOutcome::accepted) {
    // Through the scheduler: a supplier that always has an event must not keep this thread.
    scheduler_->post([me = shared_from_this()] { me->ask(); });
  } else if (outcome == PublishOutcome::refused) {
    Held(shared_from_this(), std::move(value)).finish(outcome);
  }
}

void PullSource::pause() {
  std::chrono::nanoseconds pause;
  {
    std::lock_guard lock(mutex_);
    pause = pause_ = std::clamp(pause_ * 2, config_.first_poll, config_.last_poll);
  }
  scheduler_->after(pause, [me = shared_from_this()] { me->ask(); });
}

void PullSource::failed(const std::exception_ptr& failure) {
  const auto kind = classify(failure);
  if (kind == CallFailure::disconnected) return disconnect(TellPeer::no);
  bool hopeless = kind == CallFailure::gone;
  std::chrono::nanoseconds pause;
  {
    std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (!failing_since_) failing_since_ = now;
    // A supplier that answers with exceptions of its own for a minute is as good as gone, too.
    hopeless = hopeless || now - *failing_since_ >= config_.unreachable_timeout;
    pause = pause_ = std::clamp(pause_ * 2, config_.first_backoff,
                                std::min(config_.last_backoff, config_.unreachable_timeout));
  }
  if (!hopeless) return scheduler_->after(pause, [me = shared_from_this()] { me->ask(); });
  log(LogLevel::warn, describe() + " is disconnected: " + event_service::describe(failure));
  disconnect(kind == CallFailure::gone ? TellPeer::no : TellPeer::yes);
}

void PullSource::disconnect(TellPeer tell) {
  std::shared_ptr<PullTarget> target;
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(disconnected_, true)) return;
    std::swap(target, target_);
  }
  if (auto channel = channel_.lock()) channel->remove_source(id_);
  end_.run();
  if (target && tell == TellPeer::yes) target->disconnect();
}

std::string PullSource::describe() const {
  return "channel " + config_.name + ", pull supplier " + std::to_string(id_);
}

}  // namespace corbel::event_service
