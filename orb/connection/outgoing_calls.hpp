#pragma once

#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/connection/message_reader.hpp>
#include <orb/connection/outbox.hpp>
#include <orb/ior/code_sets.hpp>
#include <orb/transport/reactor.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

/// What the first requests of a connection tell the peer about us; each thing once.
struct Introduction {
  bool code_sets = false;
  bool listen_points = false;
};

/// The calling half of a GIOP conversation: requests out, replies matched by id; many threads may
/// call at once. Who reads the connection, the derived class knows.
/// Threads: any.
class OutgoingCalls {
 public:
  virtual ~OutgoingCalls() = default;
  OutgoingCalls(const OutgoingCalls&) = delete;
  OutgoingCalls& operator=(const OutgoingCalls&) = delete;

  /// Even ids are of the side that opened the connection, odd ones of the other.
  std::uint32_t next_request_id() noexcept {
    return next_id_.fetch_add(2, std::memory_order_relaxed);
  }

  /// Sends the request and waits for the reply. `now`: as far as the caller knows.
  CallOutcome call(const cdr::Encoder& request, std::uint32_t id, Deadline deadline,
                   SteadyClock::time_point now = SteadyClock::now());
  /// Sends the request without waiting at all; the waiter hears how it went.
  void start(const cdr::Encoder& request, std::uint32_t id, Deadline deadline,
             std::shared_ptr<AsyncWaiter> waiter);
  /// Sends a request that has no reply. status replied means sent.
  CallOutcome send(const cdr::Encoder& request, Deadline deadline);
  /// Gives up an asynchronous request: tells the server, and the waiter hears `cancelled`.
  void cancel(std::uint32_t id);

  /// Waits until another request may be started (our own limit). False when the deadline is first.
  bool wait_for_room(Deadline deadline);

  bool is_closed() const noexcept { return closed_.load(std::memory_order_acquire); }
  /// Requests without an answer yet.
  std::size_t outstanding() const;
  /// A request got no answer in time, and none has come since.
  bool is_suspect() const noexcept { return suspect_.load(std::memory_order_relaxed); }
  /// When the last request was sent, or one failed.
  SteadyClock::time_point last_used() const noexcept {
    return SteadyClock::time_point(
        SteadyClock::duration(last_used_.load(std::memory_order_relaxed)));
  }
  /// A reply of the peer's could not be read: ends the conversation.
  void reject_reply(std::string_view why);
  /// Ends the conversation; outstanding requests hear `lost`.
  virtual void close(const std::string& reason) = 0;
  virtual const std::string& peer() const noexcept = 0;

  /// The data of the BI_DIR_IIOP context for the next request; null when there is nothing to tell.
  std::shared_ptr<const std::vector<std::byte>> listen_points_to_send() {
    return listen_points_due_.load(std::memory_order_relaxed) ? listen_points() : nullptr;
  }
  /// The request with these contexts has been written.
  void introduced(const Introduction& introduction) noexcept {
    if (introduction.code_sets) code_sets_sent.store(true, std::memory_order_relaxed);
    if (introduction.listen_points) listen_points_due_.store(false, std::memory_order_relaxed);
  }
  /// What references in replies are to remember; null: nothing.
  virtual const std::shared_ptr<detail::ReferenceOrigin>* reference_origin() const noexcept {
    return nullptr;
  }

  /// What was negotiated; set before first use, by whoever made the connection.
  ior::TransmissionCodeSets code_sets;
  /// True once a request that carried the CodeSets context has been written.
  std::atomic<bool> code_sets_sent{false};

 protected:
  /// A request that waits for its reply; on the caller's stack or in the async table.
  struct Pending {
    std::uint32_t id = 0;
    GiopVersion version;  // of the request, and what else is said of it
    bool done = false;
    bool waits = false;                // its caller has sent the request and may read
    bool leads = false;                // its caller reads, or will as soon as the request is sent
    CallOutcome* outcome = nullptr;    // synchronous
    std::optional<Condition> changed;  // synchronous, once its caller waits for another to read
    std::shared_ptr<AsyncWaiter> waiter;  // asynchronous
    Deadline deadline;
  };
  struct Completed {
    std::shared_ptr<AsyncWaiter> waiter;
    CallOutcome outcome;
  };
  using Completions = std::vector<Completed>;

  /// The outbox is the derived class's, made after this one.
  OutgoingCalls(const Limits& limits, transport::Reactor& reactor, ClientCounters& counters,
                Outbox& outbox, std::uint32_t first_id);

  /// Takes the role of who reads, before the request is sent: to take it afterwards costs a lock
  /// more. False: another has it, or no caller ever reads.
  virtual bool claim_reading() CORBEL_REQUIRES(mutex_) { return false; }
  /// Gives it back unused.
  virtual void yield_reading() CORBEL_REQUIRES(mutex_) {}
  /// What comes next, for who has claimed it.
  virtual transport::IoResult receive_claimed(Deadline) noexcept { return {}; }
  /// Waits until `pending` is done or given up. `received`: what receive_claimed() returned, for
  /// who leads.
  virtual void wait_for_reply(Pending& pending, Deadline deadline,
                              const transport::IoResult& received, MutexLock& lock)
      CORBEL_REQUIRES(mutex_);
  /// An asynchronous request went out: somebody must read its reply.
  virtual void expect_replies() = 0;
  /// What a peer is told so that it may call back, as soon as there is any.
  virtual std::shared_ptr<const std::vector<std::byte>> listen_points() { return nullptr; }
  /// For timers, which must not keep the connection.
  virtual std::weak_ptr<OutgoingCalls> weak_self() = 0;

  /// Hands a reply over to whoever waits for it; a reply to nobody is dropped and counted. False
  /// when the message makes no sense, `failure` then says why.
  bool take_reply(IncomingMessage& message, Completions& completions, std::string& failure)
      CORBEL_REQUIRES(mutex_);
  /// One step of waiting for somebody else to read; gives up at the deadline.
  void wait_for_reader(Pending& pending, Deadline deadline, MutexLock& lock)
      CORBEL_REQUIRES(mutex_);
  void give_up(Pending& pending) CORBEL_REQUIRES(mutex_);
  /// What is still outstanding hears `status`, and nothing is taken any more.
  void end_calls(CallStatus status, const std::string& reason, Completions& completions)
      CORBEL_REQUIRES(mutex_);
  static void deliver(Completions& completions) noexcept;
  void touch(SteadyClock::time_point now = SteadyClock::now()) noexcept;

  const Limits limits_;
  transport::Reactor& reactor_;
  ClientCounters& counters_;
  std::atomic<bool> closed_{false};
  /// The peer may call back and does not know where.
  std::atomic<bool> listen_points_due_{false};

  mutable Mutex mutex_;
  std::vector<Pending*> pending_ CORBEL_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Pending>> async_ CORBEL_GUARDED_BY(mutex_);

 private:
  bool add(Pending& pending) CORBEL_REQUIRES(mutex_);
  /// Sends and waits; the outcome is the pending call's.
  void exchange(const cdr::Encoder& request, Pending& pending, Deadline deadline);
  /// Who claimed to read will not: gives the role back.
  void stop_leading(Pending& pending) noexcept;
  void forget(const Pending& pending) CORBEL_REQUIRES(mutex_);
  /// Ends the asynchronous request with this id; its version, or nullopt when it has ended already.
  std::optional<GiopVersion> end_async(std::uint32_t id, CallOutcome outcome);
  void finish(std::size_t index, CallOutcome&& outcome, Completions& completions)
      CORBEL_REQUIRES(mutex_);
  /// It has its outcome.
  void take_off(std::size_t index) CORBEL_REQUIRES(mutex_);
  void schedule_sweep(Deadline deadline) CORBEL_REQUIRES(mutex_);
  void sweep();
  void send_cancel(std::uint32_t id, GiopVersion version) noexcept;

  Outbox& outbox_;
  std::atomic<std::uint32_t> next_id_;
  std::atomic<SteadyClock::rep> last_used_;
  std::atomic<bool> suspect_{false};
  Condition room_;
  std::size_t waiting_for_room_ CORBEL_GUARDED_BY(mutex_) = 0;
  Deadline next_sweep_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::connection
