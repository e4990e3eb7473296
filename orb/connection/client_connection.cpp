#include <orb/connection/client_connection.hpp>

#include <orb/base/hot.hpp>
#include <orb/base/log.hpp>
#include <orb/connection/callback_receiver.hpp>
#include <orb/giop/control.hpp>

#include <cerrno>
#include <new>
#include <utility>

namespace corbel::connection {

using transport::IoStatus;

namespace {
// A connection used more recently than this is not asked whether the peer has closed it: that would
// cost every call a system call, and a hang-up is told anyway (on_hangup), only a little later.
constexpr std::chrono::milliseconds kFresh{1};
// The reactor reads this often in a row, then looks at its other connections.
constexpr int kReadsInARow = 64;

transport::IoResult out_of_memory() noexcept { return {IoStatus::failed, 0, ENOMEM}; }
}  // namespace

ClientConnection::ClientConnection(std::unique_ptr<transport::Stream> stream, const Limits& limits,
                                   transport::Reactor& reactor, ClientCounters& counters,
                                   CallbackOffer* offer)
    : OutgoingCalls(limits, reactor, counters, outbox_, 0),
      stream_(std::move(stream)),
      outbox_(*stream_, limits,
              [this] {
                MutexLock lock(mutex_);
                ensure_watch();
                watch_->when_writable();
              }),
      callbacks_(offer != nullptr ? std::make_unique<CallbackReceiver>(*this, *offer) : nullptr),
      reader_(limits) {
  listen_points_due_.store(callbacks_ != nullptr, std::memory_order_relaxed);
}

ClientConnection::~ClientConnection() {
  MutexLock lock(mutex_);
  if (watch_) watch_->stop();
}

std::shared_ptr<const std::vector<std::byte>> ClientConnection::listen_points() {
  auto points = callbacks_->offer().listen_points();
  // From now on: the server may use them before we know that it has them.
  if (points) callbacks_offered_.store(true, std::memory_order_release);
  return points;
}

CORBEL_HOT bool ClientConnection::claim_reading() {
  if (reading_) return false;
  reading_ = true;
  if (watch_ && async_.empty()) watch_->pause();
  return true;
}

void ClientConnection::yield_reading() {
  reading_ = false;
  hand_reading_over();
}

CORBEL_HOT void ClientConnection::wait_for_reply(Pending& pending, Deadline deadline,
                                                 const transport::IoResult& received,
                                                 MutexLock& lock) {
  pending.waits = true;
  auto status = pending.leads ? read_as_leader(pending, deadline, received) : IoStatus::ok;
  while (!pending.done) {
    if (status == IoStatus::timeout) {
      give_up(pending);
    } else if (claim_reading()) {
      pending.leads = true;
      mutex_.unlock();
      const auto more = receive_claimed(deadline);
      mutex_.lock();
      status = read_as_leader(pending, deadline, more);
    } else {
      wait_for_reader(pending, deadline, lock);
    }
  }
  if (!reading_) hand_reading_over();
}

// Goes on reading, after what was received, until the own reply is here; delivers everybody's on
// the way.
CORBEL_HOT IoStatus ClientConnection::read_as_leader(Pending& pending, Deadline deadline,
                                                     transport::IoResult received) {
  Arrivals arrivals;
  for (;;) {
    if (received.status == IoStatus::timeout) break;
    if (received.status != IoStatus::ok) {
      end(CallStatus::lost, describe(received), arrivals);
      break;
    }
    if (!take_messages(arrivals) || pending.done) break;
    mutex_.unlock();
    hand_on(arrivals);
    received = receive_claimed(deadline);
    mutex_.lock();
  }
  // Before anybody else reads: requests keep their order.
  if (!arrivals.empty()) {
    mutex_.unlock();
    hand_on(arrivals);
    mutex_.lock();
  }
  reading_ = false;
  pending.leads = false;
  return received.status;
}

CORBEL_HOT void ClientConnection::hand_reading_over() {
  // Not to one that is still sending: the server may wait for us to read before it reads on.
  for (auto* pending : pending_) {
    if (pending->waits && !pending->done) {
      if (pending->changed) pending->changed->notify_one();
      return;
    }
  }
  if (!async_.empty() || callbacks_offered_.load(std::memory_order_relaxed) || hung_up_.load())
    arm();
}

// False when the conversation is over.
CORBEL_HOT bool ClientConnection::take_messages(Arrivals& arrivals) {
  try {
    return take_complete_messages(arrivals);
  } catch (const std::bad_alloc&) {  // to join fragments: whoever waits must hear of it
    end(CallStatus::lost, "no memory", arrivals);
    return false;
  }
}

CORBEL_HOT bool ClientConnection::take_complete_messages(Arrivals& arrivals) {
  IncomingMessage message;
  for (;;) {
    if (closed_.load(std::memory_order_relaxed)) return false;
    switch (reader_.next(message)) {
      case MessageReader::Step::need_more:
        return true;
      case MessageReader::Step::broken: {
        counters_.protocol_errors.fetch_add(1, std::memory_order_relaxed);
        const auto what = "the peer does not speak GIOP: " + reader_.describe_error();
        log::warn("connection", peer(), ": ", what);
        end(CallStatus::lost, what, arrivals);
        return false;
      }
      case MessageReader::Step::message:
        take_message(message, arrivals);
    }
  }
}

CORBEL_HOT void ClientConnection::take_message(IncomingMessage& message, Arrivals& arrivals) {
  switch (message.header.type) {
    case giop::MessageType::reply:
    case giop::MessageType::locate_reply: {
      std::string failure;
      if (take_reply(message, arrivals.completions, failure)) return;
      counters_.protocol_errors.fetch_add(1, std::memory_order_relaxed);
      return end(CallStatus::lost, failure, arrivals);
    }
    case giop::MessageType::close_connection:
      return end(CallStatus::not_processed, "the server closed the connection in order", arrivals);
    case giop::MessageType::message_error:
      return end(CallStatus::lost,
                 "the server answered MessageError: it could not read a message of ours", arrivals);
    default:
      take_callback(message, arrivals);
  }
}

// A request, or what belongs to one. Only where we have said that we take any, only in GIOP 1.2,
// and with an id of the server's half (CORBA 3.3 part 2, 9.9).
void ClientConnection::take_callback(IncomingMessage& message, Arrivals& arrivals) {
  if (!callbacks_offered_.load(std::memory_order_acquire) ||
      message.header.version < giop::kHighestVersion)
    return protocol_error("a message that only a server receives", arrivals);
  auto decoder = message.decoder(code_sets, {});
  const auto id = decoder.read<std::uint32_t>();
  if (decoder.failed() || id % 2 == 0)
    return protocol_error("a request with an id of our own half", arrivals);
  if (message.header.type == giop::MessageType::cancel_request) {
    reader_.cancel(id);
    callbacks_->cancel(id);
    return;
  }
  arrivals.requests.push_back(std::move(message));
}

void ClientConnection::end(CallStatus status, const std::string& reason, Arrivals& arrivals) {
  end_calls(status, reason, arrivals.completions);
  stream_->shutdown();
}

void ClientConnection::protocol_error(const std::string& what, Arrivals& arrivals) {
  counters_.protocol_errors.fetch_add(1, std::memory_order_relaxed);
  log::warn("connection", peer(), ": ", what, "; answering MessageError and closing");
  arrivals.violation = true;  // answered without the lock, which the outbox may ask for
  end_calls(CallStatus::lost, what, arrivals.completions);
}

CORBEL_HOT transport::IoResult ClientConnection::receive_claimed(Deadline deadline) noexcept {
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

CORBEL_HOT void ClientConnection::hand_on(Arrivals& arrivals) noexcept {
  for (auto& request : arrivals.requests) callbacks_->take(std::move(request));
  arrivals.requests.clear();
  if (std::exchange(arrivals.violation, false)) {
    outbox_.send_or_queue(giop::message_error_message());
    stream_->shutdown();
  }
  deliver(arrivals.completions);
}

void ClientConnection::expect_replies() {
  MutexLock lock(mutex_);
  if (!reading_ && !async_.empty()) arm();
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
  Arrivals arrivals;
  MutexLock lock(mutex_);
  if (reading_ || closed_.load(std::memory_order_relaxed))
    return;  // a caller reads; it will hand over
  reading_ = true;
  for (int in_a_row = 0; take_messages(arrivals) && in_a_row < kReadsInARow; ++in_a_row) {
    const auto result = try_receive();
    if (result.status == IoStatus::ok) continue;
    if (result.status != IoStatus::would_block) end(CallStatus::lost, describe(result), arrivals);
    break;
  }
  lock.unlock();
  hand_on(arrivals);
  lock.lock();
  reading_ = false;
  hand_reading_over();
}

void ClientConnection::on_hangup() {
  hung_up_.store(true);
  on_readable();
}

void ClientConnection::on_writable() {
  if (!outbox_.flush()) close("sending failed");
}

CORBEL_HOT bool ClientConnection::is_hot(SteadyClock::time_point now) const noexcept {
  return now - last_used() < kFresh && !is_closed() && !is_suspect() && !hung_up_.load();
}

bool ClientConnection::check_usable() {
  if (is_closed()) return false;
  Arrivals arrivals;
  MutexLock lock(mutex_);
  const bool fresh = SteadyClock::now() - last_used() < kFresh && !hung_up_.load();
  if (reading_ || (fresh && !is_suspect())) return !is_suspect();
  // Nobody reads: what came meanwhile (CloseConnection, the end, a late reply) is still unseen.
  reading_ = true;
  for (int in_a_row = 0; in_a_row < kReadsInARow; ++in_a_row) {
    if (closed_.load(std::memory_order_relaxed) || !stream_->is_readable()) break;
    const auto result = try_receive();
    if (result.status == IoStatus::ok) {
      take_messages(arrivals);
    } else if (result.status != IoStatus::would_block) {
      end(CallStatus::lost, describe(result), arrivals);
    }
  }
  if (!arrivals.empty()) {
    lock.unlock();
    hand_on(arrivals);
    lock.lock();
  }
  reading_ = false;
  hand_reading_over();
  return !closed_.load(std::memory_order_relaxed) && !is_suspect();
}

void ClientConnection::close(const std::string& reason) {
  Arrivals arrivals;
  {
    MutexLock lock(mutex_);
    end(CallStatus::lost, reason, arrivals);
    if (watch_) watch_->stop();
  }
  hand_on(arrivals);
}

bool ClientConnection::is_idle() const {
  return outstanding() == 0 && !(callbacks_ && callbacks_->is_working());
}

void ClientConnection::close_in_order(const std::string& reason) {
  if (takes_callbacks() && !is_closed() && !callbacks_->is_working())
    outbox_.send_or_queue(giop::close_connection_message(giop::kHighestVersion));
  close(reason);
}

}  // namespace corbel::connection
