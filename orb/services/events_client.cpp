#include "orb/services/event_subscription.hpp"

#include <corbel/events.hpp>
#include <corbel/naming.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <string>
#include <thread>

namespace corbel::events {
namespace {

using namespace std::chrono_literals;

/// A pull waits in the service in pieces of at most this, so that a service that died is noticed.
constexpr std::chrono::milliseconds kPiece{20'000};
/// What the network may take on top.
constexpr std::chrono::seconds kAllowance{10};
/// Pauses between two questions to a channel that knows only try_pull.
constexpr std::chrono::milliseconds kFirstPause{1};
constexpr std::chrono::milliseconds kLastPause{50};

bool is_reference_text(std::string_view text) {
  const auto starts_with = [&](std::string_view scheme) {
    return text.size() >= scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) {
             return a == std::tolower(static_cast<unsigned char>(b));
           });
  };
  return starts_with("ior:") || starts_with("corbaloc:") || starts_with("corbaname:");
}

}  // namespace

/// What copies of a Channel share.
class ChannelState : public std::enable_shared_from_this<ChannelState> {
 public:
  ChannelState(Orb& orb, Object channel) : orb_(orb), channel_(std::move(channel)) {
    if (is_nil(channel_)) throw BadParam("the event channel is nil");
  }
  ~ChannelState();

  void publish(const Any& event);
  std::optional<Any> pull(std::chrono::nanoseconds timeout);
  Subscription subscribe(std::function<void(const Any&)> function, SubscribeOptions options);
  std::uint64_t dropped() const noexcept { return dropped_; }
  const Object& object() const noexcept { return channel_; }

 private:
  /// Standard and, where the channel is ours, our own interface.
  struct PullProxy {
    CosEventChannelAdmin::ProxyPullSupplier standard;
    corbel_events::PullSubscription own;
  };

  CosEventChannelAdmin::ProxyPushConsumer push_proxy();
  PullProxy pull_proxy();
  void forget(const PullProxy& proxy);
  Adapter adapter();
  std::optional<Any> pull_or_reconnect(PullProxy& proxy, std::chrono::nanoseconds piece);
  std::optional<Any> pull_piece(const PullProxy& proxy, std::chrono::nanoseconds piece);

  Orb& orb_;
  const CosEventChannelAdmin::EventChannel channel_;
  std::atomic<std::uint64_t> dropped_{0};
  std::mutex mutex_;
  // All below under mutex_.
  CosEventChannelAdmin::ProxyPushConsumer push_proxy_;
  PullProxy pull_proxy_;
  std::optional<Adapter> adapter_;
};

ChannelState::~ChannelState() {
  try {
    if (!is_nil(push_proxy_)) static_cast<void>(push_proxy_.async_disconnect_push_consumer());
    if (!is_nil(pull_proxy_.standard))
      static_cast<void>(pull_proxy_.standard.async_disconnect_pull_supplier());
    if (adapter_) adapter_->destroy();
  } catch (const std::exception&) {
    return;  // the channel is gone or will find out
  }
}

CosEventChannelAdmin::ProxyPushConsumer ChannelState::push_proxy() {
  std::lock_guard lock(mutex_);
  if (is_nil(push_proxy_)) {
    const auto proxy = channel_.for_suppliers().obtain_push_consumer();
    proxy.connect_push_supplier(nullptr);
    push_proxy_ = proxy;
  }
  return push_proxy_;
}

void ChannelState::publish(const Any& event) {
  const auto proxy = push_proxy();
  try {
    return proxy.push(event);
  } catch (const ObjectNotExist&) {
    // The service was started anew; the event was not taken.
  } catch (const CosEventComm::Disconnected&) {
    // Somebody ended this connection; the channel itself may still be there.
  }
  {
    std::lock_guard lock(mutex_);
    if (push_proxy_ == proxy) push_proxy_ = nullptr;
  }
  push_proxy().push(event);
}

ChannelState::PullProxy ChannelState::pull_proxy() {
  std::lock_guard lock(mutex_);
  if (is_nil(pull_proxy_.standard)) {
    PullProxy proxy;
    proxy.standard = channel_.for_consumers().obtain_pull_supplier();
    proxy.own = narrow<corbel_events::PullSubscription>(proxy.standard);
    proxy.standard.connect_pull_consumer(nullptr);
    pull_proxy_ = proxy;
  }
  return pull_proxy_;
}

void ChannelState::forget(const PullProxy& proxy) {
  std::lock_guard lock(mutex_);
  if (pull_proxy_.standard == proxy.standard) pull_proxy_ = {};
}

std::optional<Any> ChannelState::pull(std::chrono::nanoseconds timeout) {
  auto proxy = pull_proxy();
  const auto end =
      std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(timeout, 24h);
  auto pause = kFirstPause;
  while (true) {
    const std::chrono::nanoseconds left =
        std::max<std::chrono::nanoseconds>(end - std::chrono::steady_clock::now(), 0ns);
    if (auto event = pull_or_reconnect(proxy, std::min<std::chrono::nanoseconds>(left, kPiece)))
      return event;
    if (left == 0ns) return std::nullopt;
    if (is_nil(proxy.own)) {
      std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, pause));
      pause = std::min(pause * 2, kLastPause);
    }
  }
}

std::optional<Any> ChannelState::pull_or_reconnect(PullProxy& proxy,
                                                   std::chrono::nanoseconds piece) {
  try {
    return pull_piece(proxy, piece);
  } catch (const ObjectNotExist&) {
    // The service was started anew: the channel is asked for another connection.
    forget(proxy);
  } catch (const CosEventComm::Disconnected&) {
    forget(proxy);  // the next pull connects again, if the channel is still there
    throw;
  }
  proxy = pull_proxy();
  return pull_piece(proxy, piece);
}

std::optional<Any> ChannelState::pull_piece(const PullProxy& proxy,
                                            std::chrono::nanoseconds piece) {
  if (is_nil(proxy.own)) {
    bool has_event = false;
    auto event = proxy.standard.try_pull(has_event);
    return has_event ? std::optional(std::move(event)) : std::nullopt;
  }
  const auto limit = std::chrono::ceil<std::chrono::milliseconds>(piece);
  Any event;
  std::uint64_t dropped = 0;
  const auto patient = with(proxy.own, {.deadline = limit + kAllowance});
  if (!patient.pull_event(static_cast<std::uint32_t>(limit.count()), event, dropped))
    return std::nullopt;
  dropped_ += dropped;
  return event;
}

Adapter ChannelState::adapter() {
  std::lock_guard lock(mutex_);
  if (!adapter_) {
    std::array<char, 40> name{};
    std::snprintf(name.data(), name.size(), "corbel-events-client-%p", static_cast<void*>(this));
    adapter_ = orb_.create_adapter(name.data(), {.dispatch = ThreadPerObject{}});
    adapter_->activate_requests();
  }
  return *adapter_;
}

Subscription ChannelState::subscribe(std::function<void(const Any&)> function,
                                     SubscribeOptions options) {
  auto state = std::make_shared<SubscriptionState>(std::move(function), std::move(options));
  SubscriptionState::connect(state, adapter(), channel_);
  return Subscription(std::move(state), shared_from_this());
}

Channel::Channel(Orb& orb, Object channel)
    : state_(std::make_shared<ChannelState>(orb, std::move(channel))) {}

void Channel::publish(const Any& event) const { state_->publish(event); }

Subscription Channel::subscribe(std::function<void(const Any&)> function,
                                SubscribeOptions options) const {
  return state_->subscribe(std::move(function), std::move(options));
}

std::optional<Any> Channel::pull(std::chrono::nanoseconds timeout) const {
  return state_->pull(timeout);
}

std::uint64_t Channel::dropped() const noexcept { return state_->dropped(); }

const Object& Channel::object() const noexcept { return state_->object(); }

Channel open(Orb& orb, Object channel) { return Channel(orb, std::move(channel)); }

Channel open(Orb& orb, std::string_view where) {
  if (is_reference_text(where)) return Channel(orb, orb.object(where));
  try {
    return Channel(orb, orb.initial_reference(where));
  } catch (const BadParam&) {
    // No initial reference of that name: the naming service may know it.
  }
  try {
    return Channel(orb, orb.naming().resolve(where));
  } catch (const BadParam& failure) {
    throw BadParam(
        "no event channel \"" + std::string(where) +
        "\": neither a reference (IOR:, corbaloc:, corbaname:) nor an initial reference, and " +
        std::string(failure.message()));
  }
}

}  // namespace corbel::events
