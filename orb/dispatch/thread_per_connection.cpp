#include <orb/dispatch/thread_per_connection.hpp>

namespace corbel::dispatch {

adapter::Dispatcher::Outcome ThreadPerConnectionDispatcher::dispatch(
    adapter::RequestPointer& request, bool own_thread) {
  if (!own_thread) return Outcome::needs_own_thread;
  request->run();
  return Outcome::taken;
}

}  // namespace corbel::dispatch
