#pragma once

#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/connection/message_reader.hpp>
#include <orb/connection/outbox.hpp>
#include <orb/giop/request.hpp>
#include <orb/ior/code_sets.hpp>
#include <orb/transport/reactor.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace corbel::connection {

/// How a request on a connection ended.
enum class CallStatus : std::uint8_t {
  replied,
  not_sent,          ///< no octet, or only part of the message, went out: surely not executed
  not_processed,     ///< the peer closed in order before it looked at the request
  lost,              ///< the connection broke afterwards: nobody knows whether it ran
  timed_out,         ///< the request went out: nobody knows whether it ran
  timed_out_unsent,  ///< surely not executed
  cancelled,
};

struct CallOutcome {
  CallStatus status = CallStatus::lost;
  IncomingMessage reply;
  std::string reason;  ///< why, unless replied
};

/// Told the outcome of an asynchronous request, on the reactor's thread or the caller's.
class AsyncWaiter {
 public:
  virtual ~AsyncWaiter() = default;
  virtual void on_outcome(CallOutcome outcome) = 0;
};

/// Counts of one Orb's client side.
struct ClientCounters {
  std::atomic<std::uint64_t> requests_sent{0};
  std::atomic<std::uint64_t> unknown_replies{0};
  std::atomic<std::uint64_t> protocol_errors{0};
};

/// The client's side of a GIOP conversation: requests out, replies in, matched by id; many threads
/// may call at once. A synchronous caller reads for itself: the first one reads for all (leader),
/// the others wait for it and one of them takes over when it leaves. The reactor reads only while
/// asynchronous requests are outstanding and no caller reads.
/// Threads: any.
class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
 public:
  ClientConnection(std::unique_ptr<transport::Stream> stream, const Limits& limits,
                   transport::Reactor& reactor, ClientCounters& counters);
  ~ClientConnection();
  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  /// Even: odd ids belong to the other side of a bidirectional connection.
  std::uint32_t next_request_id() noexcept {
    return next_id_.fetch_add(2, std::memory_order_relaxed);
  }

  /// Sends the request and waits for the reply.
  CallOutcome call(const cdr::Encoder& request, std::uint32_t id, Deadline deadline);
  /// Sends the request without waiting at all; the waiter hears how it went.
  void start(const cdr::Encoder& request, std::uint32_t id, Deadline deadline,
             std::shared_ptr<AsyncWaiter> waiter);
  /// Sends a request that has no reply. status replied means sent.
  CallOutcome send(const cdr::Encoder& request, Deadline deadline);
  /// Gives up an asynchronous request: tells the server, and the waiter hears `cancelled`.
  void cancel(std::uint32_t id);

  /// Waits until another request may be started (our own limit). False when the deadline is first.
  bool wait_for_room(Deadline deadline);

  /// False once closed, by either side; looks whether the peer has closed when unused for a while.
  bool check_usable();
  bool is_closed() const noexcept { return closed_.load(std::memory_order_acquire); }
  /// Requests without an answer yet.
  std::size_t outstanding() const;
  SteadyClock::time_point last_used() const noexcept {
    return SteadyClock::time_point(
        SteadyClock::duration(last_used_.load(std::memory_order_relaxed)));
  }
  /// Ends the conversation; outstanding requests hear `lost`.
  void close(const std::string& reason);
  const std::string& peer() const noexcept { return stream_->peer(); }

  /// What was negotiated; set before first use, by whoever made the connection.
  ior::TransmissionCodeSets code_sets;
  /// True once a request that carried the CodeSets context has been written.
  std::atomic<bool> code_sets_sent{false};

 private:
  /// A request that waits for its reply; on the caller's stack or in the async table.
  struct Pending {
    std::uint32_t id = 0;
    bool done = false;
    bool waits = false;  // its caller has sent the request and may read
    CallOutcome outcome;
    Condition changed;                    // synchronous
    std::shared_ptr<AsyncWaiter> waiter;  // asynchronous
    Deadline deadline;
  };
  struct Completed {
    std::shared_ptr<AsyncWaiter> waiter;
    CallOutcome outcome;
  };
  using Completions = std::vector<Completed>;

  bool add(Pending& pending) CORBEL_REQUIRES(mutex_);
  void wait_for_reply(Pending& pending, Deadline deadline, MutexLock& lock) CORBEL_REQUIRES(mutex_);
  transport::IoStatus read_as_leader(Pending& pending, Deadline deadline) CORBEL_REQUIRES(mutex_);
  void hand_reading_over() CORBEL_REQUIRES(mutex_);
  bool take_messages(Completions& completions) CORBEL_REQUIRES(mutex_);
  /// The conversation is over; what is still outstanding hears `status`.
  void end(CallStatus status, const std::string& reason, Completions& completions)
      CORBEL_REQUIRES(mutex_);
  transport::IoResult receive(Deadline deadline) noexcept;
  transport::IoResult try_receive() noexcept;
  void take_message(IncomingMessage& message, Completions& completions) CORBEL_REQUIRES(mutex_);
  void finish(std::size_t index, CallOutcome outcome, Completions& completions)
      CORBEL_REQUIRES(mutex_);
  void fail_all(CallStatus status, const std::string& reason, Completions& completions)
      CORBEL_REQUIRES(mutex_);
  void forget(const Pending& pending) CORBEL_REQUIRES(mutex_);
  void give_up(Pending& pending) CORBEL_REQUIRES(mutex_);
  void arm() CORBEL_REQUIRES(mutex_);
  void ensure_watch() CORBEL_REQUIRES(mutex_);
  void schedule_sweep(Deadline deadline) CORBEL_REQUIRES(mutex_);
  void sweep();
  void on_readable();
  void on_writable();
  void send_cancel(std::uint32_t id) noexcept;
  void touch() noexcept;
  static void deliver(Completions& completions) noexcept;

  const Limits limits_;
  transport::Reactor& reactor_;
  ClientCounters& counters_;
  const std::unique_ptr<transport::Stream> stream_;
  Outbox outbox_;
  std::atomic<std::uint32_t> next_id_{0};
  std::atomic<bool> closed_{false};
  std::atomic<SteadyClock::rep> last_used_;

  mutable Mutex mutex_;
  std::vector<Pending*> pending_ CORBEL_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Pending>> async_ CORBEL_GUARDED_BY(mutex_);
  Condition room_;
  bool reading_ CORBEL_GUARDED_BY(mutex_) = false;
  bool suspect_ CORBEL_GUARDED_BY(mutex_) = false;
  MessageReader reader_;  // of whoever holds the reading role
  std::shared_ptr<transport::Watch> watch_ CORBEL_GUARDED_BY(mutex_);
  Deadline next_sweep_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::connection
