#pragma once

#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/base/worker_threads.hpp>
#include <orb/connection/callback_channel.hpp>
#include <orb/connection/callback_directory.hpp>
#include <orb/connection/cancelled_requests.hpp>
#include <orb/connection/code_set_cell.hpp>
#include <orb/connection/message_reader.hpp>
#include <orb/connection/outbox.hpp>
#include <orb/connection/request_handler.hpp>
#include <orb/ior/code_sets.hpp>
#include <orb/transport/reactor.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace corbel::connection {

/// Counts of one Orb's server side.
struct ServerCounters {
  std::atomic<std::uint64_t> requests_received{0};
  std::atomic<std::uint64_t> protocol_errors{0};
  std::atomic<std::uint64_t> refused_connections{0};
};

/// What all server connections of an Orb share.
struct ServerEnvironment {
  Limits limits;
  transport::Reactor& reactor;
  WorkerThreads& threads;  ///< for connections that get a thread of their own
  RequestHandler& handler;
  /// Told once for each connection that has ended.
  std::function<void(const std::shared_ptr<class ServerConnection>&)> on_closed{};
  ServerCounters counters{};
  /// Connections that clients take calls over; null: they are not used for that.
  std::shared_ptr<CallbackDirectory> callbacks{};
  ClientCounters callback_counters{};
  std::atomic<std::size_t> connection_threads{0};
  std::atomic<std::size_t> spare_threads{0};
};

/// The server's side of a GIOP conversation. It starts on the reactor. The first request for an
/// adapter with a thread per connection gives it a thread, which from then on reads, works and
/// answers without any hand-over. While that thread's upcall waits for a call of its own, or takes
/// long, the reactor reads on and may give the connection another thread; the first one leaves
/// then. A connection that is quiet for a while goes back to the reactor. Threads: any.
class ServerConnection final : public ReplyChannel,
                               public std::enable_shared_from_this<ServerConnection> {
 public:
  ServerConnection(std::unique_ptr<transport::Stream> stream, ServerEnvironment& environment);
  ~ServerConnection() override;

  /// Begins to read. False when it cannot.
  bool start();
  /// Sends CloseConnection behind the replies that still wait to go out, and ends; what is in work
  /// finishes but cannot answer any more (then nothing is sent: its caller must not repeat it). A
  /// peer that does not read is waited for until the deadline; one that has passed asks for no wait
  /// at all.
  void close_in_order(Deadline deadline);
  /// Ends at once.
  void close(const std::string& reason);
  bool is_closed() const noexcept { return closed_.load(std::memory_order_acquire); }
  const std::string& peer_host() const noexcept { return stream_->peer_host(); }

  /// Called every now and then on the reactor's thread: closes the connection when it is idle or
  /// its peer too slow, and lets the reactor read when an upcall takes long.
  void check(SteadyClock::time_point now);

  // ReplyChannel
  void send_reply(const cdr::Encoder& message, std::uint32_t request_id) override;
  void request_done(std::uint32_t request_id) noexcept override;
  bool is_cancelled(std::uint32_t request_id) const noexcept override;
  const std::string& peer() const noexcept override { return stream_->peer(); }
  ior::TransmissionCodeSets code_sets() const noexcept override { return code_sets_.load(); }
  void set_code_sets(const ior::TransmissionCodeSets& code_sets) noexcept override {
    code_sets_.store(code_sets);
  }
  bool take_listen_points(std::span<const std::byte> context) override;
  const std::shared_ptr<detail::ReferenceOrigin>* reference_origin() const noexcept override;

  // Calls back to the client (bidirectional GIOP).
  /// The client says that objects at this endpoint may be called over this connection.
  bool claims(const Endpoint& endpoint) const;
  /// The way to them; null once closed. `code_sets`: see CallbackChannel::choose_code_sets().
  std::shared_ptr<OutgoingCalls> way_back(const ior::TransmissionCodeSets& code_sets);
  /// A reply is awaited, so somebody must read, whatever the connection's threads are busy with.
  void keep_reading();

 private:
  enum class Reader : std::uint8_t { reactor, thread, aside };
  /// Whether the connection's thread goes on reading after a message.
  enum class Next : std::uint8_t { go_on, stop };

  /// A thread of the connection's own, from its first message on.
  struct OwnThread {
    IncomingMessage first;
    /// When its upcall began; 0: it is in none; -1: reading was taken from it meanwhile.
    std::atomic<SteadyClock::rep> upcall_since{0};
  };
  class ThreadScope;

  bool is_own_thread() const noexcept;
  void on_readable();
  void read_on_reactor();
  MessageReader::Step next_message(IncomingMessage& message);
  Next take_on_reactor(IncomingMessage& message);
  void hold(IncomingMessage message);
  void retry_held_later();
  void retry_held();
  void hand_over_held();

  bool move_to_thread(IncomingMessage& message);
  bool refuse(IncomingMessage& message, const char* reason);
  void serve(OwnThread& thread);
  void read_on_thread(OwnThread& thread, const std::shared_ptr<ReplyChannel>& self);
  Next take_on_thread(IncomingMessage& message, OwnThread& thread,
                      const std::shared_ptr<ReplyChannel>& self);
  bool receive_on_thread();
  void let_reactor_read(OwnThread& thread);
  bool take_reading_away(OwnThread& thread) CORBEL_REQUIRES(mutex_);
  void read_on_posted();
  bool take_reading_back(OwnThread& thread);
  void give_to_reactor();

  Verdict hand_over(const std::shared_ptr<ReplyChannel>& self, IncomingMessage& message,
                    bool own_thread, bool last_try);
  void take_control(IncomingMessage& message);
  void end(CallStatus status, const std::string& reason);

  bool has_right_id(const IncomingMessage& message);
  bool can_be_answered(const IncomingMessage& request);
  void take_reply(IncomingMessage& message);
  bool is_called_back() const noexcept;
  void end_callbacks(CallStatus status, const std::string& reason);
  void read_aside();
  bool take_aside();
  void defer(IncomingMessage& message);
  void protocol_error(const std::string& what);
  /// A request is no longer in work.
  void leave_work() noexcept;
  /// True when no request is in work.
  bool wait_until_done(Deadline deadline);
  void touch() noexcept;

  ServerEnvironment& environment_;
  const std::unique_ptr<transport::Stream> stream_;
  Outbox outbox_;
  MessageReader reader_;  // of whoever is the reader
  std::shared_ptr<transport::Watch> watch_;
  std::atomic<bool> closed_{false};
  std::atomic<SteadyClock::rep> last_used_;
  /// Of the latest request, 1.x: an old client may not know the header of a newer CloseConnection.
  std::atomic<std::uint8_t> minor_version_{0};
  std::atomic<std::size_t> in_work_{0};
  /// A reply has had to wait, and the reactor watched the stream for it.
  std::atomic<bool> was_stuck_{false};
  std::atomic<bool> ending_{false};  // somebody waits for all_done_
  std::atomic<std::size_t> threads_{0};
  CodeSetCell code_sets_;
  CancelledRequests cancelled_;
  /// Set once, before bidirectional_.
  std::unique_ptr<CallbackChannel> callbacks_;
  std::shared_ptr<detail::ReferenceOrigin> origin_;
  std::atomic<bool> bidirectional_{false};
  std::atomic<bool> any_deferred_{false};

  mutable Mutex mutex_;
  Condition all_done_;
  Reader reading_ CORBEL_GUARDED_BY(mutex_) = Reader::reactor;
  bool reactor_busy_ CORBEL_GUARDED_BY(mutex_) = false;
  /// The latest of the connection's threads: only that one may read.
  std::shared_ptr<OwnThread> own_thread_ CORBEL_GUARDED_BY(mutex_);
  std::optional<IncomingMessage> held_ CORBEL_GUARDED_BY(mutex_);
  SteadyClock::time_point held_since_ CORBEL_GUARDED_BY(mutex_){};
  std::vector<Endpoint> listen_points_ CORBEL_GUARDED_BY(mutex_);
  /// Requests that came while only replies could be taken.
  std::deque<IncomingMessage> deferred_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::connection
