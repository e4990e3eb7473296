#include <orb/connection/server_connection.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/log.hpp>
#include <orb/connection/patience.hpp>
#include <orb/giop/control.hpp>
#include <orb/giop/request.hpp>

#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {

/// Has a request id, and whether an answer is expected. Before GIOP 1.2 the contexts come first.
CORBEL_HOT bool says_how_to_answer(const IncomingMessage& request) noexcept {
  if (request.header.version >= kGiop1_2)
    return request.octets.size() > giop::kHeaderSize + sizeof(giop::RequestHeader::request_id);
  auto decoder = request.decoder({}, {});
  giop::ServiceContextList().decode(decoder);
  decoder.read<std::uint32_t>();
  decoder.read<std::uint8_t>();
  return !decoder.failed();
}

}  // namespace

ServerConnection::ServerConnection(std::unique_ptr<transport::Stream> stream,
                                   ServerEnvironment& environment)
    : environment_(environment),
      stream_(std::move(stream)),
      outbox_(*stream_, environment.limits,
              [this] {
                was_stuck_.store(true, std::memory_order_relaxed);
                watch_->when_writable();
              }),
      reader_(environment.limits),
      last_used_(SteadyClock::now().time_since_epoch().count()) {}

ServerConnection::~ServerConnection() {
  if (watch_) watch_->stop();
}

bool ServerConnection::start() {
  watch_ = environment_.reactor.watch(
      stream_->native_handle(),
      [self = weak_from_this()] {
        if (auto connection = self.lock()) connection->on_readable();
      },
      [self = weak_from_this()] {
        auto connection = self.lock();
        if (connection && !connection->outbox_.flush()) connection->close("sending failed");
      });
  return watch_->when_readable();
}

CORBEL_HOT void ServerConnection::touch() noexcept {
  last_used_.store(SteadyClock::now().time_since_epoch().count(), std::memory_order_relaxed);
}

CORBEL_HOT Verdict ServerConnection::hand_over(const std::shared_ptr<ReplyChannel>& self,
                                               IncomingMessage& message, bool own_thread,
                                               bool last_try) {
  environment_.counters.requests_received.fetch_add(1, std::memory_order_relaxed);
  minor_version_.store(message.header.version.minor, std::memory_order_relaxed);
  const auto in_work = in_work_.fetch_add(1, std::memory_order_relaxed);
  const auto verdict =
      in_work >= environment_.limits.requests_in_flight
          ? environment_.handler.refuse_request(self, message,
                                                "too many requests in work on this connection")
          : environment_.handler.handle_request(self, message, own_thread, last_try);
  if (verdict != Verdict::taken) leave_work();
  return verdict;
}

void ServerConnection::take_control(IncomingMessage& message) {
  switch (message.header.type) {
    case giop::MessageType::locate_request:
      environment_.handler.handle_locate_request(shared_from_this(), message);
      return;
    case giop::MessageType::cancel_request: {
      auto decoder = message.decoder(code_sets(), {});
      const auto id = giop::decode_cancel_request(decoder);
      if (!id) return protocol_error("a CancelRequest without request id");
      reader_.cancel(*id);
      cancelled_.add(*id);
      return;
    }
    case giop::MessageType::reply:
    case giop::MessageType::locate_reply:
      return take_reply(message);
    case giop::MessageType::close_connection:
      return end(CallStatus::not_processed, "closed by the client in order");
    case giop::MessageType::message_error:
      environment_.counters.protocol_errors.fetch_add(1, std::memory_order_relaxed);
      return close("the client answered MessageError");
    default:
      protocol_error("a message that only a client receives");
  }
}

// Nor can it be left aside: its caller would wait for nothing.
CORBEL_HOT bool ServerConnection::can_be_answered(const IncomingMessage& request) {
  if (says_how_to_answer(request)) return true;
  protocol_error("a Request that ends before its request id and what follows it");
  return false;
}

void ServerConnection::protocol_error(const std::string& what) {
  environment_.counters.protocol_errors.fetch_add(1, std::memory_order_relaxed);
  log::info("connection", peer(), ": ", what, "; answering MessageError and closing");
  outbox_.send_or_queue(giop::message_error_message());
  close(what);
}

CORBEL_HOT void ServerConnection::send_reply(const cdr::Encoder& message, std::uint32_t) {
  if (is_closed()) return;
  const auto result = is_own_thread()
                          ? outbox_.send(message, time_to_send(message.size(), environment_.limits))
                          : outbox_.send_or_queue(message);
  if (result.status != IoStatus::ok) close("a reply could not be sent: " + describe(result));
}

CORBEL_HOT void ServerConnection::request_done(std::uint32_t request_id) noexcept {
  cancelled_.remove(request_id);
  leave_work();
}

CORBEL_HOT void ServerConnection::leave_work() noexcept {
  if (in_work_.fetch_sub(1) != 1 || !ending_.load()) return;
  MutexLock lock(mutex_);
  all_done_.notify_all();
}

bool ServerConnection::is_cancelled(std::uint32_t request_id) const noexcept {
  return is_closed() || cancelled_.contains(request_id);
}

void ServerConnection::check(SteadyClock::time_point now) {
  if (is_closed()) return;
  std::shared_ptr<OwnThread> thread;
  {
    MutexLock lock(mutex_);
    thread = own_thread_;
  }
  const auto since = thread ? thread->upcall_since.load(std::memory_order_relaxed) : 0;
  if (since > 0 && now - SteadyClock::time_point(SteadyClock::duration(since)) > kLongUpcall) {
    let_reactor_read(*thread);
    return;
  }
  bool idle = false;
  {
    MutexLock lock(mutex_);
    if (reading_ != Reader::reactor || reactor_busy_ || held_) return;
    const auto last_used =
        SteadyClock::time_point(SteadyClock::duration(last_used_.load(std::memory_order_relaxed)));
    const bool too_slow = reader_.in_message() && reader_.patience().at() <= now;
    idle = !reader_.in_message() && in_work_.load() == 0 &&
           now - last_used > environment_.limits.idle_timeout && !is_called_back();
    if (!too_slow && !idle) return;
  }
  if (idle) {
    close_in_order(Deadline(now));  // the reactor does not wait
  } else {
    protocol_error("the rest of a message did not come in time");
  }
}

void ServerConnection::close_in_order(Deadline deadline) {
  if (is_closed()) return;
  // It says that what is not answered was not processed either: not true of what is in work. An
  // answer that the peer has already is only to be counted.
  if (wait_until_done(deadline)) {
    const GiopVersion version{1, minor_version_.load(std::memory_order_relaxed)};
    outbox_.send(giop::close_connection_message(version), deadline);
  }
  close("closed in order");
}

bool ServerConnection::wait_until_done(Deadline deadline) {
  MutexLock lock(mutex_);
  ending_.store(true);
  while (in_work_.load() != 0 && !is_closed()) {
    if (!all_done_.wait_until(lock, deadline.at()) && deadline.has_passed()) break;
  }
  return in_work_.load() == 0;
}

void ServerConnection::close(const std::string& reason) { end(CallStatus::lost, reason); }

void ServerConnection::end(CallStatus status, const std::string& reason) {
  if (closed_.exchange(true)) return;
  log::debug("connection", peer(), ": ", reason);
  stream_->shutdown();
  if (watch_) watch_->stop();
  {
    MutexLock lock(mutex_);
    held_.reset();
  }
  end_callbacks(status, reason);
  if (environment_.on_closed) environment_.on_closed(shared_from_this());
}

}  // namespace corbel::connection
