#pragma once

#include <orb/transport/reactor.hpp>
#include <orb/transport/tcp_transport.hpp>

#include "tests/support/giop_peer.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace corbel::test {

/// A server whose every octet the test decides: `talk` plays each connection (0, 1, 2, ...) on a
/// thread of its own, the connection ends when it returns.
class FakeServer {
 public:
  using Talk = std::function<void(GiopPeer& peer, int connection)>;

  explicit FakeServer(Talk talk)
      : talk_(std::move(talk)), listener_(transport_.listen({"127.0.0.1", 0})) {
    listener_->start(
        [this](std::unique_ptr<transport::Stream> stream) { accept(std::move(stream)); });
  }
  ~FakeServer() {
    listener_->stop();
    const std::lock_guard lock(mutex_);
    for (const auto& peer : peers_) peer->end();
    for (auto& thread : threads_) thread.join();
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  /// Of an object at this server, for GIOP 1.2.
  std::string reference() const {
    return "corbaloc:iiop:1.2@" + listener_->endpoint().to_string() + "/fake";
  }
  int connections() const { return connections_; }

 private:
  void accept(std::unique_ptr<transport::Stream> stream) {
    const std::lock_guard lock(mutex_);
    auto peer = std::make_shared<GiopPeer>(std::move(stream));
    peers_.push_back(peer);
    threads_.emplace_back([this, peer, index = connections_++] {
      talk_(*peer, index);
      peer->end();
    });
  }

  const Talk talk_;
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::vector<std::shared_ptr<GiopPeer>> peers_;
  std::vector<std::thread> threads_;
  transport::Reactor reactor_{"fake"};
  transport::TcpTransport transport_{reactor_};
  std::unique_ptr<transport::Listener> listener_;
};

}  // namespace corbel::test
