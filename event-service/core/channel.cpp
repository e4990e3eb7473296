#include "event-service/core/channel.hpp"

#include "event-service/core/log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace corbel::event_service {
namespace {

constexpr std::chrono::milliseconds kSweepInterval{100};

}  // namespace

Channel::Channel(ChannelConfig config, std::shared_ptr<Scheduler> scheduler)
    : config_(std::move(config)), scheduler_(std::move(scheduler)) {}

std::uint64_t Channel::next_id() {
  std::lock_guard lock(mutex_);
  return ++last_id_;
}

bool Channel::insert_subscriber(std::shared_ptr<Subscriber> subscriber) {
  std::lock_guard lock(mutex_);
  if (closed_ || subscribers_.size() + sources_.size() >= config_.max_proxies) return false;
  const auto id = subscriber->id();
  subscribers_.emplace(id, std::move(subscriber));
  return true;
}

bool Channel::insert_source(std::uint64_t id, std::shared_ptr<Source> source) {
  std::lock_guard lock(mutex_);
  if (closed_ || subscribers_.size() + sources_.size() >= config_.max_proxies) return false;
  sources_.emplace(id, std::move(source));
  return true;
}

void Channel::remove_subscriber(std::uint64_t id) {
  std::shared_ptr<Subscriber> removed;  // may be the last owner: destroyed outside the lock
  {
    std::lock_guard lock(mutex_);
    const auto found = subscribers_.find(id);
    if (found == subscribers_.end()) return;
    removed = std::move(found->second);
    subscribers_.erase(found);
  }
  room_made();  // its full queue holds nobody back any more
}

void Channel::remove_source(std::uint64_t id) {
  std::shared_ptr<Source> removed;
  std::lock_guard lock(mutex_);
  const auto found = sources_.find(id);
  if (found == sources_.end()) return;
  removed = std::move(found->second);
  sources_.erase(found);
}

bool Channel::has_room_everywhere(const Event& event) const {
  return std::all_of(subscribers_.begin(), subscribers_.end(),
                     [&](const auto& each) { return each.second->has_room(event); });
}

void Channel::distribute(const EventPointer& event) {
  ++received_;
  for (const auto& [id, subscriber] : subscribers_) subscriber->enqueue(event);
}

PublishOutcome Channel::publish(const EventPointer& event,
                                const std::function<std::unique_ptr<WaitingPublish>()>& hold) {
  std::lock_guard lock(mutex_);
  if (closed_) return PublishOutcome::closed;
  // Only consumers take out while this lock is held, so room seen here is still there below.
  if (config_.queue.overflow != Overflow::block ||
      (waiting_.empty() && has_room_everywhere(*event))) {
    distribute(event);
    return PublishOutcome::accepted;
  }
  if (waiting_.size() >= config_.max_waiting_pushes) {
    ++refused_;
    return PublishOutcome::refused;
  }
  auto publish = hold();
  publish->deadline =
      std::min(publish->deadline, std::chrono::steady_clock::now() + config_.supplier_patience);
  waiting_.push_back({event, std::move(publish)});
  arm_sweep();
  return PublishOutcome::waiting;
}

void Channel::room_made() {
  std::vector<Waiting> admitted;
  std::vector<Waiting> abandoned;
  {
    std::lock_guard lock(mutex_);
    while (!waiting_.empty()) {
      Waiting& first = waiting_.front();
      const bool given_up = first.publish->abandoned();
      if (!given_up && !has_room_everywhere(*first.event)) break;
      if (!given_up) distribute(first.event);
      (given_up ? abandoned : admitted).push_back(std::move(first));
      waiting_.pop_front();
    }
  }
  for (auto& each : admitted) each.publish->finish(PublishOutcome::accepted);
  for (auto& each : abandoned) each.publish->finish(PublishOutcome::refused);
}

void Channel::arm_sweep() {
  if (std::exchange(sweep_armed_, true)) return;
  scheduler_->after(kSweepInterval, [me = shared_from_this()] { me->sweep(); });
}

// While pushes wait: refuses those whose time is over, forgets those nobody waits for any more, and
// disconnects the consumers that hold everybody back and take nothing.
void Channel::sweep() {
  std::vector<Waiting> over;
  std::vector<std::shared_ptr<Subscriber>> stalled;
  {
    std::lock_guard lock(mutex_);
    sweep_armed_ = false;
    const auto now = std::chrono::steady_clock::now();
    const auto end =
        std::stable_partition(waiting_.begin(), waiting_.end(), [&](const Waiting& each) {
          return now < each.publish->deadline && !each.publish->abandoned();
        });
    std::move(end, waiting_.end(), std::back_inserter(over));
    waiting_.erase(end, waiting_.end());
    refused_ += over.size();
    if (!waiting_.empty() || !over.empty()) stalled = stalled_subscribers();
    if (!waiting_.empty()) arm_sweep();
  }
  for (auto& each : over) each.publish->finish(PublishOutcome::refused);
  for (const auto& subscriber : stalled) {
    log(LogLevel::warn,
        subscriber->describe() + " has held suppliers back without taking an event: disconnected");
    subscriber->disconnect(TellPeer::yes);
  }
  room_made();
}

std::vector<std::shared_ptr<Subscriber>> Channel::stalled_subscribers() const {
  std::vector<std::shared_ptr<Subscriber>> stalled;
  for (const auto& [id, subscriber] : subscribers_) {
    if (subscriber->stalled_for() >= config_.unreachable_timeout) stalled.push_back(subscriber);
  }
  return stalled;
}

void Channel::close() {
  decltype(subscribers_) subscribers;
  decltype(sources_) sources;
  decltype(waiting_) waiting;
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
    std::swap(subscribers, subscribers_);
    std::swap(sources, sources_);
    std::swap(waiting, waiting_);
  }
  for (auto& each : waiting) each.publish->finish(PublishOutcome::closed);
  for (const auto& [id, source] : sources) source->disconnect(TellPeer::yes);
  for (const auto& [id, subscriber] : subscribers) subscriber->disconnect(TellPeer::yes);
}

bool Channel::is_closed() const {
  std::lock_guard lock(mutex_);
  return closed_;
}

ChannelCounters Channel::counters() const {
  std::lock_guard lock(mutex_);
  return {received_, refused_, waiting_.size(), sources_.size(), subscribers_.size()};
}

std::vector<SubscriberStatistics> Channel::subscriber_statistics() const {
  std::vector<std::shared_ptr<Subscriber>> subscribers;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [id, subscriber] : subscribers_) subscribers.push_back(subscriber);
  }
  std::vector<SubscriberStatistics> all;
  all.reserve(subscribers.size());
  for (const auto& subscriber : subscribers) all.push_back(subscriber->statistics());
  return all;
}

}  // namespace corbel::event_service
