#include "event-service/core/push_subscriber.hpp"

#include "event-service/core/call_failure.hpp"

#include <algorithm>

namespace corbel::event_service {

ConnectResult PushSubscriber::connect(std::shared_ptr<PushTarget> target) {
  std::lock_guard lock(mutex_);
  if (state_ == State::connected) return ConnectResult::already_connected;
  if (state_ == State::disconnected) return ConnectResult::disconnected;
  target_ = std::move(target);
  state_ = State::connected;
  return ConnectResult::connected;
}

void PushSubscriber::on_event() {
  if (busy_) return;
  busy_ = true;
  scheduler().post([me = self()] { me->deliver_next(); });
}

void PushSubscriber::deliver_next() {
  std::shared_ptr<PushTarget> target;
  QueuedEvent event;
  std::chrono::nanoseconds patience = config_.unreachable_timeout;
  bool taken = false;
  {
    std::lock_guard lock(mutex_);
    if (!current_) {
      current_ = take();
      taken = current_.has_value();
    }
    if (!current_ || state_ != State::connected) {
      busy_ = false;
      return;
    }
    target = target_;
    event = *current_;
    attempt_began_ = Clock::now();
    if (failing_since_) patience -= attempt_began_ - *failing_since_;
  }
  if (taken) tell_room_made();
  target->push(event, std::max<std::chrono::nanoseconds>(patience, std::chrono::milliseconds(1)),
               [me = self()](const std::exception_ptr& failure) { me->delivered(failure); });
}

void PushSubscriber::delivered(const std::exception_ptr& failure) {
  const auto kind = failure ? std::optional(classify(failure)) : std::nullopt;
  if (kind == CallFailure::disconnected) return disconnect(TellPeer::no);
  if (kind == CallFailure::gone) return give_up(failure, TellPeer::no);
  if (kind == CallFailure::unreachable || kind == CallFailure::uncertain) {
    return retry(failure, kind == CallFailure::uncertain);
  }
  {
    std::lock_guard lock(mutex_);
    current_.reset();
    failing_since_.reset();
    backoff_ = std::chrono::nanoseconds(0);
    ++(failure ? rejected_ : delivered_);
  }
  if (failure)
    log(LogLevel::info, describe() + " rejected an event: " + event_service::describe(failure));
  deliver_next();
}

void PushSubscriber::retry(const std::exception_ptr& failure, bool perhaps_delivered) {
  bool hopeless = false;
  {
    std::lock_guard lock(mutex_);
    if (state_ != State::connected) return;
    if (perhaps_delivered && current_) {
      queue_.count_loss(*current_);
      current_.reset();
    }
    if (!failing_since_) failing_since_ = attempt_began_;
    const auto left = config_.unreachable_timeout - (Clock::now() - *failing_since_);
    hopeless = left <= std::chrono::nanoseconds(0);
    if (!hopeless) {
      backoff_ = std::clamp(backoff_ * 2, config_.first_backoff, config_.last_backoff);
      scheduler().after(std::min<std::chrono::nanoseconds>(backoff_, left),
                        [me = self()] { me->deliver_next(); });
    }
  }
  if (hopeless) return give_up(failure, TellPeer::yes);
  log(LogLevel::debug,
      describe() + " cannot be reached, trying again: " + event_service::describe(failure));
}

void PushSubscriber::give_up(const std::exception_ptr& failure, TellPeer tell) {
  {
    std::lock_guard lock(mutex_);
    if (state_ == State::disconnected) return;  // it took its leave while the event was on its way
  }
  log(LogLevel::warn, describe() + " is disconnected: " + event_service::describe(failure));
  disconnect(tell);
}

void PushSubscriber::disconnect(TellPeer tell) {
  std::shared_ptr<PushTarget> target;
  {
    std::lock_guard lock(mutex_);
    if (state_ == State::disconnected) return;
    state_ = State::disconnected;
    queue_.clear();
    current_.reset();
    std::swap(target, target_);
  }
  leave_channel();
  if (target && tell == TellPeer::yes) target->disconnect();
}

}  // namespace corbel::event_service
