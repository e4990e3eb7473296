#include <orb/transport/memory_transport.hpp>

#include <corbel/exceptions.hpp>

#include <orb/transport/blocking_io.hpp>

#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace corbel::transport {

std::pair<std::unique_ptr<Stream>, std::unique_ptr<Stream>> make_memory_pair() {
  int descriptors[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, descriptors) != 0) {
    throw NoResources("cannot make a pair of sockets: " + std::generic_category().message(errno));
  }
  return {std::make_unique<SocketStream>(descriptors[0], "memory", ""),
          std::make_unique<SocketStream>(descriptors[1], "memory", "")};
}

class MemoryTransport::Directory {
 public:
  Endpoint add(Endpoint endpoint) {
    MutexLock lock(mutex_);
    while (endpoint.port == 0) {
      const Endpoint candidate{endpoint.host, ++last_port_};
      if (!listeners_.contains(candidate)) endpoint.port = candidate.port;
    }
    if (!listeners_.emplace(endpoint, Listener::OnAccept()).second) {
      throw Initialize("cannot listen on " + endpoint.to_string() + ": in use");
    }
    return endpoint;
  }
  void start(const Endpoint& endpoint, Listener::OnAccept on_accept) {
    MutexLock lock(mutex_);
    listeners_[endpoint] = std::move(on_accept);
  }
  void remove(const Endpoint& endpoint) {
    MutexLock lock(mutex_);
    listeners_.erase(endpoint);
  }
  Listener::OnAccept find(const Endpoint& endpoint) {
    MutexLock lock(mutex_);
    const auto found = listeners_.find(endpoint);
    return found == listeners_.end() ? Listener::OnAccept() : found->second;
  }

 private:
  Mutex mutex_;
  std::map<Endpoint, Listener::OnAccept> listeners_ CORBEL_GUARDED_BY(mutex_);
  std::uint16_t last_port_ CORBEL_GUARDED_BY(mutex_) = 1024;
};

namespace {

class MemoryListener final : public Listener {
 public:
  MemoryListener(std::shared_ptr<MemoryTransport::Directory> directory, Endpoint endpoint)
      : directory_(std::move(directory)), endpoint_(std::move(endpoint)) {}
  ~MemoryListener() override { stop(); }
  const Endpoint& endpoint() const noexcept override { return endpoint_; }
  void start(OnAccept on_accept) override { directory_->start(endpoint_, std::move(on_accept)); }
  void stop() override { directory_->remove(endpoint_); }

 private:
  std::shared_ptr<MemoryTransport::Directory> directory_;
  Endpoint endpoint_;
};

}  // namespace

MemoryTransport::MemoryTransport() : directory_(std::make_shared<Directory>()) {}

ConnectResult MemoryTransport::connect(const Endpoint& endpoint, Deadline) {
  const auto on_accept = directory_->find(endpoint);
  if (!on_accept) return {nullptr, false, true, "refused"};
  auto [ours, theirs] = make_memory_pair();
  on_accept(std::move(theirs));
  return {std::move(ours), false, false, {}};
}

std::unique_ptr<Listener> MemoryTransport::listen(const Endpoint& endpoint) {
  return std::make_unique<MemoryListener>(directory_, directory_->add(endpoint));
}

}  // namespace corbel::transport
