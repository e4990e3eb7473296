#pragma once

#include <orb/base/mutex.hpp>
#include <orb/transport/transport.hpp>

#include <map>
#include <memory>
#include <utility>

namespace corbel::transport {

/// A connected pair within the process. A pair of sockets that no address leads to carries it, so
/// the reactor can wait for it as for any other stream.
std::pair<std::unique_ptr<Stream>, std::unique_ptr<Stream>> make_memory_pair();

/// Endpoints that exist only inside this process, for tests: host and port are just names. Share
/// one among the Orbs that are to reach each other.
class MemoryTransport final : public Transport {
 public:
  MemoryTransport();
  ConnectResult connect(const Endpoint& endpoint, Deadline deadline) override;
  std::unique_ptr<Listener> listen(const Endpoint& endpoint) override;

  class Directory;

 private:
  std::shared_ptr<Directory> directory_;
};

}  // namespace corbel::transport
