#include <orb/connection/outgoing_calls.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/log.hpp>
#include <orb/giop/control.hpp>
#include <orb/giop/reply.hpp>

#include <new>
#include <optional>
#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {

// Nothing but the id: who waits for the reply reads the rest.
std::optional<std::uint32_t> reply_id(const IncomingMessage& message) {
  if (message.header.type == giop::MessageType::locate_reply || message.header.version >= kGiop1_2)
    return giop::leading_ulong(message.octets, message.header.order);
  auto decoder = message.decoder({}, {});
  giop::ReplyHeader header;
  if (!giop::decode_reply_header(decoder, header)) return std::nullopt;
  return header.request_id;
}

CallOutcome not_taken() { return {CallStatus::not_sent, {}, "the connection was closed"}; }

CallOutcome not_sent(const transport::IoResult& sent) {
  const bool late = sent.status == IoStatus::timeout;
  return {
      late ? CallStatus::timed_out_unsent : CallStatus::not_sent, {}, "sending: " + describe(sent)};
}

}  // namespace

OutgoingCalls::OutgoingCalls(const Limits& limits, transport::Reactor& reactor,
                             ClientCounters& counters, Outbox& outbox, std::uint32_t first_id)
    : limits_(limits),
      reactor_(reactor),
      counters_(counters),
      outbox_(outbox),
      next_id_(first_id),
      last_used_(SteadyClock::now().time_since_epoch().count()) {}

void OutgoingCalls::touch(SteadyClock::time_point now) noexcept {
  last_used_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
}

CORBEL_HOT bool OutgoingCalls::add(Pending& pending) {
  if (closed_.load(std::memory_order_relaxed)) return false;
  pending_.push_back(&pending);
  return true;
}

void OutgoingCalls::forget(const Pending& pending) { std::erase(pending_, &pending); }

CORBEL_HOT CallOutcome OutgoingCalls::call(const cdr::Encoder& request, std::uint32_t id,
                                           Deadline deadline, SteadyClock::time_point now) {
  CallOutcome outcome;
  Pending pending;
  pending.id = id;
  pending.version = request.encoding().version;
  pending.outcome = &outcome;
  {
    MutexLock lock(mutex_);
    if (!add(pending)) {
      outcome = not_taken();
      return outcome;
    }
    pending.leads = claim_reading();
  }
  touch(now);
  counters_.requests_sent.fetch_add(1, std::memory_order_relaxed);
  try {
    exchange(request, pending, deadline);
  } catch (...) {  // no memory
    {
      MutexLock lock(mutex_);
      forget(pending);
    }
    stop_leading(pending);
    throw;
  }
  return outcome;
}

CORBEL_HOT void OutgoingCalls::exchange(const cdr::Encoder& request, Pending& pending,
                                        Deadline deadline) {
  // The server may wait for us to read before it reads on.
  const auto sent = outbox_.send(request, deadline, [&] { stop_leading(pending); });
  transport::IoResult received;
  if (pending.leads && sent.status == IoStatus::ok) received = receive_claimed(deadline);
  MutexLock lock(mutex_);
  auto& outcome = *pending.outcome;
  if (sent.status != IoStatus::ok) {
    if (std::exchange(pending.leads, false)) yield_reading();
    forget(pending);
    // A reader may have seen the connection's end first; but what has not gone out has not run.
    if (pending.done && outcome.status == CallStatus::replied) return;
    lock.unlock();
    if (outbox_.is_broken()) close(describe(sent));
    outcome = not_sent(sent);
    return;
  }
  wait_for_reply(pending, deadline, received, lock);
  lock.unlock();
  if (outcome.status != CallStatus::replied) touch();
}

void OutgoingCalls::stop_leading(Pending& pending) noexcept {
  if (!std::exchange(pending.leads, false)) return;
  try {
    MutexLock lock(mutex_);
    yield_reading();
  } catch (const std::exception& error) {  // the reactor cannot be asked to read
    log::error("connection", peer(), ": replies may come late: ", error.what());
  }
}

void OutgoingCalls::wait_for_reply(Pending& pending, Deadline deadline, const transport::IoResult&,
                                   MutexLock& lock) {
  while (!pending.done) wait_for_reader(pending, deadline, lock);
}

void OutgoingCalls::wait_for_reader(Pending& pending, Deadline deadline, MutexLock& lock) {
  if (!pending.changed) pending.changed.emplace();
  if (!pending.changed->wait_until(lock, deadline.at()) && !pending.done && deadline.has_passed())
    give_up(pending);
}

CORBEL_HOT bool OutgoingCalls::take_reply(IncomingMessage& message, Completions& completions,
                                          std::string& failure) {
  const auto id = reply_id(message);
  if (!id) {
    failure = "unreadable message: no request id";
    return false;
  }
  suspect_.store(false, std::memory_order_relaxed);
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    Pending* const pending = pending_[i];
    if (pending->id != *id) continue;
    if (pending->outcome == nullptr) {
      finish(i, {CallStatus::replied, std::move(message), {}}, completions);
    } else {
      pending->outcome->status = CallStatus::replied;
      pending->outcome->reply = std::move(message);
      take_off(i);
    }
    return true;
  }
  // The answer to a call that was given up.
  counters_.unknown_replies.fetch_add(1, std::memory_order_relaxed);
  return true;
}

void OutgoingCalls::finish(std::size_t index, CallOutcome&& outcome, Completions& completions) {
  Pending* const pending = pending_[index];
  if (pending->outcome != nullptr) {
    *pending->outcome = std::move(outcome);
    return take_off(index);
  }
  completions.emplace_back();  // what may fail comes first
  completions.back() = {std::move(pending->waiter), std::move(outcome)};
  take_off(index);
  std::erase_if(async_, [pending](const auto& entry) { return entry.get() == pending; });
}

CORBEL_HOT void OutgoingCalls::take_off(std::size_t index) {
  Pending* const pending = pending_[index];
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(index));
  if (waiting_for_room_ != 0) room_.notify_all();
  pending->done = true;
  if (pending->changed) pending->changed->notify_one();
}

void OutgoingCalls::reject_reply(std::string_view why) {
  counters_.protocol_errors.fetch_add(1, std::memory_order_relaxed);
  close("unreadable reply: " + std::string(why));
}

void OutgoingCalls::end_calls(CallStatus status, const std::string& reason,
                              Completions& completions) {
  closed_.store(true, std::memory_order_release);
  while (!pending_.empty()) finish(pending_.size() - 1, {status, {}, reason}, completions);
  room_.notify_all();
}

CORBEL_HOT void OutgoingCalls::deliver(Completions& completions) noexcept {
  for (auto& completed : completions) {
    try {
      completed.waiter->on_outcome(std::move(completed.outcome));
    } catch (const std::exception& error) {
      log::error("connection", "the end of a call let an exception out: ", error.what());
    }
  }
  completions.clear();
}

void OutgoingCalls::give_up(Pending& pending) {
  forget(pending);
  suspect_.store(true, std::memory_order_relaxed);
  pending.outcome->status = CallStatus::timed_out;
  try {
    pending.outcome->reason = "no answer in time";
  } catch (const std::bad_alloc&) {  // then without; who waits after us must hear that we left
  }
  pending.done = true;
  mutex_.unlock();
  send_cancel(pending.id, pending.version);
  mutex_.lock();
}

// An old peer takes a newer version than its own for a violation.
void OutgoingCalls::send_cancel(std::uint32_t id, GiopVersion version) noexcept {
  try {
    cdr::Encoder message;
    giop::write_cancel_request(message, version, id);
    outbox_.send_or_queue(message);
  } catch (const std::exception& error) {
    log::debug("connection", peer(), ": CancelRequest not sent: ", error.what());
  }
}

CallOutcome OutgoingCalls::send(const cdr::Encoder& request, Deadline deadline) {
  if (is_closed()) return not_taken();
  counters_.requests_sent.fetch_add(1, std::memory_order_relaxed);
  const auto sent = outbox_.send(request, deadline);
  touch();
  if (sent.status == IoStatus::ok) return {CallStatus::replied, {}, {}};
  if (outbox_.is_broken()) close(describe(sent));
  return not_sent(sent);
}

void OutgoingCalls::start(const cdr::Encoder& request, std::uint32_t id, Deadline deadline,
                          std::shared_ptr<AsyncWaiter> waiter) {
  auto entry = std::make_unique<Pending>();
  entry->id = id;
  entry->version = request.encoding().version;
  entry->deadline = deadline;
  entry->waiter = waiter;
  {
    MutexLock lock(mutex_);
    schedule_sweep(deadline);
    if (!add(*entry)) {
      lock.unlock();
      waiter->on_outcome(not_taken());
      return;
    }
    try {
      async_.push_back(std::move(entry));
    } catch (...) {  // no memory; it still is ours
      forget(*entry);
      throw;
    }
  }
  counters_.requests_sent.fetch_add(1, std::memory_order_relaxed);
  const auto sent = outbox_.send_or_queue(request);
  if (sent.status != IoStatus::ok) {
    end_async(id, not_sent(sent));
    if (outbox_.is_broken()) close(describe(sent));
    return;
  }
  touch();
  expect_replies();
}

std::optional<GiopVersion> OutgoingCalls::end_async(std::uint32_t id, CallOutcome outcome) {
  Completions completions;
  std::optional<GiopVersion> version;
  {
    MutexLock lock(mutex_);
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      if (pending_[i]->id != id || !pending_[i]->waiter) continue;
      version = pending_[i]->version;
      finish(i, std::move(outcome), completions);
      break;
    }
  }
  deliver(completions);
  return version;
}

void OutgoingCalls::cancel(std::uint32_t id) {
  const auto version = end_async(id, {CallStatus::cancelled, {}, "cancelled by the caller"});
  if (version) send_cancel(id, *version);
}

bool OutgoingCalls::wait_for_room(Deadline deadline) {
  MutexLock lock(mutex_);
  while (pending_.size() >= limits_.own_requests_in_flight &&
         !closed_.load(std::memory_order_relaxed)) {
    ++waiting_for_room_;
    const bool woken = room_.wait_until(lock, deadline.at());
    --waiting_for_room_;
    if (!woken && deadline.has_passed()) return false;
  }
  return true;
}

void OutgoingCalls::schedule_sweep(Deadline deadline) {
  if (deadline.is_never() || next_sweep_ <= deadline) return;
  reactor_.call_at(deadline.at(), [self = weak_self()] {
    if (auto calls = self.lock()) calls->sweep();
  });
  next_sweep_ = deadline;
}

void OutgoingCalls::sweep() {
  Completions completions;
  std::vector<std::pair<std::uint32_t, GiopVersion>> expired;
  {
    MutexLock lock(mutex_);
    const auto now = SteadyClock::now();
    auto next = Deadline::never();
    for (std::size_t i = pending_.size(); i-- > 0;) {
      if (!pending_[i]->waiter) continue;
      if (pending_[i]->deadline.at() <= now) {
        expired.emplace_back(pending_[i]->id, pending_[i]->version);
        finish(i, {CallStatus::timed_out, {}, "no answer in time"}, completions);
      } else {
        next = earlier(next, pending_[i]->deadline);
      }
    }
    if (!expired.empty()) suspect_.store(true, std::memory_order_relaxed);
    if (next_sweep_.at() <= now) next_sweep_ = Deadline::never();
    schedule_sweep(next);
  }
  for (const auto& [id, version] : expired) send_cancel(id, version);
  deliver(completions);
}

std::size_t OutgoingCalls::outstanding() const {
  MutexLock lock(mutex_);
  return pending_.size();
}

}  // namespace corbel::connection
