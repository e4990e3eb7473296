#pragma once

#include <corbel/dispatch.hpp>

#include <orb/adapter/dispatcher.hpp>
#include <orb/transport/reactor.hpp>

#include <atomic>

namespace corbel::dispatch {

/// The reactor's thread runs the upcall, at once when it is the one that read the request.
class EventLoopDispatcher final : public adapter::Dispatcher {
 public:
  EventLoopDispatcher(const EventLoop& policy, transport::Reactor& reactor)
      : policy_(policy), reactor_(reactor) {}

  Outcome dispatch(adapter::RequestPointer& request, bool own_thread) override;
  std::size_t queued() const override { return queued_.load(); }
  bool stop(Deadline) override { return true; }

 private:
  const EventLoop policy_;
  transport::Reactor& reactor_;
  std::atomic<std::size_t> queued_{0};
};

}  // namespace corbel::dispatch
