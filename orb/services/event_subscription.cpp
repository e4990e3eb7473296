#include "orb/services/event_subscription.hpp"

#include <orb/base/log.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace corbel::events {
namespace {

/// A channel that is told that we leave gets this long to answer.
constexpr std::chrono::seconds kFarewell{2};

}  // namespace

/// Marks the thread that runs the user's function.
class SubscriptionState::Running {
 public:
  explicit Running(SubscriptionState& state) : state_(state) {
    std::unique_lock lock(state_.mutex_);
    // The adapter calls one at a time; a channel that does not wait for our answers must wait here.
    state_.idle_.wait(lock,
                      [this] { return state_.over_ || state_.running_ == std::thread::id(); });
    if (state_.over_) throw CosEventComm::Disconnected();
    state_.running_ = std::this_thread::get_id();
  }
  ~Running() {
    std::lock_guard lock(state_.mutex_);
    state_.running_ = {};
    state_.idle_.notify_all();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  SubscriptionState& state_;
};

void SubscriptionState::connect(const std::shared_ptr<SubscriptionState>& self, Adapter adapter,
                                const CosEventChannelAdmin::EventChannel& channel) {
  const auto proxy = channel.for_consumers().obtain_push_supplier();
  const auto consumer = adapter.activate<corbel_events::Consumer>(self);
  {
    std::lock_guard lock(self->mutex_);
    self->adapter_ = adapter;
    self->proxy_ = proxy;
    self->self_ = consumer;
  }
  try {
    if (const auto own = narrow<corbel_events::PushSubscription>(proxy); !is_nil(own)) {
      own.connect_consumer(consumer);
    } else {
      proxy.connect_push_consumer(consumer);
    }
  } catch (...) {
    adapter.deactivate(consumer);
    throw;
  }
}

// Whatever the user's functions throw becomes UNKNOWN: what they pass on from calls of their own
// (OBJECT_NOT_EXIST, TRANSIENT, Disconnected) would tell the channel that we are gone or were not
// reached.
void SubscriptionState::receive(const Any& event, std::uint64_t dropped) {
  Running running(*this);
  try {
    run_functions(event, dropped);
  } catch (const std::exception& failure) {
    reject(failure.what());
  } catch (...) {
    reject("something that is no std::exception");
  }
}

void SubscriptionState::run_functions(const Any& event, std::uint64_t dropped) {
  if (dropped != 0) {
    dropped_ += dropped;
    if (options_.on_drop) options_.on_drop(dropped);
    if (!is_active()) return;  // ended meanwhile, perhaps by on_drop itself
  }
  function_(event);
}

void SubscriptionState::reject(const std::string& what) {
  rejections_.write(log::Level::warn, "events",
                    "a subscriber's function threw: " + what +
                        "; the channel is told, counts the event as rejected and goes on");
  throw Unknown("the subscriber's function threw: " + what, Completion::maybe);
}

void SubscriptionState::disconnect_push_consumer() {
  std::optional<Adapter> adapter;
  Object self;
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(over_, true)) return;
    std::swap(adapter, adapter_);
    self = self_;
    idle_.notify_all();
  }
  if (adapter) adapter->deactivate(self);
  if (options_.on_disconnect) options_.on_disconnect();
}

void SubscriptionState::cancel() noexcept {
  std::optional<Adapter> adapter;
  {
    std::unique_lock lock(mutex_);
    over_ = true;
    idle_.notify_all();
    std::swap(adapter, adapter_);
    if (running_ != std::this_thread::get_id()) {
      idle_.wait(lock, [this] { return running_ == std::thread::id(); });
    }
  }
  if (!adapter) return;
  try {
    // First the channel, then the object: an event on its way is answered Disconnected, not
    // OBJECT_NOT_EXIST.
    with(proxy_, {.deadline = kFarewell}).disconnect_push_supplier();
  } catch (const std::exception&) {
    // The channel is gone or will find out.
  }
  try {
    adapter->deactivate(self_);
  } catch (const std::exception&) {
    return;  // the Orb is gone, and the object with it
  }
}

bool SubscriptionState::is_active() const noexcept {
  std::lock_guard lock(mutex_);
  return !over_;
}

Subscription& Subscription::operator=(Subscription&& other) noexcept {
  if (this != &other) {
    cancel();
    state_ = std::move(other.state_);
    channel_ = std::move(other.channel_);
  }
  return *this;
}

Subscription::~Subscription() { cancel(); }

void Subscription::cancel() noexcept {
  if (const auto state = std::exchange(state_, nullptr)) state->cancel();
}

bool Subscription::is_active() const noexcept { return state_ && state_->is_active(); }

std::uint64_t Subscription::dropped() const noexcept { return state_ ? state_->dropped() : 0; }

}  // namespace corbel::events
