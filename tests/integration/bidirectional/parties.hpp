#pragma once

#include "tests/integration/calls/world.hpp"

#include <bidirectional.idl.hpp>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace corbel::test {

class ClientServant final : public bidirectional::Client::Servant {
 public:
  explicit ClientServant(std::function<int(int)> on_run = [](int number) { return number; })
      : on_run_(std::move(on_run)) {}

  std::int32_t run(std::int32_t number) override { return on_run_(number); }
  void tell(std::int32_t number) override {
    const std::lock_guard lock(mutex_);
    told_.push_back(number);
    changed_.notify_all();
  }
  std::int32_t nest(const bidirectional::Server& server, std::int32_t depth) override {
    return depth == 0 ? 0 : 1 + server.nest(self, depth - 1);
  }

  /// What came by tell(), once there are that many.
  std::vector<int> told(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(60), [&] { return told_.size() >= count; });
    return told_;
  }

  bidirectional::Client self;  // set before anybody calls

 private:
  const std::function<int(int)> on_run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<int> told_;
};

class ServerServant final : public bidirectional::Server::Servant {
 public:
  std::int32_t ping(std::int32_t number) override { return number; }
  void keep(const bidirectional::Client& client) override {
    const std::lock_guard lock(mutex_);
    kept_ = client;
  }
  void keep_wrapped(const Any& client) override { keep(client.get<bidirectional::Client>()); }
  std::int32_t visit(const bidirectional::Client& client, std::int32_t times) override {
    std::int32_t sum = 0;
    for (std::int32_t i = 0; i < times; ++i) sum += client.run(i);
    return sum;
  }
  std::int32_t visit_at_once(const bidirectional::Client& client, std::int32_t times) override {
    std::vector<Reply<std::int32_t>> replies;
    for (std::int32_t i = 0; i < times; ++i) replies.push_back(client.async_run(i));
    std::int32_t sum = 0;
    for (auto& reply : replies) sum += reply.get();
    return sum;
  }
  std::int32_t nest(const bidirectional::Client& client, std::int32_t depth) override {
    return depth == 0 ? 0 : 1 + client.nest(self, depth - 1);
  }

  void tell_later(std::int32_t times) override {
    const std::lock_guard lock(mutex_);
    if (telling_.joinable()) telling_.join();
    telling_ = std::thread([client = kept_, times] {
      for (std::int32_t i = 0; i < times; ++i) client.tell(i);
    });
  }
  ~ServerServant() override {
    if (telling_.joinable()) telling_.join();
  }

  bidirectional::Client kept() {
    const std::lock_guard lock(mutex_);
    return kept_;
  }

  bidirectional::Server self;  // set before anybody calls

 private:
  std::mutex mutex_;
  bidirectional::Client kept_;
  std::thread telling_;
};

/// A server, and a client that nobody can connect to.
class Parties {
 public:
  explicit Parties(const DispatchPolicy& policy = ThreadPerConnection{}, OrbOptions at_server = {},
                   OrbOptions at_client = {})
      : server(accepting(std::move(at_server))), client(offering(std::move(at_client))) {
    auto adapter = answering_adapter(server, "server", {.dispatch = policy});
    servant->self = adapter.activate<bidirectional::Server>(servant);
    proxy = client.object<bidirectional::Server>(to_string(servant->self));
    client_adapter.emplace(answering_adapter(client, "client", {.dispatch = policy}));
  }
  ~Parties() {
    servant->keep({});
    client.shutdown();
    server.shutdown();
  }

  bidirectional::Client activate(const std::shared_ptr<ClientServant>& callback) {
    callback->self = client_adapter->activate<bidirectional::Client>(callback);
    return callback->self;
  }
  bidirectional::Client activate(std::function<int(int)> on_run) {
    return activate(std::make_shared<ClientServant>(std::move(on_run)));
  }

  static OrbOptions accepting(OrbOptions options = {}) {
    options.bidirectional = Bidirectional::accept;
    return options;
  }
  static OrbOptions offering(OrbOptions options = {}) {
    options.bidirectional = Bidirectional::offer;
    options.listen = false;
    return options;
  }

  Orb server;
  Orb client;
  std::shared_ptr<ServerServant> servant = std::make_shared<ServerServant>();
  bidirectional::Server proxy;  // the client's
  std::optional<Adapter> client_adapter;
};

}  // namespace corbel::test
