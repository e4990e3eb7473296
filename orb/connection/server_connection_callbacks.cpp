#include <orb/base/hot.hpp>
#include <orb/base/log.hpp>
#include <orb/connection/server_connection.hpp>
#include <orb/giop/listen_points.hpp>

#include <algorithm>
#include <utility>

// The server as caller: requests back to the client over the client's own connection.
namespace corbel::connection {

using transport::IoStatus;

namespace {
// A host has a few addresses; a peer that claims more than this is not believed beyond it.
constexpr std::size_t kListenPointsKept = 64;
// A thread that reads aside looks this often whether anybody still waits for a reply.
constexpr std::chrono::milliseconds kLookAround{50};
}  // namespace

bool ServerConnection::take_listen_points(std::span<const std::byte> context) {
  if (!environment_.callbacks || is_closed()) return true;
  auto points = giop::decode_listen_points(context, kListenPointsKept);
  if (!points) return false;
  std::vector<Endpoint> fresh;
  {
    MutexLock lock(mutex_);
    for (auto& point : *points) {
      const auto known = std::find(listen_points_.begin(), listen_points_.end(), point);
      if (known != listen_points_.end() || listen_points_.size() >= kListenPointsKept) continue;
      listen_points_.push_back(point);
      fresh.push_back(std::move(point));
    }
    if (!bidirectional_.load(std::memory_order_relaxed)) {
      callbacks_ =
          std::make_unique<CallbackChannel>(*this, outbox_, environment_.limits,
                                            environment_.reactor, environment_.callback_counters);
      origin_ = environment_.callbacks->origin_for(shared_from_this());
      bidirectional_.store(true, std::memory_order_release);
    }
  }
  if (fresh.empty()) return true;
  environment_.callbacks->add(shared_from_this(), fresh);
  if (is_closed()) end_callbacks(CallStatus::lost, "closed");
  return true;
}

CORBEL_HOT const std::shared_ptr<detail::ReferenceOrigin>* ServerConnection::reference_origin()
    const noexcept {
  return bidirectional_.load(std::memory_order_acquire) ? &origin_ : nullptr;
}

bool ServerConnection::claims(const Endpoint& endpoint) const {
  MutexLock lock(mutex_);
  return std::find(listen_points_.begin(), listen_points_.end(), endpoint) != listen_points_.end();
}

std::shared_ptr<OutgoingCalls> ServerConnection::way_back(
    const ior::TransmissionCodeSets& code_sets) {
  if (!bidirectional_.load(std::memory_order_acquire) || is_closed()) return nullptr;
  const auto chosen = code_sets_.load();
  callbacks_->choose_code_sets(code_sets_.is_set() ? &chosen : nullptr, code_sets);
  return {shared_from_this(), callbacks_.get()};
}

// The client's requests have even ids, our own have odd ones: fragments of both directions could
// not be told apart otherwise.
CORBEL_HOT bool ServerConnection::has_right_id(const IncomingMessage& message) {
  if (!bidirectional_.load(std::memory_order_relaxed)) return true;
  const auto type = message.header.type;
  const bool asks = type == giop::MessageType::request ||
                    type == giop::MessageType::locate_request ||
                    type == giop::MessageType::cancel_request;
  if (!asks || message.header.version < giop::kHighestVersion) return true;
  auto decoder = message.decoder({}, {});
  if (decoder.read<std::uint32_t>() % 2 == 0) return true;
  protocol_error("a request with an id of the server's half");
  return false;
}

void ServerConnection::take_reply(IncomingMessage& message) {
  if (!bidirectional_.load(std::memory_order_acquire))
    return protocol_error("a message that only a client receives");
  std::string failure;
  if (!callbacks_->take(message, failure)) protocol_error(failure);
}

// Somebody waits for a reply, or holds a reference that came this way.
bool ServerConnection::is_called_back() const noexcept {
  if (!bidirectional_.load(std::memory_order_acquire)) return false;
  return origin_.use_count() > 1 || callbacks_->outstanding() != 0;
}

void ServerConnection::end_callbacks(CallStatus status, const std::string& reason) {
  if (!bidirectional_.load(std::memory_order_acquire)) return;
  callbacks_->end(status, reason);
  std::vector<Endpoint> points;
  {
    MutexLock lock(mutex_);
    points = listen_points_;
  }
  environment_.callbacks->remove(*this, points);
}

// --- reading while the reactor or the connection's thread is in an upcall ---

void ServerConnection::keep_reading() {
  const bool on_reactor = environment_.reactor.is_current();
  {
    MutexLock lock(mutex_);
    if (reading_ == Reader::thread) {
      if (!own_thread_ || !take_reading_away(*own_thread_)) return;  // it reads
      if (!on_reactor) return read_on_posted();
    }
    if (reading_ != Reader::reactor || !on_reactor) return;
    // The reactor's thread makes the call, in an upcall of its own: it cannot read as well.
    reading_ = Reader::aside;
  }
  if (environment_.threads.run([self = shared_from_this()] { self->read_aside(); })) return;
  MutexLock lock(mutex_);
  reading_ = Reader::reactor;
}

void ServerConnection::read_aside() {
  try {
    while (take_aside()) {
      MutexLock lock(mutex_);
      if (callbacks_->outstanding() != 0) continue;
      reading_ = Reader::reactor;
      return read_on_posted();
    }
  } catch (const std::exception& error) {
    close(error.what());
  }
}

// Takes replies; requests wait for their own reader. False when the connection is over.
bool ServerConnection::take_aside() {
  IncomingMessage message;
  switch (reader_.next(message)) {
    case MessageReader::Step::message:
      if (message.header.type == giop::MessageType::request ||
          message.header.type == giop::MessageType::locate_request) {
        defer(message);
      } else {
        take_control(message);
      }
      return !is_closed();
    case MessageReader::Step::broken:
      protocol_error(reader_.describe_error());
      return false;
    case MessageReader::Step::need_more:
      break;
  }
  const auto result = stream_->receive(reader_.space(), Deadline::after(kLookAround));
  if (result.status == IoStatus::ok) {
    reader_.received(result.count);
    touch();
  } else if (result.status != IoStatus::timeout) {
    close(describe(result));
  }
  return !is_closed();
}

void ServerConnection::defer(IncomingMessage& message) {
  {
    MutexLock lock(mutex_);
    if (deferred_.size() < environment_.limits.buffered_oneways) {
      deferred_.push_back(std::move(message));
      any_deferred_.store(true, std::memory_order_relaxed);
      return;
    }
  }
  in_work_.fetch_add(1, std::memory_order_relaxed);  // request_done() counts it down
  if (environment_.handler.refuse_request(
          shared_from_this(), message, "too many requests while an upcall waits") == Verdict::taken)
    return;
  leave_work();
  log::info("connection", peer(), ": too many one-way requests while an upcall waits; one dropped");
}

}  // namespace corbel::connection
