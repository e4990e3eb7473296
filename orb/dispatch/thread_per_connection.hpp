#pragma once

#include <corbel/dispatch.hpp>

#include <orb/adapter/dispatcher.hpp>

namespace corbel::dispatch {

/// The connection's own thread runs the upcall: nothing is handed over, nothing is queued.
class ThreadPerConnectionDispatcher final : public adapter::Dispatcher {
 public:
  explicit ThreadPerConnectionDispatcher(const ThreadPerConnection& policy) : policy_(policy) {}

  Outcome dispatch(adapter::RequestPointer& request, bool own_thread) override;
  bool allows_direct_calls() const noexcept override { return true; }
  bool runs_on_connection_threads() const noexcept override { return true; }
  std::size_t spare_threads() const noexcept override { return policy_.spare_threads; }
  bool stop(Deadline) override { return true; }

 private:
  const ThreadPerConnection policy_;
};

}  // namespace corbel::dispatch
