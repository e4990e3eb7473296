#pragma once

#include <orb/base/mutex.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/connection/callback_offer.hpp>
#include <orb/connection/cancelled_requests.hpp>
#include <orb/connection/code_set_cell.hpp>
#include <orb/connection/message_reader.hpp>
#include <orb/connection/request_handler.hpp>
#include <orb/ior/code_sets.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

namespace corbel::connection {

class ClientConnection;

/// The requests that a server sends back over a connection which we opened. Whoever reads that
/// connection hands them over and is never kept: what needs a thread of the connection's own waits
/// in line for one. As on a server's connection, that thread's work goes on with another one while
/// it waits for a call of its own, or takes long.
/// Threads: any.
class CallbackReceiver final : public ReplyChannel {
 public:
  CallbackReceiver(ClientConnection& connection, CallbackOffer& offer);
  ~CallbackReceiver() override;

  CallbackOffer& offer() noexcept { return offer_; }
  /// Takes a request or LocateRequest; in order, as one thread at a time reads.
  void take(IncomingMessage message) noexcept;
  bool is_working() const noexcept { return in_work_.load() != 0; }
  void cancel(std::uint32_t request_id) { cancelled_.add(request_id); }

  // ReplyChannel
  void send_reply(const cdr::Encoder& message, std::uint32_t request_id) override;
  void request_done(std::uint32_t request_id) noexcept override;
  bool is_cancelled(std::uint32_t request_id) const noexcept override;
  const std::string& peer() const noexcept override;
  ior::TransmissionCodeSets code_sets() const noexcept override;
  void set_code_sets(const ior::TransmissionCodeSets& code_sets) noexcept override;

 private:
  /// A thread of the connection's own.
  struct OwnThread {
    SteadyClock::time_point upcall_since{};  // guarded by mutex_
  };
  class ThreadScope;

  std::shared_ptr<ReplyChannel> self();
  bool hand_over(IncomingMessage& message, bool last_try);

  // One-way requests without room, and what came after them.
  void retry_held_later() CORBEL_REQUIRES(mutex_);
  void retry_held();

  // Requests that need a thread of the connection's own.
  void enqueue(IncomingMessage message);
  bool start_thread() CORBEL_REQUIRES(mutex_);
  void serve(const std::shared_ptr<OwnThread>& thread);
  void leave(const OwnThread& thread);
  void look_later() CORBEL_REQUIRES(mutex_);
  void look_for_long_upcall();
  /// After start_thread() failed: answers what waits in line.
  void refuse_line();

  ClientConnection& connection_;
  CallbackOffer& offer_;
  CancelledRequests cancelled_;
  CodeSetCell code_sets_;  // until a request names some: those of the connection
  std::atomic<std::size_t> in_work_{0};

  mutable Mutex mutex_;
  std::deque<IncomingMessage> held_ CORBEL_GUARDED_BY(mutex_);
  bool holding_ CORBEL_GUARDED_BY(mutex_) = false;
  SteadyClock::time_point held_since_ CORBEL_GUARDED_BY(mutex_){};
  std::deque<IncomingMessage> line_ CORBEL_GUARDED_BY(mutex_);
  /// The one that takes from the line; others still run their upcalls.
  std::shared_ptr<OwnThread> at_line_ CORBEL_GUARDED_BY(mutex_);
  std::size_t threads_ CORBEL_GUARDED_BY(mutex_) = 0;
  bool looking_ CORBEL_GUARDED_BY(mutex_) = false;
};

}  // namespace corbel::connection
