#include <orb/connection/client_connection.hpp>

#include <orb/base/log.hpp>
#include <orb/giop/control.hpp>
#include <orb/giop/locate.hpp>
#include <orb/giop/reply.hpp>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {
// A connection used more recently than this is not asked whether the peer has closed it: that would
// cost every call a system call.
constexpr std::chrono::milliseconds kFresh{1};
// The reactor reads this often in a row, then looks at its other connections.
constexpr int kReadsInARow = 64;

transport::IoResult out_of_memory() noexcept { return {IoStatus::failed, 0, ENOMEM}; }
}  // namespace

ClientConnection::ClientConnection(std::unique_ptr<transport::Stream> stream, const Limits& limits,
                                   transport::Reactor& reactor, ClientCounters& counters)
    : limits_(limits),
      reactor_(reactor),
      counters_(counters),
      stream_(std::move(stream)),
      outbox_(*stream_, limits.message_size,
              [this] {
                MutexLock lock(mutex_);
                ensure_watch();
                watch_->when_writable();
              }),
      last_used_(SteadyClock::now().time_since_epoch().count()),
      reader_(limits) {}

ClientConnection::~ClientConnection() {
  MutexLock lock(mutex_);
  if (watch_) watch_->stop();
}

void ClientConnection::touch() noexcept {
  last_used_.store(SteadyClock::now().time_since_epoch().count(), std::memory_order_relaxed);
}

bool ClientConnection::add(Pending& pending) {
  if (closed_.load(std::memory_order_relaxed)) {
    pending.outcome = {CallStatus::not_sent, {}, "the connection was closed"};
    return false;
  }
  pending_.push_back(&pending);
  return true;
}

void ClientConnection::forget(const Pending& pending) { std::erase(pending_, &pending); }

CallOutcome ClientConnection::call(const cdr::Encoder& request, std::uint32_t id,
                                   Deadline deadline) {
  Pending pending;
  pending.id = id;
  {
    MutexLock lock(mutex_);
    if (!add(pending)) return std::move(pending.outcome);
  }
  counters_.requests_sent.fetch_add(1, std::memory_order_relaxed);
  const auto sent = outbox_.send(request, deadline);
  MutexLock lock(mutex_);
  if (sent.status != IoStatus::ok) {
    forget(pending);
    // A reader may have seen the connection's end first; but what has not gone out has not run.
    if (pending.done && pending.outcome.status == CallStatus::replied)
      return std::move(pending.outcome);
    lock.unlock();
    if (sent.status != IoStatus::timeout || sent.count != 0) close(describe(sent));
    const bool late = sent.status == IoStatus::timeout;
    return {late ? CallStatus::timed_out_unsent : CallStatus::not_sent,
            {},
            "sending: " + describe(sent)};
  }
  wait_for_reply(pending, deadline, lock);
  lock.unlock();
  touch();
  return std::move(pending.outcome);
}

void ClientConnection::wait_for_reply(Pending& pending, Deadline deadline, MutexLock& lock) {
  pending.waits = true;
  while (!pending.done) {
    if (!reading_) {
      const auto status = read_as_leader(pending, deadline);
      if (status == IoStatus::timeout && !pending.done) {
        give_up(pending);
        break;
      }
    } else if (!pending.changed.wait_until(lock, deadline.at()) && !pending.done &&
               deadline.has_passed()) {
      give_up(pending);
      break;
    }
  }
  if (!reading_) hand_reading_over();
}

// Reads until the own reply is here, delivering everybody's on the way.
IoStatus ClientConnection::read_as_leader(Pending& pending, Deadline deadline) {
  reading_ = true;
  if (watch_ && async_.empty()) watch_->pause();
  auto status = IoStatus::ok;
  Completions completions;
  // Messages that came together with an earlier one are waiting in the reader.
  while (take_messages(completions) && !pending.done) {
    mutex_.unlock();
    deliver(completions);
    const auto result = receive(deadline);
    mutex_.lock();
    status = result.status;
    if (status == IoStatus::timeout) break;
    if (status != IoStatus::ok) {
      end(CallStatus::lost, describe(result), completions);
      break;
    }
  }
  reading_ = false;
  if (!completions.empty()) {
    mutex_.unlock();
    deliver(completions);
    mutex_.lock();
  }
  return status;
}

void ClientConnection::hand_reading_over() {
  // Not to one that is still sending: the server may wait for us to read before it reads on.
  for (auto* pending : pending_) {
    if (pending->waits && !pending->done) {
      pending->changed.notify_one();
      return;
    }
  }
  if (!async_.empty()) arm();
}

// False when the conversation is over.
bool ClientConnection::take_messages(Completions& completions) {
  IncomingMessage message;
  for (;;) {
    switch (reader_.next(message)) {
      case MessageReader::Step::need_more:
        return !closed_.load(std::memory_order_relaxed);
      case MessageReader::Step::broken: {
        counters_.protocol_errors.fetch_add(1, std::memory_order_relaxed);
        const auto what = "the peer does not speak GIOP: " + reader_.describe_error();
        log::warn("connection", peer(), ": ", what);
        end(CallStatus::lost, what, completions);
        return false;
      }
      case MessageReader::Step::message:
        suspect_ = false;
        take_message(message, completions);
    }
  }
}

void ClientConnection::take_message(IncomingMessage& message, Completions& completions) {
  auto decoder = message.decoder(code_sets, {});
  std::uint32_t id = 0;
  switch (message.header.type) {
    case giop::MessageType::reply: {
      giop::ReplyHeader header;
      if (!giop::decode_reply_header(decoder, header)) break;
      id = header.request_id;
      break;
    }
    case giop::MessageType::locate_reply: {
      giop::LocateReplyHeader header;
      if (!giop::decode_locate_reply(decoder, header)) break;
      id = header.request_id;
      break;
    }
    case giop::MessageType::close_connection:
      return end(CallStatus::not_processed, "the server closed the connection in order",
                 completions);
    case giop::MessageType::message_error:
      return end(CallStatus::lost,
                 "the server answered MessageError: it could not read a message of ours",
                 completions);
    default:
      decoder.fail("a message that only a server receives");
  }
  if (decoder.failed()) {
    counters_.protocol_errors.fetch_add(1, std::memory_order_relaxed);
    return end(CallStatus::lost, "unreadable message: " + std::string(decoder.failure()),
               completions);
  }
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (pending_[i]->id != id) continue;
    finish(i, {CallStatus::replied, std::move(message), {}}, completions);
    return;
  }
  // The answer to a call that was given up.
  counters_.unknown_replies.fetch_add(1, std::memory_order_relaxed);
}

void ClientConnection::finish(std::size_t index, CallOutcome outcome, Completions& completions) {
  Pending* pending = pending_[index];
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(index));
  room_.notify_all();
  if (pending->waiter) {
    completions.push_back({std::move(pending->waiter), std::move(outcome)});
    std::erase_if(async_, [pending](const auto& entry) { return entry.get() == pending; });
    return;
  }
  pending->outcome = std::move(outcome);
  pending->done = true;
  pending->changed.notify_one();
}

void ClientConnection::end(CallStatus status, const std::string& reason, Completions& completions) {
  closed_.store(true, std::memory_order_release);
  stream_->shutdown();
  fail_all(status, reason, completions);
  room_.notify_all();
}

transport::IoResult ClientConnection::receive(Deadline deadline) noexcept {
  try {
    const auto result = stream_->receive(reader_.space(), deadline);
    if (result.status == IoStatus::ok) reader_.received(result.count);
    return result;
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  }
}

transport::IoResult ClientConnection::try_receive() noexcept {
  try {
    const auto result = stream_->try_receive(reader_.space());
    if (result.status == IoStatus::ok) reader_.received(result.count);
    return result;
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  }
}

void ClientConnection::fail_all(CallStatus status, const std::string& reason,
                                Completions& completions) {
  while (!pending_.empty()) finish(pending_.size() - 1, {status, {}, reason}, completions);
}

void ClientConnection::deliver(Completions& completions) noexcept {
  for (auto& completed : completions) {
    try {
      completed.waiter->on_outcome(std::move(completed.outcome));
    } catch (const std::exception& error) {
      log::error("connection", "the end of a call let an exception out: ", error.what());
    }
  }
  completions.clear();
}

void ClientConnection::give_up(Pending& pending) {
  forget(pending);
  suspect_ = true;
  pending.outcome = {CallStatus::timed_out, {}, "no answer in time"};
  pending.done = true;
  mutex_.unlock();
  send_cancel(pending.id);
  mutex_.lock();
}

void ClientConnection::send_cancel(std::uint32_t id) noexcept {
  try {
    cdr::Encoder message;
    giop::write_cancel_request(message, giop::kHighestVersion, id);
    outbox_.send_or_queue(message);
  } catch (const std::exception& error) {
    log::debug("connection", peer(), ": CancelRequest not sent: ", error.what());
  }
}

CallOutcome ClientConnection::send(const cdr::Encoder& request, Deadline deadline) {
  if (closed_.load(std::memory_order_acquire))
    return {CallStatus::not_sent, {}, "the connection was closed"};
  counters_.requests_sent.fetch_add(1, std::memory_order_relaxed);
  const auto sent = outbox_.send(request, deadline);
  touch();
  if (sent.status == IoStatus::ok) return {CallStatus::replied, {}, {}};
  if (sent.status != IoStatus::timeout || sent.count != 0) close(describe(sent));
  return {sent.status == IoStatus::timeout ? CallStatus::timed_out_unsent : CallStatus::not_sent,
          {},
          "sending: " + describe(sent)};
}

void ClientConnection::start(const cdr::Encoder& request, std::uint32_t id, Deadline deadline,
                             std::shared_ptr<AsyncWaiter> waiter) {
  auto entry = std::make_unique<Pending>();
  entry->id = id;
  entry->deadline = deadline;
  entry->waiter = waiter;
  {
    MutexLock lock(mutex_);
    if (!add(*entry)) {
      auto outcome = std::move(entry->outcome);
      lock.unlock();
      waiter->on_outcome(std::move(outcome));
      return;
    }
    async_.push_back(std::move(entry));
    schedule_sweep(deadline);
  }
  counters_.requests_sent.fetch_add(1, std::memory_order_relaxed);
  const auto sent = outbox_.send_or_queue(request);
  if (sent.status != IoStatus::ok) {
    Completions completions;
    {
      MutexLock lock(mutex_);
      for (std::size_t i = 0; i < pending_.size(); ++i) {
        if (pending_[i]->id != id) continue;
        finish(i, {CallStatus::not_sent, {}, "sending: " + describe(sent)}, completions);
        break;
      }
    }
    deliver(completions);
    // Only our own queue is full: the others' requests are as good as before.
    if (sent.error != ENOBUFS) close(describe(sent));
    return;
  }
  touch();
  MutexLock lock(mutex_);
  if (!reading_ && !async_.empty()) arm();
}

bool ClientConnection::wait_for_room(Deadline deadline) {
  MutexLock lock(mutex_);
  while (pending_.size() >= limits_.own_requests_in_flight &&
         !closed_.load(std::memory_order_relaxed)) {
    if (!room_.wait_until(lock, deadline.at()) && deadline.has_passed()) return false;
  }
  return true;
}

void ClientConnection::ensure_watch() {
  if (watch_) return;
  watch_ = reactor_.watch(
      stream_->native_handle(),
      [self = weak_from_this()] {
        if (auto connection = self.lock()) connection->on_readable();
      },
      [self = weak_from_this()] {
        if (auto connection = self.lock()) connection->on_writable();
      });
}

void ClientConnection::arm() {
  if (closed_.load(std::memory_order_relaxed)) return;
  ensure_watch();
  watch_->when_readable();
}

void ClientConnection::on_readable() {
  Completions completions;
  {
    MutexLock lock(mutex_);
    if (reading_ || closed_.load(std::memory_order_relaxed))
      return;  // a caller reads; it will hand over
    reading_ = true;
    for (int in_a_row = 0; take_messages(completions) && in_a_row < kReadsInARow; ++in_a_row) {
      const auto result = try_receive();
      if (result.status == IoStatus::ok) continue;
      if (result.status != IoStatus::would_block)
        end(CallStatus::lost, describe(result), completions);
      break;
    }
    reading_ = false;
    hand_reading_over();
  }
  deliver(completions);
}

void ClientConnection::on_writable() {
  if (!outbox_.flush()) close("sending failed");
}

void ClientConnection::schedule_sweep(Deadline deadline) {
  if (deadline.is_never() || next_sweep_ <= deadline) return;
  next_sweep_ = deadline;
  reactor_.call_at(deadline.at(), [self = weak_from_this()] {
    if (auto connection = self.lock()) connection->sweep();
  });
}

void ClientConnection::sweep() {
  Completions completions;
  std::vector<std::uint32_t> expired;
  {
    MutexLock lock(mutex_);
    const auto now = SteadyClock::now();
    auto next = Deadline::never();
    for (std::size_t i = pending_.size(); i-- > 0;) {
      if (!pending_[i]->waiter) continue;
      if (pending_[i]->deadline.at() <= now) {
        expired.push_back(pending_[i]->id);
        finish(i, {CallStatus::timed_out, {}, "no answer in time"}, completions);
      } else {
        next = earlier(next, pending_[i]->deadline);
      }
    }
    if (!expired.empty()) suspect_ = true;
    if (next_sweep_.at() <= now) next_sweep_ = Deadline::never();
    schedule_sweep(next);
  }
  for (const auto id : expired) send_cancel(id);
  deliver(completions);
}

void ClientConnection::cancel(std::uint32_t id) {
  Completions completions;
  {
    MutexLock lock(mutex_);
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      if (pending_[i]->id != id || !pending_[i]->waiter) continue;
      finish(i, {CallStatus::cancelled, {}, "cancelled by the caller"}, completions);
      break;
    }
  }
  if (completions.empty()) return;
  send_cancel(id);
  deliver(completions);
}

bool ClientConnection::check_usable() {
  if (is_closed()) return false;
  Completions completions;
  bool usable = true;
  {
    MutexLock lock(mutex_);
    const bool fresh = SteadyClock::now() - last_used() < kFresh;
    if (reading_ || (fresh && !suspect_)) return !suspect_;
    // Nobody reads: what came meanwhile (CloseConnection, the end, a late reply) is still unseen.
    for (int in_a_row = 0; in_a_row < kReadsInARow; ++in_a_row) {
      if (closed_.load(std::memory_order_relaxed) || !stream_->is_readable()) break;
      const auto result = try_receive();
      if (result.status == IoStatus::ok) {
        take_messages(completions);
      } else if (result.status != IoStatus::would_block) {
        end(CallStatus::lost, describe(result), completions);
      }
    }
    usable = !closed_.load(std::memory_order_relaxed) && !suspect_;
  }
  deliver(completions);
  return usable;
}

std::size_t ClientConnection::outstanding() const {
  MutexLock lock(mutex_);
  return pending_.size();
}

void ClientConnection::close(const std::string& reason) {
  Completions completions;
  {
    MutexLock lock(mutex_);
    end(CallStatus::lost, reason, completions);
    if (watch_) watch_->stop();
  }
  deliver(completions);
}

}  // namespace corbel::connection
