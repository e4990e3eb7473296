#pragma once

#include <corbel/any.hpp>
#include <corbel/orb.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

/// The comfortable client of event channels:
///
///   auto channel = corbel::events::open(orb, "prices");
///   channel.publish(PriceChange{"ACME", 76.10});
///   auto subscription = channel.subscribe<PriceChange>([](const PriceChange& change) { ... });
///   if (auto event = channel.pull(2s)) ...
///
/// Works with every CosEventChannelAdmin::EventChannel; losses are told by corbel-events only,
/// since the standard has no word for them. For channels by name, statistics and policies include
/// <events.idl.hpp> (corbel_events::ChannelFactory).
namespace corbel::events {

class ChannelState;
class SubscriptionState;

struct SubscribeOptions {
  /// Told, before the next event, how many are missing in front of it.
  std::function<void(std::uint64_t count)> on_drop{};
  /// Told once when the channel ends the subscription (it was destroyed, or could not reach us).
  std::function<void()> on_disconnect{};
};

/// Events go to a function while this lives. Move-only. Threads: one at a time.
class Subscription {
 public:
  /// Subscribed to nothing.
  Subscription() = default;
  Subscription(Subscription&&) noexcept = default;
  Subscription& operator=(Subscription&& other) noexcept;
  /// cancel().
  ~Subscription();

  /// Ends it. The function does not run any more once this returns; called from inside the
  /// function, it is not called again.
  void cancel() noexcept;
  /// False once cancelled or ended by the channel.
  bool is_active() const noexcept;
  /// Events lost so far, as far as the channel tells.
  std::uint64_t dropped() const noexcept;

  /// Internal.
  Subscription(std::shared_ptr<SubscriptionState> state, std::shared_ptr<ChannelState> channel)
      : channel_(std::move(channel)), state_(std::move(state)) {}

 private:
  std::shared_ptr<ChannelState> channel_;  // where the function is called
  std::shared_ptr<SubscriptionState> state_;
};

/// An event channel. A value: copies share their connections to the channel, which end with the
/// last copy. Throws system exceptions, and CosEventComm::Disconnected when the channel ended the
/// connection. Threads: any.
class Channel {
 public:
  /// `channel` is a CosEventChannelAdmin::EventChannel. Throws BadParam for nil. The Orb must
  /// outlive this and its subscriptions.
  Channel(Orb& orb, Object channel);

  /// Returns once the channel has taken the event. With overflow "block" this waits for slow
  /// consumers.
  void publish(const Any& event) const;
  template <class T>
    requires(!std::same_as<T, Any>)
  void publish(const T& event) const {
    publish(Any(event));
  }

  /// Calls `function(event)` for every event from now on, one at a time and in order, on threads of
  /// the Orb. What it (or on_drop) throws, whatever it is, is logged and told to the channel as
  /// UNKNOWN, which counts the event as rejected and goes on.
  Subscription subscribe(std::function<void(const Any& event)> function,
                         SubscribeOptions options = {}) const;
  /// Only events of type T; others are passed over.
  template <class T, class Function>
  Subscription subscribe(Function function, SubscribeOptions options = {}) const {
    return subscribe(
        std::function<void(const Any&)>([function = std::move(function)](const Any& event) mutable {
          if (const auto value = event.get_if<T>()) function(*value);
        }),
        std::move(options));
  }

  /// The next event, waited for at most so long. The first pull connects: events before it are not
  /// seen, so start with pull(0s) where that matters. No event is lost when the time is over. When
  /// the service was started anew, this connects again, and what came in between is not seen.
  std::optional<Any> pull(std::chrono::nanoseconds timeout) const;
  /// The next event of type T; others are passed over.
  template <class T>
  std::optional<T> pull(std::chrono::nanoseconds timeout) const {
    const auto end = std::chrono::steady_clock::now() + timeout;
    while (auto event = pull(timeout)) {
      if (auto value = event->template get_if<T>()) return value;
      timeout = std::max(std::chrono::nanoseconds(0),
                         std::chrono::nanoseconds(end - std::chrono::steady_clock::now()));
    }
    return std::nullopt;
  }
  /// Events lost by pull() so far, as far as the channel tells.
  std::uint64_t dropped() const noexcept;

  const Object& object() const noexcept;

 private:
  std::shared_ptr<ChannelState> state_;
};

/// The channel behind a reference ("IOR:...", "corbaloc:...", "corbaname:..."), an initial
/// reference
/// ("EventService") or, else, a name in the naming service ("prices").
/// Throws BadParam saying what was tried, and what orb.naming().resolve() throws.
Channel open(Orb& orb, std::string_view where);
Channel open(Orb& orb, Object channel);

}  // namespace corbel::events
