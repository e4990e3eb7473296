#include <orb/connection/callback_receiver.hpp>

#include <orb/base/log.hpp>
#include <orb/connection/client_connection.hpp>
#include <orb/connection/patience.hpp>

#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {
thread_local const CallbackReceiver* own_receiver = nullptr;
}

/// Marks the thread as the connection's own and watches its waits.
class CallbackReceiver::ThreadScope final : public WaitObserver {
 public:
  ThreadScope(CallbackReceiver& receiver, OwnThread& thread)
      : receiver_(receiver), thread_(thread), scope_(*this) {
    own_receiver = &receiver;
  }
  ~ThreadScope() override { own_receiver = nullptr; }
  void will_wait() override { receiver_.leave(thread_); }
  void did_wait() override {}

 private:
  CallbackReceiver& receiver_;
  OwnThread& thread_;
  ObserverScope scope_;
};

CallbackReceiver::CallbackReceiver(ClientConnection& connection, CallbackOffer& offer)
    : connection_(connection), offer_(offer) {}

CallbackReceiver::~CallbackReceiver() = default;

// Shares the connection: as long as a request is in work there is somewhere to answer to.
std::shared_ptr<ReplyChannel> CallbackReceiver::self() {
  return {connection_.shared_from_this(), this};
}

void CallbackReceiver::take(IncomingMessage message) noexcept {
  try {
    if (message.header.type == giop::MessageType::locate_request)
      return offer_.handler().handle_locate_request(self(), message);
    bool flooded = false;
    {
      MutexLock lock(mutex_);
      flooded = held_.size() >= connection_.limits_.buffered_oneways;
      if (holding_ && !flooded) {
        held_.push_back(std::move(message));
        return;
      }
    }
    if (hand_over(message, flooded)) return;
    MutexLock lock(mutex_);
    held_.push_back(std::move(message));
    holding_ = true;
    held_since_ = SteadyClock::now();
    retry_held_later();
  } catch (const std::exception& error) {
    connection_.close(std::string("a request could not be taken: ") + error.what());
  }
}

// False when the message, a one-way request, finds no room.
bool CallbackReceiver::hand_over(IncomingMessage& message, bool last_try) {
  const auto in_work = in_work_.fetch_add(1, std::memory_order_relaxed);
  const auto verdict = in_work >= connection_.limits_.requests_in_flight
                           ? offer_.handler().refuse_request(
                                 self(), message, "too many requests in work on this connection")
                           : offer_.handler().handle_request(self(), message, false, last_try);
  if (verdict == Verdict::needs_own_thread) enqueue(std::move(message));
  if (verdict != Verdict::hold_back) return true;
  in_work_.fetch_sub(1, std::memory_order_relaxed);
  if (last_try) log::info("connection", peer(), ": no room for a one-way request; dropped");
  return last_try;
}

void CallbackReceiver::retry_held_later() {
  connection_.reactor_.call_at(SteadyClock::now() + kHoldRetry,
                               [this, weak = connection_.weak_from_this()] {
                                 if (const auto connection = weak.lock()) retry_held();
                               });
}

void CallbackReceiver::retry_held() {
  for (;;) {
    IncomingMessage message;
    bool last_try = false;
    {
      MutexLock lock(mutex_);
      if (held_.empty() || connection_.is_closed()) {
        holding_ = false;
        held_.clear();
        return;
      }
      message = std::move(held_.front());
      held_.pop_front();
      last_try = SteadyClock::now() - held_since_ > kHoldAtMost;
    }
    const bool done = hand_over(message, last_try);
    MutexLock lock(mutex_);
    if (!done) {
      held_.push_front(std::move(message));
      return retry_held_later();
    }
    held_since_ = SteadyClock::now();
  }
}

// --- with a thread of the connection's own ---

void CallbackReceiver::enqueue(IncomingMessage message) {
  {
    MutexLock lock(mutex_);
    line_.push_back(std::move(message));
    if (at_line_) return look_later();
    if (start_thread()) return;
  }
  refuse_line();
}

bool CallbackReceiver::start_thread() {
  const bool is_spare = threads_ != 0;
  auto& spare = offer_.spare_threads();
  if (is_spare && spare.fetch_add(1) >= offer_.handler().spare_threads()) {
    spare.fetch_sub(1);
    return false;
  }
  auto thread = std::make_shared<OwnThread>();
  at_line_ = thread;
  ++threads_;
  if (offer_.threads().run(
          [this, connection = connection_.shared_from_this(), thread] { serve(thread); }))
    return true;
  at_line_.reset();
  --threads_;
  if (is_spare) spare.fetch_sub(1);
  return false;
}

void CallbackReceiver::serve(const std::shared_ptr<OwnThread>& thread) {
  const ThreadScope scope(*this, *thread);
  MutexLock lock(mutex_);
  while (!line_.empty() && (at_line_ == thread || !at_line_)) {
    at_line_ = thread;
    auto message = std::move(line_.front());
    line_.pop_front();
    thread->upcall_since = SteadyClock::now();
    lock.unlock();
    offer_.handler().handle_request(self(), message, true, true);
    message = {};
    lock.lock();
  }
  if (at_line_ == thread) at_line_.reset();
  if (--threads_ != 0) offer_.spare_threads().fetch_sub(1);
}

// The thread's upcall waits for a call of its own.
void CallbackReceiver::leave(const OwnThread& thread) {
  {
    MutexLock lock(mutex_);
    if (at_line_.get() != &thread) return;
    at_line_.reset();
    if (line_.empty() || start_thread()) return;
  }
  refuse_line();
}

void CallbackReceiver::look_later() {
  if (std::exchange(looking_, true)) return;
  connection_.reactor_.call_at(SteadyClock::now() + kLongUpcall,
                               [this, weak = connection_.weak_from_this()] {
                                 if (const auto connection = weak.lock()) look_for_long_upcall();
                               });
}

void CallbackReceiver::look_for_long_upcall() {
  {
    MutexLock lock(mutex_);
    looking_ = false;
    if (line_.empty()) return;
    if (at_line_ && SteadyClock::now() - at_line_->upcall_since < kLongUpcall) return look_later();
    if (start_thread()) return;
  }
  refuse_line();
}

void CallbackReceiver::refuse_line() {
  for (;;) {
    IncomingMessage message;
    {
      MutexLock lock(mutex_);
      if (line_.empty()) return;
      message = std::move(line_.front());
      line_.pop_front();
    }
    if (offer_.handler().refuse_request(self(), message, "no spare thread for this connection") ==
        Verdict::taken)
      continue;
    MutexLock lock(mutex_);  // one-way: it waits
    line_.push_front(std::move(message));
    return look_later();
  }
}

// --- ReplyChannel ---

void CallbackReceiver::send_reply(const cdr::Encoder& message, std::uint32_t) {
  if (connection_.is_closed()) return;
  auto& outbox = connection_.outbox_;
  const auto result = own_receiver == this
                          ? outbox.send(message, time_to_send(message.size(), connection_.limits_))
                          : outbox.send_or_queue(message);
  if (result.status != IoStatus::ok)
    connection_.close("a reply could not be sent: " + describe(result));
}

void CallbackReceiver::request_done(std::uint32_t request_id) noexcept {
  in_work_.fetch_sub(1, std::memory_order_relaxed);
  cancelled_.remove(request_id);
}

bool CallbackReceiver::is_cancelled(std::uint32_t request_id) const noexcept {
  return connection_.is_closed() || cancelled_.contains(request_id);
}

const std::string& CallbackReceiver::peer() const noexcept { return connection_.peer(); }

ior::TransmissionCodeSets CallbackReceiver::code_sets() const noexcept {
  return code_sets_.is_set() ? code_sets_.load() : connection_.code_sets;
}

void CallbackReceiver::set_code_sets(const ior::TransmissionCodeSets& code_sets) noexcept {
  code_sets_.store(code_sets);
}

}  // namespace corbel::connection
