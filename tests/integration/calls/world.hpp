#pragma once

#include <corbel/orb.hpp>

#include <calls.idl.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace corbel::transport {
class Transport;
}

namespace corbel::test {

/// How a client's calls reach the server.
enum class Way { memory, tcp, collocated };

std::string_view to_string(Way way);
/// "ThreadPerObject" and so on.
std::string_view name_of(const DispatchPolicy& policy);
/// One of each, with its defaults; `Pool` has two threads.
std::vector<DispatchPolicy> all_policies();

/// A server's Orb and a client's Orb, with one adapter each, that answer from the start.
/// Collocated, both are the same Orb. Further Orbs reach them in the same way.
class World {
 public:
  World(Way way, const DispatchPolicy& policy, OrbOptions options = {});
  ~World();

  Orb& server() { return *orbs_.front(); }
  Orb& client() { return way_ == Way::collocated ? server() : *orbs_.back(); }
  Adapter& adapter() { return adapter_; }
  Adapter& client_adapter() { return client_adapter_; }

  /// Another Orb on the same transport; a new one even when collocated.
  std::unique_ptr<Orb> make_orb(OrbOptions options = {}) const;
  /// What the client makes of a reference that it was given.
  template <Proxy I>
  I seen_by_client(const I& object) {
    return client().object<I>(corbel::to_string(object));
  }
  /// Activates at the server; the proxy is the client's.
  template <Proxy I>
  I serve(std::shared_ptr<typename Type<I>::Servant> servant) {
    return seen_by_client(adapter_.template activate<I>(std::move(servant)));
  }
  /// A Hook at the server whose run() is `work`.
  calls::Hook serve_hook(std::function<int(int)> work);
  /// Waits until no upcall runs: for tests whose callers leave before their servants.
  void finish() {
    adapter_.destroy();
    client_adapter_.destroy();
  }

 private:
  const Way way_;
  std::shared_ptr<transport::Transport> transport_;
  std::vector<std::unique_ptr<Orb>> orbs_;
  Adapter adapter_;
  Adapter client_adapter_;
};

/// Runs what the test says.
class HookServant final : public calls::Hook::Servant {
 public:
  explicit HookServant(std::function<int(int)> on_run, std::function<void(int)> on_send = {})
      : on_run_(std::move(on_run)), on_send_(std::move(on_send)) {}
  std::int32_t run(std::int32_t number) override { return on_run_(number); }
  void send(std::int32_t number) override {
    if (on_send_) on_send_(number);
  }

 private:
  const std::function<int(int)> on_run_;
  const std::function<void(int)> on_send_;
};

inline calls::Hook World::serve_hook(std::function<int(int)> work) {
  return serve<calls::Hook>(std::make_shared<HookServant>(std::move(work)));
}

/// Activates an adapter that answers at once.
inline Adapter answering_adapter(Orb& orb, std::string name, const AdapterOptions& options = {}) {
  auto adapter = orb.create_adapter(std::move(name), options);
  adapter.activate_requests();
  return adapter;
}

/// Name and completion status of the system exception that `call` throws; "" when it throws none.
template <class Call>
std::string failure_of(const Call& call) {
  try {
    call();
  } catch (const SystemException& failure) {
    return std::string(failure.name()) + " " + std::string(to_string(failure.completed()));
  }
  return "";
}

}  // namespace corbel::test
