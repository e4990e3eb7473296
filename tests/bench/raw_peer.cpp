#include <tests/bench/raw_peer.hpp>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t kMessage = 64;

void check(bool ok, const char* what) {
  if (!ok) throw std::system_error(errno, std::generic_category(), what);
}

class Socket {
 public:
  Socket() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    check(descriptor_ >= 0, "socket");
  }
  explicit Socket(int descriptor) : descriptor_(descriptor) { check(descriptor_ >= 0, "accept"); }
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  int descriptor() const { return descriptor_; }
  void switch_on(int level, int option) const {
    const int on = 1;
    check(::setsockopt(descriptor_, level, option, &on, sizeof on) == 0, "setsockopt");
  }
  bool write(const char* data, std::size_t size) const {
    while (size > 0) {
      const ssize_t sent = ::send(descriptor_, data, size, MSG_NOSIGNAL);
      if (sent <= 0) return false;
      data += sent;
      size -= static_cast<std::size_t>(sent);
    }
    return true;
  }
  bool read(char* data, std::size_t size) const {
    while (size > 0) {
      const ssize_t got = ::recv(descriptor_, data, size, 0);
      if (got <= 0) return false;
      data += got;
      size -= static_cast<std::size_t>(got);
    }
    return true;
  }

 private:
  int descriptor_;
};

sockaddr_in address_of(const std::string& host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
    throw std::invalid_argument("not an IPv4 address: " + host);
  }
  return address;
}

void serve_connection(Socket socket) {
  std::vector<char> message(kMessage);
  for (;;) {
    if (!socket.read(message.data(), kMessage)) return;
    std::uint64_t body = 0;
    std::memcpy(&body, message.data(), sizeof body);
    if (body > (64u << 20)) return;
    if (message.size() < kMessage + body) message.resize(kMessage + body);
    if (body > 0 && !socket.read(message.data() + kMessage, body)) return;
    if (!socket.write(message.data(), kMessage + body)) return;
  }
}

class RawConnection final : public Connection {
 public:
  explicit RawConnection(const sockaddr_in& address) : message_(kMessage) {
    socket_.switch_on(IPPROTO_TCP, TCP_NODELAY);
    check(::connect(socket_.descriptor(), reinterpret_cast<const sockaddr*>(&address),
                    sizeof address) == 0,
          "connect");
  }
  void ping() override { exchange(0); }
  void blob(std::size_t size) override { exchange(size); }

 private:
  void exchange(std::uint64_t body) {
    message_.resize(kMessage + body);
    std::memcpy(message_.data(), &body, sizeof body);
    check(socket_.write(message_.data(), message_.size()), "send");
    check(socket_.read(message_.data(), message_.size()), "recv");
  }

  Socket socket_;
  std::vector<char> message_;
};

class RawPeer final : public Peer {
 public:
  explicit RawPeer(const sockaddr_in& address) : address_(address) {}
  std::string name() const override { return "raw-tcp"; }
  bool shared_by_threads() const override { return false; }
  std::unique_ptr<Connection> connect() override {
    return std::make_unique<RawConnection>(address_);
  }
  std::unique_ptr<Connection> connect_anew(unsigned) override { return connect(); }

 private:
  sockaddr_in address_;
};

}  // namespace

std::unique_ptr<Peer> make_raw_peer(std::string host, std::uint16_t port) {
  return std::make_unique<RawPeer>(address_of(host, port));
}

void serve_raw(const std::string& host, std::uint16_t port) {
  const sockaddr_in address = address_of(host, port);
  Socket acceptor;
  acceptor.switch_on(SOL_SOCKET, SO_REUSEADDR);
  check(::bind(acceptor.descriptor(), reinterpret_cast<const sockaddr*>(&address),
               sizeof address) == 0,
        "bind");
  check(::listen(acceptor.descriptor(), 1024) == 0, "listen");
  std::puts("ready");
  std::fflush(stdout);
  for (;;) {
    Socket socket(::accept(acceptor.descriptor(), nullptr, nullptr));
    socket.switch_on(IPPROTO_TCP, TCP_NODELAY);
    std::thread(serve_connection, std::move(socket)).detach();
  }
}

}  // namespace bench
