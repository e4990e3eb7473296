#pragma once

#include <orb/adapter/adapter_core.hpp>
#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>
#include <orb/base/worker_threads.hpp>

#include <deque>
#include <memory>
#include <vector>

namespace corbel::facade {

/// Destroyed adapters. Each is kept until it has no open request and no thread any more: the upcall
/// that destroyed it may go on, and none of its own threads may be the one that ends them.
/// Threads: any.
class RetiredAdapters {
 public:
  using AdapterPointer = std::shared_ptr<detail::AdapterCore>;

  /// Keeps it until one of the following two comes to its end, or for good.
  void add(AdapterPointer adapter);
  /// Ends its threads and lets go of it, if nothing runs in it; else end_later(). Not inside an
  /// upcall.
  void end(const AdapterPointer& adapter);
  /// The same once nothing runs in it, on a thread of ours.
  void end_later(const AdapterPointer& adapter);
  /// Those that are still kept.
  std::vector<AdapterPointer> all() const;
  /// Waits for nothing any more. Not from a thread of ours. False when it runs at the deadline.
  bool stop(Deadline deadline);

 private:
  void work();
  bool try_to_end(const AdapterPointer& adapter, Deadline until);

  mutable Mutex mutex_;
  std::vector<AdapterPointer> kept_ CORBEL_GUARDED_BY(mutex_);
  /// Of these, those that wait for their turn on our thread.
  std::deque<AdapterPointer> waiting_ CORBEL_GUARDED_BY(mutex_);
  bool working_ CORBEL_GUARDED_BY(mutex_) = false;
  bool stopping_ CORBEL_GUARDED_BY(mutex_) = false;
  WorkerThreads thread_{"corbel-retire", 1, std::chrono::seconds(1)};
};

}  // namespace corbel::facade
