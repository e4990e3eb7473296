#pragma once

#include <corbel/stub/encoder.hpp>
#include <corbel/stub/function_ref.hpp>

#include <orb/base/limits.hpp>
#include <orb/base/mutex.hpp>
#include <orb/transport/stream.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <span>
#include <vector>

namespace corbel::connection {

/// The sending side of a connection: whole messages, one after the other, from any thread. A thread
/// that may wait sends; one that must not (a reactor) leaves what does not go at once in a queue.
/// Large messages go in fragments, see giop::FragmentedMessage.
class Outbox {
 public:
  /// `want_writable` asks for flush() to be called once the stream can take more.
  Outbox(transport::Stream& stream, const Limits& limits, std::function<void()> want_writable);

  /// Called, without a lock, before a send may wait; perhaps more than once.
  using BeforeWaiting = FunctionRef<void()>;
  /// Sends the message, waiting if need be. A failure is the end of this message only, unless
  /// is_broken() says that it was the stream's.
  transport::IoResult send(
      const cdr::Encoder& message, Deadline deadline, BeforeWaiting before_waiting = [] {});
  transport::IoResult send(std::span<const std::byte> octets, Deadline deadline);
  /// Sends or queues without waiting. `closed` or `failed` when the stream is gone; `failed` with
  /// ENOBUFS when the queue is full, or ENOMEM: that is the end of this message only.
  transport::IoResult send_or_queue(const cdr::Encoder& message);
  transport::IoResult send_or_queue(std::span<const std::byte> octets);

  /// Sends from the queue what goes without waiting. False when the stream is of no more use.
  bool flush();
  std::size_t queued() const;
  /// Part of a message is lost, or the stream is: nothing goes any more. Our own lack of time, room
  /// or memory, with nothing of the message sent, does not break it.
  bool is_broken() const;

 private:
  /// A message, or what is still to be sent of it.
  struct Queued {
    std::vector<std::byte> octets;
    std::size_t sent = 0;
    std::size_t size() const noexcept { return octets.size() - sent; }
  };

  transport::IoResult send(std::span<iovec> pieces, std::size_t size, Deadline deadline,
                           BeforeWaiting before_waiting);
  /// Waits until nobody writes. False when the deadline is first.
  bool wait_for_turn(Deadline deadline, MutexLock& lock) CORBEL_REQUIRES(mutex_);
  transport::IoResult send_or_queue(std::span<iovec> pieces);
  /// From the queue until it is empty or the stream takes no more; `deadline` null: without
  /// waiting.
  transport::IoResult send_queue(const Deadline* deadline) CORBEL_REQUIRES(mutex_);
  void end_writing() CORBEL_REQUIRES(mutex_);
  void give_up() CORBEL_REQUIRES(mutex_);
  bool enqueue(std::span<const iovec> pieces) CORBEL_REQUIRES(mutex_);

  transport::Stream& stream_;
  const std::size_t max_queued_;
  const std::size_t fragment_size_;
  const std::function<void()> want_writable_;
  mutable Mutex mutex_;
  Condition idle_;
  /// A thread is inside the stream's send; others wait for it or queue.
  bool writing_ CORBEL_GUARDED_BY(mutex_) = false;
  std::size_t waiting_ CORBEL_GUARDED_BY(mutex_) = 0;
  bool broken_ CORBEL_GUARDED_BY(mutex_) = false;
  std::deque<Queued> queue_ CORBEL_GUARDED_BY(mutex_);
  std::size_t queued_ CORBEL_GUARDED_BY(mutex_) = 0;
};

}  // namespace corbel::connection
