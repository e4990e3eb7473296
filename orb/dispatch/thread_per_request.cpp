#include <orb/dispatch/thread_per_request.hpp>

#include <orb/base/upcall_thread.hpp>

namespace corbel::dispatch {

namespace {

/// While an upcall waits in a call of its own, another request may have one more thread.
class ThreadLoan final : public WaitObserver {
 public:
  explicit ThreadLoan(WorkerThreads& threads) : threads_(threads), scope_(*this) {}
  void will_wait() override { threads_.change_maximum(1); }
  void did_wait() override { threads_.change_maximum(-1); }

 private:
  WorkerThreads& threads_;
  ObserverScope scope_;
};

}  // namespace

adapter::Dispatcher::Outcome ThreadPerRequestDispatcher::dispatch(adapter::RequestPointer& request,
                                                                  bool) {
  const bool taken = threads_.run([this, request] {
    const ThreadLoan loan(threads_);
    request->run();
  });
  return taken ? Outcome::taken : Outcome::full;
}

}  // namespace corbel::dispatch
