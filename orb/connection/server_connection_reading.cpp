#include <orb/base/hot.hpp>
#include <orb/connection/patience.hpp>
#include <orb/connection/server_connection.hpp>

#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {

// A connection's thread that hears nothing for this long leaves the connection to the reactor.
constexpr std::chrono::seconds kQuiet{10};
// One connection's messages in a row before the reactor looks at the others.
constexpr int kMessagesInARow = 64;
constexpr SteadyClock::rep kTakenAway = -1;

thread_local const ServerConnection* own_connection = nullptr;

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

CORBEL_HOT bool ServerConnection::is_own_thread() const noexcept { return own_connection == this; }

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
    switch (next_message(message)) {
      case MessageReader::Step::message:
        if (take_on_reactor(message) == Next::stop) return;
        if (++in_a_row < kMessagesInARow) {
          MutexLock lock(mutex_);
          if (reading_ == Reader::reactor) continue;
          reactor_busy_ = false;  // a thread reads aside, and will give it back
          return;
        }
        {
          MutexLock lock(mutex_);
          reactor_busy_ = false;
        }
        read_on_posted();
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

// What a thread that read aside has left comes first.
CORBEL_HOT MessageReader::Step ServerConnection::next_message(IncomingMessage& message) {
  if (any_deferred_.load(std::memory_order_relaxed)) {
    MutexLock lock(mutex_);
    message = std::move(deferred_.front());
    deferred_.pop_front();
    any_deferred_.store(!deferred_.empty(), std::memory_order_relaxed);
    return MessageReader::Step::message;
  }
  return reader_.next(message);
}

ServerConnection::Next ServerConnection::take_on_reactor(IncomingMessage& message) {
  if (!has_right_id(message)) return Next::stop;
  if (message.header.type != giop::MessageType::request) {
    take_control(message);
    return is_closed() ? Next::stop : Next::go_on;
  }
  if (!can_be_answered(message)) return Next::stop;
  switch (hand_over(shared_from_this(), message, false, false)) {
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
  retry_held_later();
}

void ServerConnection::retry_held_later() {
  environment_.reactor.call_at(SteadyClock::now() + kHoldRetry, [self = weak_from_this()] {
    if (auto connection = self.lock()) connection->retry_held();
  });
}

void ServerConnection::retry_held() {
  try {
    hand_over_held();
  } catch (const std::exception& error) {
    close(error.what());
  }
}

void ServerConnection::hand_over_held() {
  IncomingMessage message;
  bool last_try = false;
  {
    MutexLock lock(mutex_);
    if (!held_ || is_closed()) return;
    if (reading_ != Reader::reactor) return retry_held_later();
    message = std::move(*held_);
    held_.reset();
    reactor_busy_ = true;
    last_try = SteadyClock::now() - held_since_ > kHoldAtMost;
  }
  switch (hand_over(shared_from_this(), message, false, last_try)) {
    case Verdict::taken:
      break;
    case Verdict::needs_own_thread:
      if (move_to_thread(message)) return;
      break;
    case Verdict::hold_back: {
      MutexLock lock(mutex_);
      held_ = std::move(message);
      reactor_busy_ = false;
      return retry_held_later();
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
  leave_work();
  hold(std::move(message));
  return true;
}

void ServerConnection::serve(OwnThread& thread) {
  const std::shared_ptr<ReplyChannel> self = shared_from_this();
  ThreadScope scope(*this, thread);
  try {
    read_on_thread(thread, self);
  } catch (const std::exception& error) {
    close(error.what());
  } catch (...) {
    close("an upcall let an unknown exception out");
  }
}

CORBEL_HOT void ServerConnection::read_on_thread(OwnThread& thread,
                                                 const std::shared_ptr<ReplyChannel>& self) {
  if (take_on_thread(thread.first, thread, self) == Next::stop) return;
  thread.first = IncomingMessage();
  IncomingMessage message;
  for (;;) {
    switch (next_message(message)) {
      case MessageReader::Step::message:
        if (take_on_thread(message, thread, self) == Next::stop) return;
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

CORBEL_HOT bool ServerConnection::receive_on_thread() {
  const bool in_message = reader_.in_message();
  if (was_stuck_.load(std::memory_order_relaxed)) watch_->pause();
  const auto last =
      SteadyClock::time_point(SteadyClock::duration(last_used_.load(std::memory_order_relaxed)));
  // Quiet since the last octets came, near enough: for that the clock is not read again.
  const auto result = in_message
                          ? stream_->receive(reader_.space(), reader_.patience())
                          : stream_->receive(reader_.space(), Deadline::after(kQuiet, last), last);
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
  MutexLock lock(mutex_);
  reading_ = Reader::reactor;
  if (!is_closed()) watch_->when_readable();
}

CORBEL_HOT ServerConnection::Next ServerConnection::take_on_thread(
    IncomingMessage& message, OwnThread& thread, const std::shared_ptr<ReplyChannel>& self) {
  if (!has_right_id(message)) return Next::stop;
  if (message.header.type != giop::MessageType::request) {
    take_control(message);
    return is_closed() ? Next::stop : Next::go_on;
  }
  if (!can_be_answered(message)) return Next::stop;
  thread.upcall_since.store(last_used_.load(std::memory_order_relaxed), std::memory_order_release);
  const auto verdict = hand_over(self, message, true, false);
  const bool taken_away = thread.upcall_since.exchange(0) == kTakenAway;
  if (taken_away && !take_reading_back(thread)) {
    // Reading went on behind it, so this one cannot be held back any more.
    if (verdict == Verdict::hold_back) hand_over(self, message, true, true);
    return Next::stop;
  }
  if (verdict != Verdict::hold_back) return is_closed() ? Next::stop : Next::go_on;
  hold(std::move(message));
  return Next::stop;
}

void ServerConnection::let_reactor_read(OwnThread& thread) {
  MutexLock lock(mutex_);
  if (own_thread_.get() == &thread && take_reading_away(thread)) read_on_posted();
}

// From a thread in an upcall; false when it is in none, or does not read any more.
bool ServerConnection::take_reading_away(OwnThread& thread) {
  auto since = thread.upcall_since.load();
  if (since == 0 || since == kTakenAway) return false;
  if (!thread.upcall_since.compare_exchange_strong(since, kTakenAway)) return false;
  reading_ = Reader::reactor;
  return true;
}

// Posted, not armed: messages may wait in the reader already.
void ServerConnection::read_on_posted() {
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

}  // namespace corbel::connection
