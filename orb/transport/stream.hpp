#pragma once

#include <orb/base/clock.hpp>

#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace corbel::transport {

enum class IoStatus : std::uint8_t {
  ok,
  would_block,  ///< nothing to be had without waiting (try_ members only)
  timeout,      ///< the deadline passed first
  closed,       ///< the peer has closed, or shutdown() was called
  failed,       ///< anything else; error says what (errno)
};

struct IoResult {
  IoStatus status = IoStatus::ok;
  std::size_t count = 0;  ///< octets moved, also when the status is not ok
  int error = 0;
};

/// "connection reset by peer", "closed by the peer", ...
std::string describe(const IoResult& result);

/// A connected byte stream.
/// Threads: one may send while another receives; shutdown() from any.
class Stream {
 public:
  virtual ~Stream() = default;

  /// Sends all octets, waiting if need be; `pieces` is used up. On failure count tells how many
  /// went.
  virtual IoResult send(std::span<iovec> pieces, Deadline deadline) = 0;
  /// Sends what goes without waiting; may be part of it. `pieces` is used up.
  virtual IoResult try_send(std::span<iovec> pieces) = 0;
  /// Waits for at least one octet. `now` need not be exact: who has just read the clock saves
  /// reading it again, and waits as much longer as it is old.
  virtual IoResult receive(std::span<std::byte> into, Deadline deadline,
                           SteadyClock::time_point now) = 0;
  IoResult receive(std::span<std::byte> into, Deadline deadline) {
    return receive(into, deadline,
                   deadline.is_never() ? SteadyClock::time_point() : SteadyClock::now());
  }
  virtual IoResult try_receive(std::span<std::byte> into) = 0;
  /// True if a receive would not wait: octets, end or an error are there.
  virtual bool is_readable() noexcept = 0;
  /// Ends both directions; threads that wait in send or receive return `closed`.
  virtual void shutdown() noexcept = 0;

  /// For the reactor.
  virtual int native_handle() const noexcept = 0;
  /// "127.0.0.1:40312"
  virtual const std::string& peer() const noexcept = 0;
  /// The peer's address without port, for limits; empty: unlimited (loopback, in-process).
  virtual const std::string& peer_host() const noexcept = 0;
};

}  // namespace corbel::transport
