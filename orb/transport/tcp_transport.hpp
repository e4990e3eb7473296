#pragma once

#include <orb/transport/transport.hpp>

namespace corbel::transport {

class Reactor;

/// TCP over IPv4 and IPv6. Names are resolved by `reactor`, which also accepts connections.
/// On every socket: no delay (requests are small and waited for), keep-alive, close-on-exec.
class TcpTransport final : public Transport {
 public:
  explicit TcpTransport(Reactor& reactor) : reactor_(reactor) {}

  /// Tries every address of the host in turn until one accepts or the deadline passes.
  ConnectResult connect(const Endpoint& endpoint, Deadline deadline) override;
  std::unique_ptr<Listener> listen(const Endpoint& endpoint) override;

 private:
  Reactor& reactor_;
};

}  // namespace corbel::transport
