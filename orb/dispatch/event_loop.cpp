#include <orb/dispatch/event_loop.hpp>

#include <orb/base/upcall_thread.hpp>

namespace corbel::dispatch {

namespace {

void run_here(adapter::IncomingRequest& request) {
  const WaitHint hint(
      "this upcall runs on the event loop, which serves nobody while it waits: if the answer needs "
      "this "
      "server too, give its adapter another dispatch policy");
  request.run();
}

}  // namespace

adapter::Dispatcher::Outcome EventLoopDispatcher::dispatch(adapter::RequestPointer& request, bool) {
  // A call that an upcall of this loop makes to its own process would wait for itself in the queue.
  const bool nested = UpcallThread::current().depth != 0;
  if (reactor_.is_current() && (nested || queued_.load() == 0)) {
    run_here(*request);
    return Outcome::taken;
  }
  if (queued_.fetch_add(1) >= policy_.queue) {
    queued_.fetch_sub(1);
    return Outcome::full;
  }
  const bool posted = reactor_.post([this, request] {
    queued_.fetch_sub(1);
    run_here(*request);
  });
  if (posted) return Outcome::taken;
  queued_.fetch_sub(1);
  return Outcome::full;
}

}  // namespace corbel::dispatch
