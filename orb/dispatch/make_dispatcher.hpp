#pragma once

#include <corbel/dispatch.hpp>

#include <orb/adapter/dispatcher.hpp>
#include <orb/transport/reactor.hpp>

#include <memory>

namespace corbel::dispatch {

/// The dispatcher for a policy. `reactor` is the Orb's, for EventLoop.
/// Throws BadParam for a policy with no threads or no queue.
std::unique_ptr<adapter::Dispatcher> make_dispatcher(const DispatchPolicy& policy,
                                                     transport::Reactor& reactor);

}  // namespace corbel::dispatch
