#include "event-service/core/pull_subscriber.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace corbel::event_service {
namespace {

constexpr std::chrono::nanoseconds kLongestLimit = std::chrono::hours(24);

}  // namespace

ConnectResult PullSubscriber::connect(std::shared_ptr<DisconnectTarget> target) {
  std::lock_guard lock(mutex_);
  if (state_ == State::connected) return ConnectResult::already_connected;
  if (state_ == State::disconnected) return ConnectResult::disconnected;
  target_ = std::move(target);
  state_ = State::connected;
  return ConnectResult::connected;
}

PullSubscriber::PullResult PullSubscriber::pull(std::unique_ptr<PullWaiter>& waiter,
                                                std::optional<std::chrono::nanoseconds> limit) {
  std::deque<Waiting> given_up;
  const bool waits = !limit || *limit > std::chrono::nanoseconds(0);
  {
    std::lock_guard lock(mutex_);
    if (state_ != State::connected) return PullResult::not_connected;
    if (waits) {
      const auto alive =
          std::stable_partition(waiting_.begin(), waiting_.end(),
                                [](const Waiting& each) { return !each.waiter->cancelled(); });
      std::move(alive, waiting_.end(), std::back_inserter(given_up));
      waiting_.erase(alive, waiting_.end());
      if (waiting_.size() >= config_.max_waiting_pulls) return PullResult::too_many;
      const auto due =
          limit ? Clock::now() + std::min(*limit, kLongestLimit) : Clock::time_point::max();
      waiting_.push_back({std::move(waiter), due});
      arm_timer(due);
    }
  }
  for (auto& each : given_up) each.waiter->nothing();
  if (!waits) {
    try_once(std::move(waiter));
    return PullResult::taken_over;
  }
  hand_out();
  return PullResult::taken_over;
}

void PullSubscriber::try_once(std::unique_ptr<PullWaiter> waiter) {
  std::optional<QueuedEvent> event;
  {
    std::lock_guard lock(mutex_);
    event = take();
    if (event) ++delivered_;  // before: who has the event may ask for the count
  }
  if (!event) return waiter->nothing();
  if (!waiter->cancelled() && waiter->deliver(*event)) return tell_room_made();
  std::lock_guard lock(mutex_);
  --delivered_;
  if (state_ == State::connected) queue_.put_back(*std::move(event));
}

void PullSubscriber::on_event() {
  if (waiting_.empty() || handing_out_ || posted_) return;
  posted_ = true;
  scheduler().post([me = self()] { me->hand_out(); });
}

// Only one thread hands out at a time, so an event that comes back keeps its place.
void PullSubscriber::hand_out() {
  bool room_made = false;
  {
    std::unique_lock lock(mutex_);
    posted_ = false;
    if (handing_out_) return;
    handing_out_ = true;
    while (!queue_.empty() && !waiting_.empty()) {
      auto waiter = std::move(waiting_.front().waiter);
      waiting_.pop_front();
      auto event = take();
      ++delivered_;
      lock.unlock();
      const bool sent = !waiter->cancelled() && waiter->deliver(*event);
      waiter.reset();
      lock.lock();
      if (sent) {
        room_made = true;
        continue;
      }
      --delivered_;
      if (state_ == State::connected) queue_.put_back(*std::move(event));
    }
    handing_out_ = false;
  }
  if (room_made) tell_room_made();
}

// One timer for all that wait: a pull answered early leaves nothing behind.
void PullSubscriber::arm_timer(Clock::time_point due) {
  if (due >= timer_due_) return;
  timer_due_ = due;
  scheduler().after(due - Clock::now(), [me = self()] { me->expire(); });
}

void PullSubscriber::expire() {
  std::deque<Waiting> expired;
  {
    std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    auto earliest = Clock::time_point::max();
    const auto late = std::stable_partition(waiting_.begin(), waiting_.end(),
                                            [now](const Waiting& each) { return each.due > now; });
    std::move(late, waiting_.end(), std::back_inserter(expired));
    waiting_.erase(late, waiting_.end());
    for (const auto& each : waiting_) earliest = std::min(earliest, each.due);
    if (timer_due_ <= now) timer_due_ = Clock::time_point::max();
    arm_timer(earliest);
  }
  for (auto& each : expired) each.waiter->nothing();
}

void PullSubscriber::disconnect(TellPeer tell) {
  std::shared_ptr<DisconnectTarget> target;
  std::deque<Waiting> waiting;
  {
    std::lock_guard lock(mutex_);
    if (state_ == State::disconnected) return;
    state_ = State::disconnected;
    queue_.clear();
    std::swap(target, target_);
    std::swap(waiting, waiting_);
  }
  leave_channel();
  for (auto& each : waiting) each.waiter->disconnected();
  if (target && tell == TellPeer::yes) target->disconnect();
}

}  // namespace corbel::event_service
