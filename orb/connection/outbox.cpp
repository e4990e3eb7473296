#include <orb/connection/outbox.hpp>

#include <orb/base/hot.hpp>
#include <orb/giop/fragmented_message.hpp>

#include <cerrno>
#include <new>
#include <optional>
#include <utility>

namespace corbel::connection {

using transport::IoResult;
using transport::IoStatus;

namespace {

// A message up to this size that goes without waiting is sent under the lock: that costs less than
// to say that somebody is writing, and others could not write meanwhile either.
constexpr std::size_t kSentUnderLock = 16 * 1024;

iovec piece_of(std::span<const std::byte> octets) noexcept {
  return {const_cast<std::byte*>(octets.data()), octets.size()};
}

/// A message that is not in one piece: it refers to octets elsewhere, or goes in fragments.
struct Scattered {
  Scattered(const cdr::Encoder& message, std::size_t fragment_size) : size(message.size()) {
    std::vector<std::span<const std::byte>> whole;
    if (giop::FragmentedMessage::concerns(message, fragment_size)) {
      fragments.emplace(message, fragment_size);
      size = fragments->size();
    } else {
      message.segments(whole);
    }
    const auto& segments = fragments ? fragments->pieces() : whole;
    pieces.reserve(segments.size());
    for (const auto& segment : segments) pieces.push_back(piece_of(segment));
  }

  std::optional<giop::FragmentedMessage> fragments;  // has their headers
  std::vector<iovec> pieces;
  std::size_t size;
};

/// Our own lack of time, room or memory, with nothing of the message sent, is the end of that
/// message only.
bool leaves_stream_whole(const IoResult& result) noexcept {
  const bool ours = result.status == IoStatus::ok || result.status == IoStatus::timeout ||
                    result.error == ENOMEM || result.error == ENOBUFS;
  return ours && result.count == 0;
}

bool is_scattered(const cdr::Encoder& message, std::size_t fragment_size) {
  return message.has_external() || giop::FragmentedMessage::concerns(message, fragment_size);
}

}  // namespace

Outbox::Outbox(transport::Stream& stream, const Limits& limits, std::function<void()> want_writable)
    : stream_(stream),
      max_queued_(limits.message_size),
      fragment_size_(limits.fragment_size),
      want_writable_(std::move(want_writable)) {}

CORBEL_HOT IoResult Outbox::send(const cdr::Encoder& message, Deadline deadline,
                                 BeforeWaiting before_waiting) {
  if (!is_scattered(message, fragment_size_)) {
    iovec piece = piece_of(message.octets());
    return send(std::span(&piece, 1), piece.iov_len, deadline, before_waiting);
  }
  std::optional<Scattered> scattered;
  try {
    scattered.emplace(message, fragment_size_);
  } catch (const std::bad_alloc&) {
    return {IoStatus::failed, 0, ENOMEM};
  }
  return send(std::span(scattered->pieces), scattered->size, deadline, before_waiting);
}

CORBEL_HOT IoResult Outbox::send(std::span<const std::byte> octets, Deadline deadline) {
  iovec piece = piece_of(octets);
  return send(std::span(&piece, 1), octets.size(), deadline, [] {});
}

IoResult Outbox::send_or_queue(const cdr::Encoder& message) {
  if (!is_scattered(message, fragment_size_)) return send_or_queue(message.octets());
  Scattered scattered(message, fragment_size_);
  return send_or_queue(std::span(scattered.pieces));
}

IoResult Outbox::send_or_queue(std::span<const std::byte> octets) {
  iovec piece = piece_of(octets);
  return send_or_queue(std::span(&piece, 1));
}

CORBEL_HOT IoResult Outbox::send(std::span<iovec> pieces, std::size_t size, Deadline deadline,
                                 BeforeWaiting before_waiting) {
  MutexLock lock(mutex_);
  IoResult result;
  if (!writing_ && queue_.empty() && size <= kSentUnderLock) {
    if (broken_) return {IoStatus::closed, 0, 0};
    result = stream_.try_send(pieces);
    if (result.status == IoStatus::ok) return result;
    writing_ = true;
  } else {
    lock.unlock();
    before_waiting();
    lock.lock();
    if (!wait_for_turn(deadline, lock)) return {IoStatus::timeout, 0, ETIMEDOUT};
    if (broken_) return {IoStatus::closed, 0, 0};
    writing_ = true;
    result = send_queue(&deadline);
  }
  if (result.status == IoStatus::ok || result.status == IoStatus::would_block) {
    const auto sent = result.count;
    lock.unlock();
    before_waiting();
    result = stream_.send(pieces, deadline);
    lock.lock();
    result.count += sent;
  }
  if (result.count != size && !leaves_stream_whole(result)) give_up();
  end_writing();
  return result;
}

bool Outbox::wait_for_turn(Deadline deadline, MutexLock& lock) {
  ++waiting_;
  // Who was woken takes the turn even if his time is over: the wake-up must not be lost.
  while (writing_ && !deadline.has_passed()) idle_.wait_until(lock, deadline.at());
  --waiting_;
  return !writing_;
}

IoResult Outbox::send_or_queue(std::span<iovec> pieces) {
  MutexLock lock(mutex_);
  if (broken_) return {IoStatus::closed, 0, 0};
  if (writing_ || !queue_.empty()) {
    if (!enqueue(pieces)) return {IoStatus::failed, 0, ENOBUFS};
    return {};
  }
  writing_ = true;
  lock.unlock();
  auto result = stream_.try_send(pieces);
  lock.lock();
  if (result.status == IoStatus::would_block) {
    // try_send has marked what went; a message once begun is queued whatever its size.
    std::vector<std::byte> rest;
    for (const auto& piece : pieces) {
      const auto* from = static_cast<const std::byte*>(piece.iov_base);
      rest.insert(rest.end(), from, from + piece.iov_len);
    }
    queued_ += rest.size();
    queue_.push_front({std::move(rest)});
    result = {};
  } else if (result.status != IoStatus::ok && !leaves_stream_whole(result)) {
    give_up();
  }
  end_writing();
  return result;
}

bool Outbox::enqueue(std::span<const iovec> pieces) {
  std::size_t size = 0;
  for (const auto& piece : pieces) size += piece.iov_len;
  if (queued_ + size > max_queued_) return false;
  std::vector<std::byte> octets;
  octets.reserve(size);
  for (const auto& piece : pieces) {
    const auto* from = static_cast<const std::byte*>(piece.iov_base);
    octets.insert(octets.end(), from, from + piece.iov_len);
  }
  queued_ += size;
  queue_.push_back({std::move(octets)});
  return true;
}

IoResult Outbox::send_queue(const Deadline* deadline) {
  IoResult result;
  while (!queue_.empty() && result.status == IoStatus::ok) {
    auto message = std::move(queue_.front());
    queue_.pop_front();
    queued_ -= message.size();
    mutex_.unlock();
    iovec piece = piece_of(std::span(message.octets).subspan(message.sent));
    result = deadline != nullptr ? stream_.send(std::span(&piece, 1), *deadline)
                                 : stream_.try_send(std::span(&piece, 1));
    mutex_.lock();
    message.sent += result.count;
    result.count = 0;
    if (result.status == IoStatus::would_block || result.status == IoStatus::timeout) {
      queued_ += message.size();
      queue_.push_front(std::move(message));
    } else if (result.status != IoStatus::ok) {
      give_up();
    }
  }
  return result;
}

bool Outbox::flush() {
  MutexLock lock(mutex_);
  if (writing_) return !broken_;  // that thread takes care of the queue
  if (broken_) return false;
  writing_ = true;
  send_queue(nullptr);
  end_writing();
  return !broken_;
}

// Part of a message is lost: nothing can follow it.
void Outbox::give_up() {
  broken_ = true;
  queue_.clear();
  queued_ = 0;
}

void Outbox::end_writing() {
  writing_ = false;
  if (broken_) {
    idle_.notify_all();
  } else {
    if (waiting_ != 0) idle_.notify_one();
    if (!queue_.empty()) want_writable_();
  }
}

bool Outbox::is_broken() const {
  MutexLock lock(mutex_);
  return broken_;
}

std::size_t Outbox::queued() const {
  MutexLock lock(mutex_);
  return queued_;
}

}  // namespace corbel::connection
