#pragma once

#include <orb/base/log.hpp>

#include <corbel/adapter.hpp>
#include <corbel/events.hpp>
#include <events.idl.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace corbel::events {

/// The consumer behind one subscription. Threads: any.
class SubscriptionState final : public corbel_events::Consumer::Servant {
 public:
  SubscriptionState(std::function<void(const Any&)> function, SubscribeOptions options)
      : function_(std::move(function)), options_(std::move(options)) {}

  /// Subscribes `self`; `adapter` is where it is called.
  static void connect(const std::shared_ptr<SubscriptionState>& self, Adapter adapter,
                      const CosEventChannelAdmin::EventChannel& channel);

  void push(const Any& event) override { receive(event, 0); }
  void push_event(const Any& event, std::uint64_t dropped) override { receive(event, dropped); }
  void disconnect_push_consumer() override;

  void cancel() noexcept;
  bool is_active() const noexcept;
  std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  class Running;
  void receive(const Any& event, std::uint64_t dropped);
  void run_functions(const Any& event, std::uint64_t dropped);
  [[noreturn]] void reject(const std::string& what);

  const std::function<void(const Any&)> function_;
  const SubscribeOptions options_;
  std::atomic<std::uint64_t> dropped_{0};
  log::Every rejections_;  // a function may throw at every event
  mutable std::mutex mutex_;
  // All below under mutex_.
  std::condition_variable idle_;
  bool over_ = false;
  std::thread::id running_{};
  std::optional<Adapter> adapter_;
  CosEventChannelAdmin::ProxyPushSupplier proxy_;
  Object self_;
};

}  // namespace corbel::events
