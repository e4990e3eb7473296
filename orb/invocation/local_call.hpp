#pragma once

#include <orb/base/mutex.hpp>
#include <orb/connection/client_connection.hpp>
#include <orb/connection/request_handler.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace corbel::invocation {

/// A copy of an encoded message as if it had been received.
connection::IncomingMessage as_received(const cdr::Encoder& message);

/// The caller's end of a request within the process. What it shares with the servant lives as long
/// as either needs it, so a caller may leave at its deadline.
/// Threads: any.
class LocalChannel : public connection::ReplyChannel,
                     public std::enable_shared_from_this<LocalChannel> {
 public:
  void send_reply(const cdr::Encoder& message, std::uint32_t request_id) override;
  void request_done(std::uint32_t request_id) noexcept override;
  bool is_cancelled(std::uint32_t) const noexcept override { return cancelled_.load(); }
  const std::string& peer() const noexcept override;
  ior::TransmissionCodeSets code_sets() const noexcept override {
    return {cdr::CodeSet::utf8, cdr::CodeSet::utf16};
  }
  void set_code_sets(const ior::TransmissionCodeSets&) noexcept override {}

  void cancel() noexcept { cancelled_.store(true); }

 protected:
  /// Once, with the reply, or without one when the request ended so.
  virtual void on_reply(connection::CallOutcome outcome) = 0;

 private:
  void answer(connection::CallOutcome outcome);
  std::atomic<bool> cancelled_{false};
  std::atomic<bool> answered_{false};
};

/// A caller that waits.
class LocalCaller final : public LocalChannel {
 public:
  connection::CallOutcome call(connection::RequestHandler& handler, const cdr::Encoder& message,
                               bool response_expected, Deadline deadline);

 private:
  void on_reply(connection::CallOutcome outcome) override;

  Mutex mutex_;
  Condition answered_;
  bool done_ CORBEL_GUARDED_BY(mutex_) = false;
  connection::CallOutcome outcome_ CORBEL_GUARDED_BY(mutex_);
};

/// A caller that is told.
class LocalListener final : public LocalChannel {
 public:
  explicit LocalListener(std::shared_ptr<connection::AsyncWaiter> waiter)
      : waiter_(std::move(waiter)) {}

 private:
  void on_reply(connection::CallOutcome outcome) override {
    waiter_->on_outcome(std::move(outcome));
  }
  const std::shared_ptr<connection::AsyncWaiter> waiter_;
};

}  // namespace corbel::invocation
