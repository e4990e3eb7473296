#pragma once

#include <corbel/reference.hpp>

#include <orb/base/clock.hpp>
#include <orb/transport/stream.hpp>

#include <functional>
#include <memory>
#include <string>

namespace corbel::transport {

/// What a connection attempt came to: a stream, or why not.
struct ConnectResult {
  std::unique_ptr<Stream> stream;
  bool timed_out = false;
  bool refused = false;  ///< the host is there, nobody listens
  std::string error;     ///< "refused", "no route to host", "no such host"
};

/// Accepts connections until destroyed or stopped.
class Listener {
 public:
  using OnAccept = std::function<void(std::unique_ptr<Stream>)>;
  virtual ~Listener() = default;
  /// Where peers reach it: the chosen port filled in.
  virtual const Endpoint& endpoint() const noexcept = 0;
  /// Calls `on_accept` for each connection, on a thread of the transport.
  virtual void start(OnAccept on_accept) = 0;
  virtual void stop() = 0;
};

/// A way to reach endpoints: TCP, or memory for tests.
/// Threads: any.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual ConnectResult connect(const Endpoint& endpoint, Deadline deadline) = 0;
  /// Throws Initialize saying what is wrong with the address.
  virtual std::unique_ptr<Listener> listen(const Endpoint& endpoint) = 0;
};

}  // namespace corbel::transport
