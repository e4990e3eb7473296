#include <orb/connection/callback_channel.hpp>

#include <orb/connection/server_connection.hpp>

namespace corbel::connection {

CallbackChannel::CallbackChannel(ServerConnection& connection, Outbox& outbox, const Limits& limits,
                                 transport::Reactor& reactor, ClientCounters& counters)
    : OutgoingCalls(limits, reactor, counters, outbox, 1), connection_(connection) {}

void CallbackChannel::close(const std::string& reason) { connection_.close(reason); }

const std::string& CallbackChannel::peer() const noexcept { return connection_.peer(); }

const std::shared_ptr<detail::ReferenceOrigin>* CallbackChannel::reference_origin() const noexcept {
  return connection_.reference_origin();
}

bool CallbackChannel::take(IncomingMessage& message, std::string& failure) {
  Completions completions;
  bool readable = false;
  {
    MutexLock lock(mutex_);
    readable = take_reply(message, completions, failure);
  }
  deliver(completions);
  return readable;
}

void CallbackChannel::end(CallStatus status, const std::string& reason) {
  Completions completions;
  {
    MutexLock lock(mutex_);
    end_calls(status, reason, completions);
  }
  deliver(completions);
}

void CallbackChannel::choose_code_sets(const ior::TransmissionCodeSets* chosen,
                                       const ior::TransmissionCodeSets& negotiated) {
  MutexLock lock(mutex_);
  if (code_sets_chosen_) return;
  code_sets_chosen_ = true;
  code_sets = chosen != nullptr ? *chosen : negotiated;
  code_sets_sent.store(chosen != nullptr, std::memory_order_relaxed);
}

void CallbackChannel::wait_for_reply(Pending& pending, Deadline deadline,
                                     const transport::IoResult& received, MutexLock& lock) {
  mutex_.unlock();
  try {
    connection_.keep_reading();
  } catch (...) {  // no memory, no thread
    mutex_.lock();
    throw;
  }
  mutex_.lock();
  OutgoingCalls::wait_for_reply(pending, deadline, received, lock);
}

void CallbackChannel::expect_replies() { connection_.keep_reading(); }

std::weak_ptr<OutgoingCalls> CallbackChannel::weak_self() {
  return std::shared_ptr<OutgoingCalls>(connection_.shared_from_this(), this);
}

}  // namespace corbel::connection
