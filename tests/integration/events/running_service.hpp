#pragma once

#include "event-service/service.hpp"

#include <CosEventChannelAdmin.idl.hpp>
#include <corbel/events.hpp>
#include <corbel/orb.hpp>
#include <events.idl.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace corbel::event_service {

using namespace std::chrono_literals;

/// What other threads deliver to a test, waited for with a limit that only a failure reaches.
template <class T>
class Inbox {
 public:
  void add(T value) {
    std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
    changed_.notify_all();
  }
  std::vector<T> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 20s, [&] { return values_.size() >= count; });
    return values_;
  }
  std::size_t size() {
    std::lock_guard lock(mutex_);
    return values_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<T> values_;
};

/// Waits for what other processes and threads bring about, with a limit that only a failure
/// reaches.
inline bool comes_true(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::yield();
  }
  return condition();
}

/// A gate that a test opens.
class Gate {
 public:
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 20s, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

struct Consumer final : CosEventComm::PushConsumer::Servant {
  void push(const Any& data) override {
    if (gate) gate->wait();
    events.add(data.get<std::int32_t>());
  }
  void disconnect_push_consumer() override { disconnects.add(1); }
  Inbox<std::int32_t> events;
  Inbox<int> disconnects;
  Gate* gate = nullptr;  ///< each push waits for it
};

struct PushSupplierEnd final : CosEventComm::PushSupplier::Servant {
  void disconnect_push_supplier() override { disconnects.add(1); }
  Inbox<int> disconnects;
};

struct PullConsumerEnd final : CosEventComm::PullConsumer::Servant {
  void disconnect_pull_consumer() override { disconnects.add(1); }
  Inbox<int> disconnects;
};

struct Supplier final : CosEventComm::PullSupplier::Servant {
  Any pull() override { throw Transient("this supplier has no event"); }
  Any try_pull(bool& has_event) override {
    std::lock_guard lock(mutex);
    has_event = !stock.empty();
    if (!has_event) return Any();
    const Any first(stock.front());
    stock.pop_front();
    return first;
  }
  void disconnect_pull_supplier() override { disconnects.add(1); }
  std::mutex mutex;
  std::deque<std::int32_t> stock;
  Inbox<int> disconnects;
};

/// The event service in one Orb and its clients in another, over TCP.
class RunningService {
 public:
  explicit RunningService(ChannelConfig defaults = {}, std::string naming = {},
                          std::chrono::nanoseconds naming_check = 10s)
      : service(server, options(std::move(defaults), std::move(naming), naming_check)) {
    service.start();
    adapter =
        std::make_unique<Adapter>(client.create_adapter("test", {.dispatch = ThreadPerObject{}}));
    adapter->activate_requests();
    channel =
        client.object<CosEventChannelAdmin::EventChannel>(reference(service.default_channel()));
  }

  CosEventChannelAdmin::ProxyPushConsumer push_consumer() const {
    return channel.for_suppliers().obtain_push_consumer();
  }
  CosEventChannelAdmin::ProxyPullSupplier pull_supplier() const {
    const auto proxy = channel.for_consumers().obtain_pull_supplier();
    proxy.connect_pull_consumer(nullptr);
    return proxy;
  }
  CosEventChannelAdmin::ProxyPushSupplier connect(const std::shared_ptr<Consumer>& consumer) {
    const auto proxy = channel.for_consumers().obtain_push_supplier();
    proxy.connect_push_consumer(adapter->activate<CosEventComm::PushConsumer>(consumer));
    return proxy;
  }
  events::Channel comfortable() { return events::open(client, channel); }
  corbel_events::ChannelStatistics statistics() const {
    return corbel_events::Channel(static_cast<const Object&>(channel)).statistics();
  }

  Orb server;
  Orb client;
  EventService service;
  std::unique_ptr<Adapter> adapter;
  CosEventChannelAdmin::EventChannel channel;

 private:
  static ServiceOptions options(ChannelConfig defaults, std::string naming,
                                std::chrono::nanoseconds naming_check) {
    ServiceOptions all;
    all.channels = {"prices"};
    all.defaults = std::move(defaults);
    all.naming = std::move(naming);
    all.naming_check = naming_check;
    return all;
  }
};

inline std::vector<std::int32_t> counted(std::int32_t from, std::int32_t to) {
  std::vector<std::int32_t> all;
  for (auto i = from; i <= to; ++i) all.push_back(i);
  return all;
}

}  // namespace corbel::event_service
