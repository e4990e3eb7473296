#pragma once

#include <corbel/dispatch.hpp>

#include <orb/adapter/dispatcher.hpp>
#include <orb/base/worker_threads.hpp>

namespace corbel::dispatch {

/// A thread for each request, so calls never wait for each other; `full` when all are busy.
class ThreadPerRequestDispatcher final : public adapter::Dispatcher {
 public:
  explicit ThreadPerRequestDispatcher(const ThreadPerRequest& policy)
      : threads_("corbel-request", policy.max_threads) {}

  Outcome dispatch(adapter::RequestPointer& request, bool own_thread) override;
  bool allows_direct_calls() const noexcept override { return true; }
  bool stop(Deadline deadline) override { return threads_.stop(deadline); }

 private:
  WorkerThreads threads_;
};

}  // namespace corbel::dispatch
