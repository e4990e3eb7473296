#pragma once

#include <orb/transport/transport.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

namespace corbel::test {

/// A transport whose connections somebody cuts.
class CutTransport final : public transport::Transport {
 public:
  explicit CutTransport(std::unique_ptr<Transport> inner) : inner_(std::move(inner)) {}

  transport::ConnectResult connect(const Endpoint& endpoint, Deadline deadline) override {
    auto result = inner_->connect(endpoint, deadline);
    if (result.stream) result.stream = std::make_unique<Line>(std::move(result.stream), lines_);
    return result;
  }
  std::unique_ptr<transport::Listener> listen(const Endpoint& endpoint) override {
    return inner_->listen(endpoint);
  }
  /// Ends a connection; any of them.
  void cut_one(std::mt19937& random) {
    const std::lock_guard lock(lines_->mutex);
    if (lines_->all.empty()) return;
    lines_->all[random() % lines_->all.size()]->shutdown();
  }

 private:
  class Line;
  struct Lines {
    std::mutex mutex;
    std::vector<transport::Stream*> all;
  };
  /// The client's end of a connection.
  class Line final : public transport::Stream {
   public:
    Line(std::unique_ptr<Stream> inner, std::shared_ptr<Lines> lines)
        : inner_(std::move(inner)), lines_(std::move(lines)) {
      const std::lock_guard lock(lines_->mutex);
      lines_->all.push_back(inner_.get());
    }
    ~Line() override {
      const std::lock_guard lock(lines_->mutex);
      std::erase(lines_->all, inner_.get());
    }
    transport::IoResult send(std::span<iovec> pieces, Deadline deadline) override {
      return inner_->send(pieces, deadline);
    }
    transport::IoResult try_send(std::span<iovec> pieces) override {
      return inner_->try_send(pieces);
    }
    using Stream::receive;
    transport::IoResult receive(std::span<std::byte> into, Deadline deadline,
                                SteadyClock::time_point now) override {
      return inner_->receive(into, deadline, now);
    }
    transport::IoResult try_receive(std::span<std::byte> into) override {
      return inner_->try_receive(into);
    }
    bool is_readable() noexcept override { return inner_->is_readable(); }
    void shutdown() noexcept override { inner_->shutdown(); }
    int native_handle() const noexcept override { return inner_->native_handle(); }
    const std::string& peer() const noexcept override { return inner_->peer(); }
    const std::string& peer_host() const noexcept override { return inner_->peer_host(); }

   private:
    const std::unique_ptr<Stream> inner_;
    const std::shared_ptr<Lines> lines_;
  };

  const std::unique_ptr<Transport> inner_;
  const std::shared_ptr<Lines> lines_ = std::make_shared<Lines>();
};

}  // namespace corbel::test
