#pragma once

#include <corbel/dispatch.hpp>

#include <orb/adapter/dispatcher.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/base/worker_threads.hpp>

#include <deque>

namespace corbel::dispatch {

/// At most `threads` upcalls run at a time, those that wait in calls of their own not counted: for
/// each of them another thread may run, up to `extra_threads`.
class PoolDispatcher final : public adapter::Dispatcher {
 public:
  explicit PoolDispatcher(const Pool& policy);

  Outcome dispatch(adapter::RequestPointer& request, bool own_thread) override;
  std::size_t queued() const override;
  bool stop(Deadline deadline) override { return threads_.stop(deadline); }

 private:
  class WaitingUpcall;
  void work();
  void start_worker() CORBEL_REQUIRES(mutex_);

  const Pool policy_;
  mutable Mutex mutex_;
  std::deque<adapter::RequestPointer> queue_ CORBEL_GUARDED_BY(mutex_);
  std::size_t running_ CORBEL_GUARDED_BY(mutex_) = 0;  // workers, those that wait not counted
  WorkerThreads threads_;
};

}  // namespace corbel::dispatch
