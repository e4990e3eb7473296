#include <orb/connection/server_connection.hpp>

#include <orb/base/log.hpp>
#include <orb/giop/control.hpp>

#include <algorithm>
#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {

// A connection's thread that hears nothing for this long leaves the connection to the reactor.
constexpr std::chrono::seconds kQuiet{10};
// An upcall that takes longer than this no longer keeps its connection from being read.
constexpr std::chrono::milliseconds kLongUpcall{100};
// One connection's messages in a row before the reactor looks at the others.
constexpr int kMessagesInARow = 64;
constexpr std::chrono::milliseconds kHoldRetry{10};
constexpr std::chrono::seconds kHoldAtMost{5};
constexpr std::size_t kCancelledKept = 128;
constexpr SteadyClock::rep kTakenAway = -1;

thread_local const ServerConnection* own_connection = nullptr;

std::uint64_t pack(const ior::TransmissionCodeSets& sets) noexcept {
  return (static_cast<std::uint64_t>(sets.chars) << 32) | static_cast<std::uint64_t>(sets.wchars);
}

Deadline time_to_send(std::size_t size, const Limits& limits) {
  const auto slowest = std::chrono::seconds(size / std::max<std::size_t>(limits.body_rate, 1));
  return Deadline::after(limits.body_timeout + slowest);
}

}  // namespace

/// Marks the thread as the connection's own and watches its waits.
class ServerConnection::ThreadScope final : public WaitObserver {
 public:
  ThreadScope(ServerConnection& connection, OwnThread& thread)
      : connection_(connection), thread_(thread), scope_(*this) {
    own_connection = &connection;
    auto& environment = connection_.environment_;
    environment.connection_threads.fetch_add(1, std::memory_order_relaxed);
  }
  ~ThreadScope() override {
    own_connection = nullptr;
    auto& environment = connection_.environment_;
    environment.connection_threads.fetch_sub(1, std::memory_order_relaxed);
    if (connection_.threads_.fetch_sub(1) > 1) environment.spare_threads.fetch_sub(1);
  }
  void will_wait() override { connection_.let_reactor_read(thread_); }
  void did_wait() override {}

 private:
  ServerConnection& connection_;
  OwnThread& thread_;
  ObserverScope scope_;
};

ServerConnection::ServerConnection(std::unique_ptr<transport::Stream> stream,
                                   ServerEnvironment& environment)
    : environment_(environment),
      stream_(std::move(stream)),
      outbox_(*stream_, environment.limits.message_size, [this] { watch_->when_writable(); }),
      reader_(environment.limits),
      last_used_(SteadyClock::now().time_since_epoch().count()),
      code_sets_(pack({})) {}

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

void ServerConnection::touch() noexcept {
  last_used_.store(SteadyClock::now().time_since_epoch().count(), std::memory_order_relaxed);
}

// --- on the reactor ---

void ServerConnection::on_readable() {
  {
    MutexLock lock(mutex_);
    if (reading_ != Reader::reactor || reactor_busy_ || held_ || is_closed()) return;
    reactor_busy_ = true;
  }
  try {
    read_on_reactor();
  } catch (const std::exception& error) {
    close(error.what());
  }
}

void ServerConnection::read_on_reactor() {
  int in_a_row = 0;
  IncomingMessage message;
  for (;;) {
    switch (reader_.next(message)) {
      case MessageReader::Step::message:
        if (take_on_reactor(message) == Next::stop) return;
        if (++in_a_row < kMessagesInARow) continue;
        {
          MutexLock lock(mutex_);
          reactor_busy_ = false;
        }
        environment_.reactor.post([self = shared_from_this()] { self->on_readable(); });
        return;
      case MessageReader::Step::broken:
        protocol_error(reader_.describe_error());
        return;
      case MessageReader::Step::need_more:
        break;
    }
    const auto result = stream_->try_receive(reader_.space());
    if (result.status == IoStatus::ok) {
      reader_.received(result.count);
      touch();
    } else if (result.status == IoStatus::would_block) {
      MutexLock lock(mutex_);
      reactor_busy_ = false;
      if (reading_ == Reader::reactor && !is_closed()) watch_->when_readable();
      return;
    } else {
      close(describe(result));
      return;
    }
  }
}

ServerConnection::Next ServerConnection::take_on_reactor(IncomingMessage& message) {
  if (message.header.type != giop::MessageType::request) {
    take_control(message);
    return is_closed() ? Next::stop : Next::go_on;
  }
  switch (hand_over(message, false, false)) {
    case Verdict::taken:
      return is_closed() ? Next::stop : Next::go_on;
    case Verdict::needs_own_thread:
      return move_to_thread(message) ? Next::stop : Next::go_on;
    case Verdict::hold_back:
      break;
  }
  hold(std::move(message));
  return Next::stop;
}

// Nothing is read while a one-way request waits for room: the peer's octets back up to the peer.
void ServerConnection::hold(IncomingMessage message) {
  {
    MutexLock lock(mutex_);
    held_ = std::move(message);
    held_since_ = SteadyClock::now();
    reading_ = Reader::reactor;
    reactor_busy_ = false;
  }
  environment_.reactor.call_at(SteadyClock::now() + kHoldRetry, [self = weak_from_this()] {
    if (auto connection = self.lock()) connection->retry_held();
  });
}

void ServerConnection::retry_held() {
  IncomingMessage message;
  bool last_try = false;
  {
    MutexLock lock(mutex_);
    if (!held_ || is_closed()) return;
    message = std::move(*held_);
    held_.reset();
    reactor_busy_ = true;
    last_try = SteadyClock::now() - held_since_ > kHoldAtMost;
  }
  switch (hand_over(message, false, last_try)) {
    case Verdict::taken:
      break;
    case Verdict::needs_own_thread:
      if (move_to_thread(message)) return;
      break;
    case Verdict::hold_back: {
      MutexLock lock(mutex_);
      held_ = std::move(message);
      reactor_busy_ = false;
      lock.unlock();
      environment_.reactor.call_at(SteadyClock::now() + kHoldRetry, [self = weak_from_this()] {
        if (auto connection = self.lock()) connection->retry_held();
      });
      return;
    }
  }
  read_on_reactor();
}

// --- on a thread of the connection's own ---

bool ServerConnection::move_to_thread(IncomingMessage& message) {
  if (threads_.fetch_add(1) >= 1 &&
      environment_.spare_threads.fetch_add(1) >= environment_.handler.spare_threads()) {
    environment_.spare_threads.fetch_sub(1);
    threads_.fetch_sub(1);
    return refuse(message, "no spare thread for this connection");
  }
  auto thread = std::make_shared<OwnThread>();
  thread->first = std::move(message);
  {
    MutexLock lock(mutex_);
    reading_ = Reader::thread;
    reactor_busy_ = false;
    own_thread_ = thread;
    watch_->pause();
  }
  if (environment_.threads.run([self = shared_from_this(), thread] { self->serve(*thread); }))
    return true;
  if (threads_.fetch_sub(1) > 1) environment_.spare_threads.fetch_sub(1);
  {
    MutexLock lock(mutex_);
    reading_ = Reader::reactor;
    reactor_busy_ = true;
    own_thread_.reset();
  }
  message = std::move(thread->first);
  return refuse(message, "no thread for this connection");
}

// True when nothing is to be read for a while.
bool ServerConnection::refuse(IncomingMessage& message, const char* reason) {
  in_work_.fetch_add(1, std::memory_order_relaxed);  // request_done() counts it down
  if (environment_.handler.refuse_request(shared_from_this(), message, reason) !=
      Verdict::hold_back)
    return false;
  in_work_.fetch_sub(1, std::memory_order_relaxed);
  hold(std::move(message));
  return true;
}

void ServerConnection::serve(OwnThread& thread) {
  const auto self = shared_from_this();
  ThreadScope scope(*this, thread);
  try {
    read_on_thread(thread);
  } catch (const std::exception& error) {
    close(error.what());
  } catch (...) {
    close("an upcall let an unknown exception out");
  }
}

void ServerConnection::read_on_thread(OwnThread& thread) {
  if (take_on_thread(thread.first, thread) == Next::stop) return;
  thread.first = IncomingMessage();
  IncomingMessage message;
  for (;;) {
    switch (reader_.next(message)) {
      case MessageReader::Step::message:
        if (take_on_thread(message, thread) == Next::stop) return;
        message.buffer.reset();
        break;
      case MessageReader::Step::broken:
        protocol_error(reader_.describe_error());
        return;
      case MessageReader::Step::need_more:
        if (!receive_on_thread()) return;
    }
  }
}

bool ServerConnection::receive_on_thread() {
  const bool in_message = reader_.in_message();
  watch_->pause();
  const auto result =
      stream_->receive(reader_.space(), in_message ? reader_.patience() : Deadline::after(kQuiet));
  if (result.status == IoStatus::ok) {
    reader_.received(result.count);
    touch();
    return true;
  }
  if (result.status != IoStatus::timeout) {
    close(describe(result));
  } else if (in_message) {
    protocol_error("the rest of a message did not come in time");
  } else {
    give_to_reactor();
  }
  return false;
}

void ServerConnection::give_to_reactor() {
  {
    MutexLock lock(mutex_);
    reading_ = Reader::reactor;
  }
  if (!is_closed()) watch_->when_readable();
}

ServerConnection::Next ServerConnection::take_on_thread(IncomingMessage& message,
                                                        OwnThread& thread) {
  if (message.header.type != giop::MessageType::request) {
    take_control(message);
    return is_closed() ? Next::stop : Next::go_on;
  }
  thread.upcall_since.store(last_used_.load(std::memory_order_relaxed));
  const auto verdict = hand_over(message, true, false);
  const bool taken_away = thread.upcall_since.exchange(0) == kTakenAway;
  if (taken_away && !take_reading_back(thread)) {
    // Reading went on behind it, so this one cannot be held back any more.
    if (verdict == Verdict::hold_back) hand_over(message, true, true);
    return Next::stop;
  }
  if (verdict != Verdict::hold_back) return is_closed() ? Next::stop : Next::go_on;
  hold(std::move(message));
  return Next::stop;
}

void ServerConnection::let_reactor_read(OwnThread& thread) {
  {
    MutexLock lock(mutex_);
    auto since = thread.upcall_since.load();
    if (own_thread_.get() != &thread || since == 0 || since == kTakenAway) return;
    if (!thread.upcall_since.compare_exchange_strong(since, kTakenAway)) return;
    reading_ = Reader::reactor;
  }
  // Posted, not armed: messages may wait in the reader already.
  environment_.reactor.post([self = shared_from_this()] { self->on_readable(); });
}

bool ServerConnection::take_reading_back(OwnThread& thread) {
  MutexLock lock(mutex_);
  if (own_thread_.get() != &thread || reading_ != Reader::reactor || reactor_busy_ || held_ ||
      is_closed())
    return false;
  reading_ = Reader::thread;
  watch_->pause();
  return true;
}

// --- on either ---

Verdict ServerConnection::hand_over(IncomingMessage& message, bool own_thread, bool last_try) {
  environment_.counters.requests_received.fetch_add(1, std::memory_order_relaxed);
  auto self = std::static_pointer_cast<ReplyChannel>(shared_from_this());
  const auto in_work = in_work_.fetch_add(1, std::memory_order_relaxed);
  const auto verdict =
      in_work >= environment_.limits.requests_in_flight
          ? environment_.handler.refuse_request(self, message,
                                                "too many requests in work on this connection")
          : environment_.handler.handle_request(self, message, own_thread, last_try);
  if (verdict != Verdict::taken) in_work_.fetch_sub(1, std::memory_order_relaxed);
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
      MutexLock lock(mutex_);
      if (cancelled_.size() >= kCancelledKept) cancelled_.erase(cancelled_.begin());
      cancelled_.push_back(*id);
      any_cancelled_.store(true);
      return;
    }
    case giop::MessageType::close_connection:
      return close("closed by the client in order");
    case giop::MessageType::message_error:
      environment_.counters.protocol_errors.fetch_add(1, std::memory_order_relaxed);
      return close("the client answered MessageError");
    default:
      protocol_error("a message that only a client receives");
  }
}

void ServerConnection::protocol_error(const std::string& what) {
  environment_.counters.protocol_errors.fetch_add(1, std::memory_order_relaxed);
  log::info("connection", peer(), ": ", what, "; answering MessageError and closing");
  outbox_.send_or_queue(giop::message_error_message());
  close(what);
}

void ServerConnection::send_reply(const cdr::Encoder& message, std::uint32_t) {
  if (is_closed()) return;
  const auto result = own_connection == this
                          ? outbox_.send(message, time_to_send(message.size(), environment_.limits))
                          : outbox_.send_or_queue(message);
  if (result.status != IoStatus::ok) close("a reply could not be sent: " + describe(result));
}

void ServerConnection::request_done(std::uint32_t request_id) noexcept {
  in_work_.fetch_sub(1, std::memory_order_relaxed);
  if (!any_cancelled_.load(std::memory_order_relaxed)) return;
  MutexLock lock(mutex_);
  std::erase(cancelled_, request_id);
  any_cancelled_.store(!cancelled_.empty());
}

bool ServerConnection::is_cancelled(std::uint32_t request_id) const noexcept {
  if (is_closed()) return true;
  if (!any_cancelled_.load()) return false;
  MutexLock lock(mutex_);
  return std::find(cancelled_.begin(), cancelled_.end(), request_id) != cancelled_.end();
}

ior::TransmissionCodeSets ServerConnection::code_sets() const noexcept {
  const auto packed = code_sets_.load(std::memory_order_relaxed);
  return {static_cast<cdr::CodeSet>(packed >> 32), static_cast<cdr::CodeSet>(packed & 0xffffffffu)};
}

void ServerConnection::set_code_sets(const ior::TransmissionCodeSets& code_sets) noexcept {
  code_sets_.store(pack(code_sets), std::memory_order_relaxed);
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
           now - last_used > environment_.limits.idle_timeout;
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
  outbox_.send(giop::close_connection_message(giop::kHighestVersion), deadline);
  close("closed in order");
}

void ServerConnection::close(const std::string& reason) {
  if (closed_.exchange(true)) return;
  log::debug("connection", peer(), ": ", reason);
  stream_->shutdown();
  if (watch_) watch_->stop();
  {
    MutexLock lock(mutex_);
    held_.reset();
  }
  if (environment_.on_closed) environment_.on_closed(shared_from_this());
}

}  // namespace corbel::connection
