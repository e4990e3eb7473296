#pragma once

#include "tests/integration/failures/counter_servant.hpp"
#include "tests/support/giop_peer.hpp"

#include <orb/giop/fragmented_message.hpp>
#include <orb/transport/reactor.hpp>
#include <orb/transport/tcp_transport.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace corbel::test {

/// A live server with the well-known object "counter", for connections of raw octets.
class LiveCounter {
 public:
  explicit LiveCounter(OrbOptions options = {}) : orb(std::move(options)) {
    auto adapter = orb.create_adapter("counter");
    adapter.activate_well_known<failures::Counter>("counter",
                                                   std::make_shared<CounterServant>(executions));
    adapter.activate_requests();
  }

  Endpoint endpoint() const { return orb.endpoints().front(); }
  std::string reference(std::string_view version) const {
    return "corbaloc:iiop:" + std::string(version) + "@" + endpoint().to_string() + "/counter";
  }
  GiopPeer connect() {
    auto result = transport_.connect(endpoint(), Deadline::after(std::chrono::seconds(30)));
    if (!result.stream) throw std::runtime_error(result.error);
    return GiopPeer(std::move(result.stream));
  }

  std::atomic<int> executions{0};
  Orb orb;

 private:
  transport::Reactor reactor_{"raw"};
  transport::TcpTransport transport_{reactor_};
};

/// The fragments of a whole message of ours, one by one.
inline std::vector<Octets> fragments_of(const cdr::Encoder& message, std::size_t fragment_size) {
  const giop::FragmentedMessage fragments(message, fragment_size);
  Octets all;
  for (const auto piece : fragments.pieces()) all.insert(all.end(), piece.begin(), piece.end());
  std::vector<Octets> each;
  for (std::size_t at = 0; at < all.size();) {
    const auto header =
        giop::parse_header(std::span(all).subspan(at).first<giop::kHeaderSize>(), all.size());
    const auto end = at + header.value().message_size();
    each.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(at),
                      all.begin() + static_cast<std::ptrdiff_t>(end));
    at = end;
  }
  return each;
}

}  // namespace corbel::test
