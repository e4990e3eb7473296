#pragma once

#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/connection/callback_offer.hpp>
#include <orb/connection/message_reader.hpp>
#include <orb/connection/outbox.hpp>
#include <orb/connection/outgoing_calls.hpp>
#include <orb/transport/reactor.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace corbel::connection {

class CallbackReceiver;

/// The client's side of a GIOP conversation. A synchronous caller reads for itself: the first one
/// reads for all (leader), the others wait for it and one of them takes over when it leaves. The
/// reactor reads only while asynchronous requests are outstanding and no caller reads, or while the
/// server may call back (bidirectional GIOP).
/// Threads: any.
class ClientConnection final : public OutgoingCalls,
                               public std::enable_shared_from_this<ClientConnection> {
 public:
  /// `offer` null: the server may not call back.
  ClientConnection(std::unique_ptr<transport::Stream> stream, const Limits& limits,
                   transport::Reactor& reactor, ClientCounters& counters,
                   CallbackOffer* offer = nullptr);
  ~ClientConnection() override;

  /// In use a moment ago, and nothing speaks against another call. Without a lock; false means ask
  /// check_usable().
  bool is_hot(SteadyClock::time_point now) const noexcept;
  /// False once closed, by either side; looks whether the peer has closed when unused for a while.
  bool check_usable();
  /// The peer has hung up: takes what it has sent before, then ends, unless a caller is reading and
  /// will do so.
  void on_hangup();
  int native_handle() const noexcept { return stream_->native_handle(); }
  void close(const std::string& reason) override;
  /// Tells the server that its calls back were not begun, if it may make any, and ends.
  void close_in_order(const std::string& reason);
  const std::string& peer() const noexcept override { return stream_->peer(); }
  /// Nothing is under way in either direction.
  bool is_idle() const;
  /// The server may know that it may call back over this connection.
  bool takes_callbacks() const noexcept {
    return callbacks_offered_.load(std::memory_order_acquire);
  }

 private:
  friend class CallbackReceiver;

  /// What reading has brought, for when the lock is not held.
  struct Arrivals {
    Completions completions;
    std::vector<IncomingMessage> requests;
    bool violation = false;  // the peer hears MessageError
    bool empty() const noexcept { return completions.empty() && requests.empty() && !violation; }
  };

  bool claim_reading() override CORBEL_REQUIRES(mutex_);
  void yield_reading() override CORBEL_REQUIRES(mutex_);
  transport::IoResult receive_claimed(Deadline deadline) noexcept override;
  void wait_for_reply(Pending& pending, Deadline deadline, const transport::IoResult& received,
                      MutexLock& lock) override CORBEL_REQUIRES(mutex_);
  void expect_replies() override;
  std::shared_ptr<const std::vector<std::byte>> listen_points() override;
  std::weak_ptr<OutgoingCalls> weak_self() override { return weak_from_this(); }

  transport::IoStatus read_as_leader(Pending& pending, Deadline deadline,
                                     transport::IoResult received) CORBEL_REQUIRES(mutex_);
  void hand_reading_over() CORBEL_REQUIRES(mutex_);
  /// All that are wholly here.
  bool take_messages(Arrivals& arrivals) CORBEL_REQUIRES(mutex_);
  bool take_complete_messages(Arrivals& arrivals) CORBEL_REQUIRES(mutex_);
  void take_message(IncomingMessage& message, Arrivals& arrivals) CORBEL_REQUIRES(mutex_);
  void take_callback(IncomingMessage& message, Arrivals& arrivals) CORBEL_REQUIRES(mutex_);
  /// The conversation is over; what is still outstanding hears `status`.
  void end(CallStatus status, const std::string& reason, Arrivals& arrivals)
      CORBEL_REQUIRES(mutex_);
  void protocol_error(const std::string& what, Arrivals& arrivals) CORBEL_REQUIRES(mutex_);
  transport::IoResult try_receive() noexcept;
  void hand_on(Arrivals& arrivals) noexcept;
  void arm() CORBEL_REQUIRES(mutex_);
  void ensure_watch() CORBEL_REQUIRES(mutex_);
  void on_readable();
  void on_writable();

  const std::unique_ptr<transport::Stream> stream_;
  Outbox outbox_;
  const std::unique_ptr<CallbackReceiver> callbacks_;  // null: none are taken
  /// The server may know of our listen points.
  std::atomic<bool> callbacks_offered_{false};
  std::atomic<bool> hung_up_{false};

  bool reading_ CORBEL_GUARDED_BY(mutex_) = false;
  MessageReader reader_;  // of whoever holds the reading role
  std::shared_ptr<transport::Watch> watch_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::connection
