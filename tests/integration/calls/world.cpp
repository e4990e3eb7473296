#include "tests/integration/calls/world.hpp"

#include <orb/facade/orb_impl.hpp>
#include <orb/transport/memory_transport.hpp>

namespace corbel::test {

std::string_view to_string(Way way) {
  return way == Way::memory ? "Memory" : way == Way::tcp ? "Tcp" : "Collocated";
}

std::string_view name_of(const DispatchPolicy& policy) {
  constexpr std::string_view kNames[] = {"ThreadPerConnection", "ThreadPerRequest",
                                         "ThreadPerObject", "Pool", "EventLoop"};
  return kNames[policy.index()];
}

std::vector<DispatchPolicy> all_policies() {
  return {ThreadPerConnection{}, ThreadPerRequest{}, ThreadPerObject{}, Pool{.threads = 2},
          EventLoop{}};
}

World::World(Way way, const DispatchPolicy& policy, OrbOptions options)
    : way_(way),
      transport_(way == Way::memory ? std::make_shared<transport::MemoryTransport>() : nullptr),
      orbs_([&] {
        std::vector<std::unique_ptr<Orb>> orbs;
        orbs.push_back(make_orb(options));
        if (way != Way::collocated) orbs.push_back(make_orb());
        return orbs;
      }()),
      adapter_(answering_adapter(server(), "server", {.dispatch = policy})),
      client_adapter_(answering_adapter(client(), "client", {.dispatch = policy})) {}

World::~World() = default;

std::unique_ptr<Orb> World::make_orb(OrbOptions options) const {
  return std::make_unique<Orb>(facade::make_core(std::move(options), transport_));
}

}  // namespace corbel::test
