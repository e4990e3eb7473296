#include <orb/dispatch/thread_per_connection.hpp>

#include <orb/base/hot.hpp>

namespace corbel::dispatch {

CORBEL_HOT adapter::Dispatcher::Outcome ThreadPerConnectionDispatcher::dispatch(
    adapter::RequestPointer& request, bool own_thread) {
  if (!own_thread) return Outcome::needs_own_thread;
  request->run();
  return Outcome::taken;
}

}  // namespace corbel::dispatch
