#include <tests/bench/corbel_peer.hpp>
#include <tests/bench/measure.hpp>

#include <corbel/orb.hpp>

#include <bench.idl.hpp>

#include <cstdio>
#include <deque>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bench {
namespace {

constexpr const char* kName = "corbel";

class EchoServant final : public Echo::Servant {
 public:
  void ping() override {}
  void note() override {}
  OctetSeq blob(std::span<const std::uint8_t> octets) override {
    return OctetSeq(octets.begin(), octets.end());
  }
  ItemSeq items(const ItemSeq& items) override { return items; }
};

ItemSeq make_items(std::size_t count) {
  ItemSeq items(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = static_cast<std::int32_t>(i);
    items[i] = {number,       "abcdefghijkl",
                1.5 * number, 2.5,
                3.5,          {number, number + 1, number + 2, number + 3}};
  }
  return items;
}

class CorbelConnection final : public CallConnection {
 public:
  explicit CorbelConnection(Echo echo) : echo_(std::move(echo)) {}

  void ping() override { echo_.ping(); }
  void blob(std::size_t size) override {
    octets_.resize(size);
    if (echo_.blob(octets_).size() != size)
      throw std::runtime_error("blob came back with another size");
  }
  void items(std::size_t count) override {
    if (items_.size() != count) items_ = make_items(count);
    const ItemSeq echoed = echo_.items(items_);
    if (echoed.size() != count || echoed.back().id != items_.back().id) {
      throw std::runtime_error("other items came back");
    }
  }
  void pipeline(std::uint64_t calls, std::size_t depth) override {
    std::deque<corbel::Reply<void>> outstanding;
    for (; calls > 0; --calls) {
      if (outstanding.size() == depth) {
        outstanding.front().get();
        outstanding.pop_front();
      }
      outstanding.push_back(echo_.async_ping());
    }
    for (auto& reply : outstanding) reply.get();
  }
  void oneway(std::uint64_t calls) override {
    for (; calls > 0; --calls) echo_.note();
    echo_.ping();
  }

 private:
  Echo echo_;
  OctetSeq octets_;
  ItemSeq items_;
};

class CorbelPeer final : public Peer {
 public:
  CorbelPeer(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

  std::string name() const override { return kName; }
  bool shared_by_threads() const override { return true; }
  std::unique_ptr<Connection> connect() override { return connect_to(host_); }
  /// An Orb shares connections to one address, so each of these has its own in 127.1/16; the server
  /// must listen on all of them ("any").
  std::unique_ptr<Connection> connect_anew(unsigned number) override {
    return connect_to("127.1." + std::to_string(number / 200) + "." +
                      std::to_string(1 + number % 200));
  }

 private:
  std::unique_ptr<Connection> connect_to(const std::string& host) {
    const std::string reference =
        "corbaloc:iiop:1.2@" + host + ":" + std::to_string(port_) + "/Echo";
    return std::make_unique<CorbelConnection>(orb_.object<Echo>(reference));
  }

  std::string host_;
  std::uint16_t port_;
  corbel::Orb orb_;
};

}  // namespace

corbel::DispatchPolicy parse_policy(std::string_view name) {
  if (name == "thread-per-connection") return corbel::ThreadPerConnection{};
  if (name == "thread-per-request") return corbel::ThreadPerRequest{};
  if (name == "thread-per-object") return corbel::ThreadPerObject{};
  if (name == "event-loop") return corbel::EventLoop{};
  if (name == "pool") return corbel::Pool{};
  if (name.starts_with("pool:"))
    return corbel::Pool{.threads = std::stoul(std::string(name.substr(5)))};
  throw std::invalid_argument("no such policy: " + std::string(name) +
                              " (thread-per-connection, thread-per-request, thread-per-object, "
                              "pool[:threads], event-loop)");
}

std::unique_ptr<Peer> make_corbel_peer(std::string host, std::uint16_t port) {
  return std::make_unique<CorbelPeer>(std::move(host), port);
}

void serve_corbel(std::string host, std::uint16_t port, const corbel::DispatchPolicy& policy) {
  corbel::Orb orb(corbel::OrbOptions{.host = std::move(host), .port = port});
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("bench", {.dispatch = policy});
  adapter.activate_well_known<Echo>("Echo", std::make_shared<EchoServant>());
  adapter.activate_requests();
  std::puts("ready");
  std::fflush(stdout);
  orb.run();
}

void measure_collocated(const corbel::DispatchPolicy& policy) {
  corbel::Orb orb;
  auto adapter = orb.create_adapter("bench", {.dispatch = policy});
  const Echo echo = adapter.activate<Echo>(std::make_shared<EchoServant>());
  adapter.activate_requests();
  const double calls_per_second = rate([&](std::uint64_t calls) {
    for (; calls > 0; --calls) echo.ping();
  });
  print_figures(kName, "w6", {{"ns_call", 1e9 / calls_per_second}});
}

}  // namespace bench
