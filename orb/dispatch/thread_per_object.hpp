#pragma once

#include <corbel/dispatch.hpp>

#include <orb/adapter/dispatcher.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/upcall_thread.hpp>
#include <orb/base/worker_threads.hpp>
#include <orb/ior/keyed_hash.hpp>

#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace corbel::dispatch {

/// One upcall of an object at a time, in the order of arrival. A call back into an object whose
/// upcall waits in a call of the same chain runs meanwhile, and the waiting upcall goes on only
/// after it: two of them never run at the same moment, and nobody waits for himself.
class ThreadPerObjectDispatcher final : public adapter::Dispatcher {
 public:
  explicit ThreadPerObjectDispatcher(const ThreadPerObject& policy);
  ~ThreadPerObjectDispatcher() override;

  Outcome dispatch(adapter::RequestPointer& request, bool own_thread) override;
  bool needs_call_chains() const noexcept override { return true; }
  std::size_t queued() const override;
  bool stop(Deadline deadline) override;

 private:
  class ObjectQueue;
  class WaitingUpcall;

  void forget(const ObjectQueue& queue) CORBEL_REQUIRES(mutex_);
  void work(const std::shared_ptr<ObjectQueue>& queue);
  void run_nested(const std::shared_ptr<ObjectQueue>& queue,
                  const adapter::RequestPointer& request);
  void run_one(ObjectQueue& queue, const adapter::RequestPointer& request);

  const ThreadPerObject policy_;
  mutable Mutex mutex_;
  /// By object id, which lives in the queue: a default servant's objects have a queue each.
  std::unordered_map<std::string_view, std::shared_ptr<ObjectQueue>, ior::KeyedHash> objects_
      CORBEL_GUARDED_BY(mutex_);
  std::size_t queued_ CORBEL_GUARDED_BY(mutex_) = 0;
  WorkerThreads threads_;
  WorkerThreads nested_threads_;  // calls back into objects that wait
};

}  // namespace corbel::dispatch
