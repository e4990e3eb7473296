#pragma once

#include <orb/transport/stream.hpp>

#include <atomic>
#include <chrono>
#include <string>

namespace corbel::transport {

/// A stream on a socket in blocking mode. A wait costs no poll() as long as its deadline is that of
/// the wait before: the kernel keeps it (SO_RCVTIMEO). Asio's own blocking calls cannot do that, so
/// this file makes the system calls itself.
class SocketStream final : public Stream {
 public:
  /// Takes over the descriptor.
  SocketStream(int descriptor, std::string peer, std::string peer_host);
  ~SocketStream() override;
  SocketStream(const SocketStream&) = delete;
  SocketStream& operator=(const SocketStream&) = delete;

  IoResult send(std::span<iovec> pieces, Deadline deadline) override;
  IoResult try_send(std::span<iovec> pieces) override;
  using Stream::receive;
  IoResult receive(std::span<std::byte> into, Deadline deadline,
                   SteadyClock::time_point now) override;
  IoResult try_receive(std::span<std::byte> into) override;
  bool is_readable() noexcept override;
  void shutdown() noexcept override;
  int native_handle() const noexcept override { return descriptor_; }
  const std::string& peer() const noexcept override { return peer_; }
  const std::string& peer_host() const noexcept override { return peer_host_; }

 private:
  bool set_receive_timeout(std::chrono::nanoseconds timeout) noexcept;

  const int descriptor_;
  const std::string peer_;
  const std::string peer_host_;
  std::atomic<bool> shut_down_{false};
  std::chrono::nanoseconds receive_timeout_{
      0};  // as set in the kernel; 0: none. The receiver's own.
};

/// poll() for one descriptor until the deadline. ok, timeout or failed.
IoResult wait_for(int descriptor, short events, Deadline deadline) noexcept;

}  // namespace corbel::transport
