#include <orb/transport/blocking_io.hpp>

#include <orb/base/hot.hpp>

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#if defined(__SANITIZE_THREAD__)
#define CORBEL_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CORBEL_THREAD_SANITIZER
#endif
#endif

namespace corbel::transport {

namespace {

// The kernel counts a socket timeout in ticks (up to 10 ms), and more coarsely the longer it is; a
// deadline this close is left to poll(), which is exact.
constexpr std::chrono::milliseconds kPollBelow{200};
// How far the kernel's timeout may be from the one wanted before it is set anew.
constexpr std::chrono::milliseconds kTimeoutSlack{10};
constexpr std::size_t kMaxPieces = 1024;  // IOV_MAX on Linux

IoResult failure(int error, std::size_t count) noexcept {
  if (error == EPIPE || error == ESHUTDOWN) return {IoStatus::closed, count, error};
  return {IoStatus::failed, count, error};
}

bool would_block(int error) noexcept { return error == EAGAIN || error == EWOULDBLOCK; }

// The C library's send() and recv() are cancellation points: two atomic operations around each
// system call. Nobody cancels our threads. (ThreadSanitizer has to see what the kernel writes.)
#if defined(__linux__) && defined(SYS_sendto) && defined(SYS_recvfrom) && \
    !defined(CORBEL_THREAD_SANITIZER)
ssize_t send_octets(int descriptor, const void* octets, std::size_t size, int flags) noexcept {
  return ::syscall(SYS_sendto, descriptor, octets, size, flags, nullptr, 0);
}
ssize_t receive_octets(int descriptor, void* octets, std::size_t size, int flags) noexcept {
  return ::syscall(SYS_recvfrom, descriptor, octets, size, flags, nullptr, nullptr);
}
#else
ssize_t send_octets(int descriptor, const void* octets, std::size_t size, int flags) noexcept {
  return ::send(descriptor, octets, size, flags);
}
ssize_t receive_octets(int descriptor, void* octets, std::size_t size, int flags) noexcept {
  return ::recv(descriptor, octets, size, flags);
}
#endif

ssize_t send_pieces(int descriptor, std::span<iovec> pieces) noexcept {
  constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
  // Nearly every message is in one piece, and the kernel has less to look at then.
  if (pieces.size() == 1)
    return send_octets(descriptor, pieces[0].iov_base, pieces[0].iov_len, kFlags);
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = std::min(pieces.size(), kMaxPieces);
  return ::sendmsg(descriptor, &message, kFlags);
}

/// Drops `count` octets from the front.
std::span<iovec> consume(std::span<iovec> pieces, std::size_t count) noexcept {
  while (!pieces.empty() && count >= pieces.front().iov_len) {
    count -= pieces.front().iov_len;
    pieces = pieces.subspan(1);
  }
  if (count != 0) {
    auto& piece = pieces.front();
    piece.iov_base = static_cast<char*>(piece.iov_base) + count;
    piece.iov_len -= count;
  }
  return pieces;
}

}  // namespace

std::string describe(const IoResult& result) {
  switch (result.status) {
    case IoStatus::ok:
      return "ok";
    case IoStatus::would_block:
      return "nothing to read yet";
    case IoStatus::timeout:
      return "no answer in time";
    case IoStatus::closed:
      return "closed by the peer";
    case IoStatus::failed:
      break;
  }
  return std::generic_category().message(result.error);
}

IoResult wait_for(int descriptor, short events, Deadline deadline) noexcept {
  for (;;) {
    pollfd entry{descriptor, events, 0};
    const int ready = ::poll(&entry, 1, deadline.poll_timeout_ms());
    if (ready > 0) return {};
    if (ready == 0) {
      if (deadline.has_passed()) return {IoStatus::timeout, 0, ETIMEDOUT};
    } else if (errno != EINTR) {
      return {IoStatus::failed, 0, errno};
    }
  }
}

SocketStream::SocketStream(int descriptor, std::string peer, std::string peer_host)
    : descriptor_(descriptor), peer_(std::move(peer)), peer_host_(std::move(peer_host)) {}

SocketStream::~SocketStream() { ::close(descriptor_); }

IoResult SocketStream::send(std::span<iovec> pieces, Deadline deadline) {
  std::size_t sent = 0;
  for (;;) {
    // The first try does not wait: a message nearly always fits into the socket's buffer.
    auto result = try_send(pieces);
    sent += result.count;
    result.count = sent;
    if (result.status != IoStatus::would_block) return result;
    pieces = consume(pieces, 0);
    // A peer that reads slowly makes poll() succeed again and again.
    if (deadline.has_passed()) return {IoStatus::timeout, sent, ETIMEDOUT};
    const auto ready = wait_for(descriptor_, POLLOUT, deadline);
    if (ready.status != IoStatus::ok) return {ready.status, sent, ready.error};
  }
}

CORBEL_HOT IoResult SocketStream::try_send(std::span<iovec> pieces) {
  std::size_t sent = 0;
  while (!pieces.empty()) {
    const ssize_t count = send_pieces(descriptor_, pieces);
    if (count < 0) {
      if (errno == EINTR) continue;
      if (would_block(errno)) return {IoStatus::would_block, sent, 0};
      return failure(errno, sent);
    }
    const auto went = static_cast<std::size_t>(count);
    sent += went;
    if (pieces.size() == 1 && went == pieces[0].iov_len) {  // nearly always
      pieces[0].iov_len = 0;
      break;
    }
    auto rest = consume(pieces, went);
    // What went is marked as gone, so that the caller can try again with the same pieces.
    for (auto& piece : pieces.first(pieces.size() - rest.size())) piece.iov_len = 0;
    pieces = rest;
  }
  return {IoStatus::ok, sent, 0};
}

CORBEL_HOT bool SocketStream::set_receive_timeout(std::chrono::nanoseconds timeout) noexcept {
  const auto difference =
      timeout > receive_timeout_ ? timeout - receive_timeout_ : receive_timeout_ - timeout;
  if (difference <= kTimeoutSlack && receive_timeout_.count() != 0) return true;
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(timeout).count();
  timeval value{};
  value.tv_sec = static_cast<time_t>(micros / 1'000'000);
  value.tv_usec = static_cast<suseconds_t>(micros % 1'000'000);
  if (::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value) != 0) return false;
  receive_timeout_ = timeout;
  return true;
}

CORBEL_HOT IoResult SocketStream::receive(std::span<std::byte> into, Deadline deadline,
                                          SteadyClock::time_point now) {
  for (;; now = SteadyClock::now()) {
    int flags = 0;
    if (deadline.is_never()) {
      if (receive_timeout_.count() != 0) set_receive_timeout(std::chrono::nanoseconds(0));
    } else {
      const auto remaining = deadline.remaining(now);
      if (remaining.count() <= 0) return {IoStatus::timeout, 0, ETIMEDOUT};
      // The kernel may be late by an eighth of the time it is given, so poll() waits for the rest.
      if (remaining < kPollBelow || !set_receive_timeout(remaining / 8 * 7)) {
        const auto ready = wait_for(descriptor_, POLLIN, deadline);
        if (ready.status != IoStatus::ok) return ready;
        flags = MSG_DONTWAIT;
      }
    }
    const ssize_t count = receive_octets(descriptor_, into.data(), into.size(), flags);
    if (count > 0) return {IoStatus::ok, static_cast<std::size_t>(count), 0};
    if (count == 0) return {IoStatus::closed, 0, 0};
    if (errno != EINTR && !would_block(errno)) return failure(errno, 0);
    if (shut_down_.load(std::memory_order_relaxed)) return {IoStatus::closed, 0, 0};
    // The kernel's part of the time is over, or somebody made the socket non-blocking: no loop.
    if (would_block(errno)) {
      const auto ready = wait_for(descriptor_, POLLIN, deadline);
      if (ready.status != IoStatus::ok) return ready;
    }
  }
}

IoResult SocketStream::try_receive(std::span<std::byte> into) {
  for (;;) {
    const ssize_t count = receive_octets(descriptor_, into.data(), into.size(), MSG_DONTWAIT);
    if (count > 0) return {IoStatus::ok, static_cast<std::size_t>(count), 0};
    if (count == 0) return {IoStatus::closed, 0, 0};
    if (would_block(errno)) return {IoStatus::would_block, 0, 0};
    if (errno != EINTR) return failure(errno, 0);
  }
}

bool SocketStream::is_readable() noexcept {
  char octet;
  const ssize_t count = ::recv(descriptor_, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
  return count >= 0 || (!would_block(errno) && errno != EINTR);
}

void SocketStream::shutdown() noexcept {
  shut_down_.store(true, std::memory_order_relaxed);
  ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace corbel::transport
