#pragma once

#include <orb/transport/transport.hpp>

#include <atomic>
#include <cerrno>
#include <limits>
#include <memory>
#include <utility>

namespace corbel::test {

/// Which operation of all streams together breaks its connection, counted from 0.
struct FailurePlan {
  std::atomic<int> next{0};
  std::atomic<int> fails_at{std::numeric_limits<int>::max()};
  std::atomic<int> living_streams{0};
  /// A send that fails lets half of its octets through.
  std::atomic<bool> half_sent{false};

  void start(int at) {
    next = 0;
    fails_at = at;
  }
  bool has_failed() const { return next > fails_at; }
  bool fails_now() { return next++ == fails_at; }
};

/// A stream that works until the plan says otherwise; then the connection is gone.
class FailingStream final : public transport::Stream {
 public:
  FailingStream(std::unique_ptr<Stream> inner, std::shared_ptr<FailurePlan> plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {
    ++plan_->living_streams;
  }
  ~FailingStream() override { --plan_->living_streams; }

  transport::IoResult send(std::span<iovec> pieces, Deadline deadline) override {
    return plan_->fails_now() ? break_off(pieces) : inner_->send(pieces, deadline);
  }
  transport::IoResult try_send(std::span<iovec> pieces) override {
    return plan_->fails_now() ? break_off(pieces) : inner_->try_send(pieces);
  }
  using Stream::receive;
  transport::IoResult receive(std::span<std::byte> into, Deadline deadline,
                              SteadyClock::time_point now) override {
    return plan_->fails_now() ? broken(0) : inner_->receive(into, deadline, now);
  }
  transport::IoResult try_receive(std::span<std::byte> into) override {
    return plan_->fails_now() ? broken(0) : inner_->try_receive(into);
  }
  bool is_readable() noexcept override { return inner_->is_readable(); }
  void shutdown() noexcept override { inner_->shutdown(); }
  int native_handle() const noexcept override { return inner_->native_handle(); }
  const std::string& peer() const noexcept override { return inner_->peer(); }
  const std::string& peer_host() const noexcept override { return inner_->peer_host(); }

 private:
  transport::IoResult broken(std::size_t count) {
    inner_->shutdown();
    return {transport::IoStatus::failed, count, ECONNRESET};
  }
  transport::IoResult break_off(std::span<iovec> pieces) {
    std::size_t count = 0;
    if (plan_->half_sent && !pieces.empty()) {
      iovec half{pieces.front().iov_base, pieces.front().iov_len / 2};
      count = inner_->try_send({&half, 1}).count;
    }
    return broken(count);
  }

  const std::unique_ptr<Stream> inner_;
  const std::shared_ptr<FailurePlan> plan_;
};

/// Connects through another transport; connecting itself is an operation that may fail too.
class FailingTransport final : public transport::Transport {
 public:
  FailingTransport(std::shared_ptr<Transport> inner, std::shared_ptr<FailurePlan> plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {}

  transport::ConnectResult connect(const Endpoint& endpoint, Deadline deadline) override {
    if (plan_->fails_now()) return {nullptr, false, true, "refused"};
    auto result = inner_->connect(endpoint, deadline);
    if (result.stream)
      result.stream = std::make_unique<FailingStream>(std::move(result.stream), plan_);
    return result;
  }
  std::unique_ptr<transport::Listener> listen(const Endpoint& endpoint) override {
    return inner_->listen(endpoint);
  }

 private:
  const std::shared_ptr<Transport> inner_;
  const std::shared_ptr<FailurePlan> plan_;
};

}  // namespace corbel::test
