#include <orb/transport/tcp_transport.hpp>

#include <corbel/exceptions.hpp>

#include <orb/base/log.hpp>
#include <orb/base/mutex.hpp>
#include <orb/transport/blocking_io.hpp>
#include <orb/transport/reactor.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace corbel::transport {

namespace {

constexpr std::chrono::milliseconds kAcceptBackoff{100};
constexpr int kBacklog = 1024;
// Connections accepted in a row before the reactor looks at what else there is.
constexpr int kAcceptsInARow = 64;

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
};

bool make_address(const std::string& numeric, std::uint16_t port, SocketAddress& out) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(numeric.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return false;
  std::memcpy(&out.storage, found->ai_addr, found->ai_addrlen);
  out.size = found->ai_addrlen;
  ::freeaddrinfo(found);
  return true;
}

std::string host_of(const SocketAddress& address, std::uint16_t& port) {
  char text[NI_MAXHOST] = "";
  char service[NI_MAXSERV] = "0";
  ::getnameinfo(address.get(), address.size, text, sizeof text, service, sizeof service,
                NI_NUMERICHOST | NI_NUMERICSERV);
  port = static_cast<std::uint16_t>(std::atoi(service));
  return text;
}

bool is_loopback(const SocketAddress& address) {
  if (address.storage.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.storage);
    return (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address.storage);
  if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) return v6->sin6_addr.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

void set_options(int descriptor) noexcept {
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  // A peer whose host died is noticed after 60 + 3 * 20 seconds instead of two hours.
  const int idle = 60;
  const int interval = 20;
  const int count = 3;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
}

std::unique_ptr<Stream> make_stream(int descriptor, const SocketAddress& peer) {
  std::uint16_t port = 0;
  const auto host = host_of(peer, port);
  set_options(descriptor);
  return std::make_unique<SocketStream>(descriptor, Endpoint{host, port}.to_string(),
                                        is_loopback(peer) ? std::string() : host);
}

/// A port nobody listens on can be handed out as the connecting socket's own: it then talks to
/// itself.
bool is_connected_to_itself(int descriptor) noexcept {
  SocketAddress own;
  SocketAddress peer;
  own.size = peer.size = sizeof own.storage;
  if (::getsockname(descriptor, own.get(), &own.size) != 0) return false;
  if (::getpeername(descriptor, peer.get(), &peer.size) != 0) return false;
  return own.size == peer.size && std::memcmp(&own.storage, &peer.storage, own.size) == 0;
}

void set_blocking(int descriptor, bool blocking) noexcept {
  const int flags = ::fcntl(descriptor, F_GETFL);
  ::fcntl(descriptor, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

/// 0 or errno.
int connect_socket(int descriptor, const SocketAddress& address, Deadline deadline) noexcept {
  if (::connect(descriptor, address.get(), address.size) == 0) return 0;
  if (errno != EINPROGRESS && errno != EINTR) return errno;
  const auto ready = wait_for(descriptor, POLLOUT, deadline);
  if (ready.status == IoStatus::timeout) return ETIMEDOUT;
  if (ready.status != IoStatus::ok) return ready.error;
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  return error;
}

ConnectResult connect_to(const std::string& numeric, std::uint16_t port, Deadline deadline) {
  SocketAddress address;
  if (!make_address(numeric, port, address))
    return {nullptr, false, false, "not an address: " + numeric};
  const int descriptor =
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
  if (descriptor < 0) return {nullptr, false, false, std::generic_category().message(errno)};
  int error = connect_socket(descriptor, address, deadline);
  if (error == 0 && is_connected_to_itself(descriptor)) error = ECONNREFUSED;
  if (error != 0) {
    ::close(descriptor);
    const bool timed_out = error == ETIMEDOUT;
    const bool refused = error == ECONNREFUSED;
    return {
        nullptr, timed_out, refused,
        refused ? "refused" : (timed_out ? "timed out" : std::generic_category().message(error))};
  }
  set_blocking(descriptor, true);
  return {make_stream(descriptor, address), false, false, {}};
}

class TcpListener final : public Listener, public std::enable_shared_from_this<TcpListener> {
 public:
  TcpListener(Reactor& reactor, int descriptor, Endpoint endpoint)
      : reactor_(reactor), descriptor_(descriptor), endpoint_(std::move(endpoint)) {
    spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  }
  ~TcpListener() override {
    stop();
    ::close(descriptor_);
    if (spare_ >= 0) ::close(spare_);
  }

  const Endpoint& endpoint() const noexcept override { return endpoint_; }

  void start(OnAccept on_accept) override {
    on_accept_ = std::move(on_accept);
    watch_ = reactor_.watch(
        descriptor_,
        [self = weak_from_this()] {
          if (auto listener = self.lock()) listener->accept_all();
        },
        [] {});
    watch_->when_readable();
  }

  void stop() override {
    MutexLock lock(mutex_);
    stopped_ = true;
    if (watch_) watch_->stop();
  }

 private:
  void accept_all() {
    MutexLock lock(mutex_);
    for (int in_a_row = 0; !stopped_; ++in_a_row) {
      if (in_a_row == kAcceptsInARow) {
        watch_->when_readable();
        return;
      }
      SocketAddress peer;
      peer.size = sizeof peer.storage;
      const int accepted = ::accept4(descriptor_, peer.get(), &peer.size, SOCK_CLOEXEC);
      if (accepted >= 0) {
        hand_over(accepted, peer);
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        watch_->when_readable();
        return;
      } else if (errno == EMFILE || errno == ENFILE) {
        out_of_descriptors();
        return;
      } else if (errno != EINTR && errno != ECONNABORTED) {
        complaint_.write(
            log::Level::error, "acceptor",
            "accept on " + endpoint_.to_string() + ": " + std::generic_category().message(errno));
        later();
        return;
      }
    }
  }

  // Whatever becomes of one connection, the next ones are accepted.
  void hand_over(int accepted, const SocketAddress& peer) noexcept {
    try {
      on_accept_(make_stream(accepted, peer));
    } catch (const std::exception& error) {
      complaint_.write(log::Level::error, "acceptor",
                       std::string("a connection was lost: ") + error.what());
    }
  }

  // A connection that cannot be accepted stays in the queue and would wake us for ever: the spare
  // descriptor is given up to accept and close it, so that the peer learns at once.
  void out_of_descriptors() CORBEL_REQUIRES(mutex_) {
    complaint_.write(
        log::Level::error, "acceptor",
        "out of file descriptors: closing new connections; raise the limit (ulimit -n)");
    if (spare_ >= 0) {
      ::close(spare_);
      const int surplus = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
      if (surplus >= 0) ::close(surplus);
      spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    later();
  }

  void later() {
    reactor_.call_at(SteadyClock::now() + kAcceptBackoff, [self = weak_from_this()] {
      if (auto listener = self.lock()) listener->accept_all();
    });
  }

  Reactor& reactor_;
  const int descriptor_;
  const Endpoint endpoint_;
  Mutex mutex_;
  OnAccept on_accept_;
  std::shared_ptr<Watch> watch_;
  int spare_ CORBEL_GUARDED_BY(mutex_) = -1;
  bool stopped_ CORBEL_GUARDED_BY(mutex_) = false;
  log::Every complaint_;
};

/// Keeps the shared listener (the reactor's callbacks hold it weakly) behind a unique_ptr.
class ListenerHandle final : public Listener {
 public:
  explicit ListenerHandle(std::shared_ptr<TcpListener> listener) : listener_(std::move(listener)) {}
  ~ListenerHandle() override { listener_->stop(); }
  const Endpoint& endpoint() const noexcept override { return listener_->endpoint(); }
  void start(OnAccept on_accept) override { listener_->start(std::move(on_accept)); }
  void stop() override { listener_->stop(); }

 private:
  std::shared_ptr<TcpListener> listener_;
};

}  // namespace

ConnectResult TcpTransport::connect(const Endpoint& endpoint, Deadline deadline) {
  std::string error;
  const auto addresses = reactor_.resolve(endpoint.host, deadline, error);
  if (addresses.empty())
    return {nullptr, deadline.has_passed(), false, error.empty() ? "no such host" : error};
  ConnectResult last;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    // The last address gets all the time that is left, the others a fair share of it.
    auto until = deadline;
    if (!deadline.is_never()) {
      until = Deadline::after(deadline.remaining() / static_cast<long>(addresses.size() - i));
    }
    last = connect_to(addresses[i], endpoint.port, until);
    if (last.stream || deadline.has_passed()) break;
  }
  return last;
}

std::unique_ptr<Listener> TcpTransport::listen(const Endpoint& endpoint) {
  std::string error;
  const auto addresses =
      reactor_.resolve(endpoint.host, Deadline::after(std::chrono::seconds(10)), error);
  SocketAddress address;
  if (addresses.empty() || !make_address(addresses.front(), endpoint.port, address)) {
    throw Initialize("cannot listen on " + endpoint.to_string() + ": " +
                     (error.empty() ? "no such address" : error) +
                     "; is the host name or address right?");
  }
  const int descriptor =
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
  if (descriptor < 0)
    throw Initialize("cannot make a socket: " + std::generic_category().message(errno));
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(descriptor, address.get(), address.size) != 0 || ::listen(descriptor, kBacklog) != 0) {
    const int failed = errno;
    ::close(descriptor);
    throw Initialize("cannot listen on " + endpoint.to_string() + ": " +
                     std::generic_category().message(failed) +
                     (failed == EADDRINUSE ? "; is another server running on this port?" : ""));
  }
  SocketAddress bound;
  bound.size = sizeof bound.storage;
  ::getsockname(descriptor, bound.get(), &bound.size);
  std::uint16_t port = 0;
  host_of(bound, port);
  return std::make_unique<ListenerHandle>(
      std::make_shared<TcpListener>(reactor_, descriptor, Endpoint{endpoint.host, port}));
}

}  // namespace corbel::transport
