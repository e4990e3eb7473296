#pragma once

#include <orb/base/clock.hpp>
#include <orb/base/mutex.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <thread>
#include <vector>

namespace corbel {

/// Threads for work that may block: run() takes an idle one or starts another, up to a maximum;
/// an idle thread ends after a while.
/// Threads: every member from any thread; stop() not from one of its own.
class WorkerThreads {
 public:
  /// `name` is shown by debuggers and ps (15 characters of it).
  WorkerThreads(std::string name, std::size_t maximum,
                std::chrono::nanoseconds linger = std::chrono::seconds(10));
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  /// False when all threads are busy and no more may be started, or after stop().
  bool run(std::function<void()> work);
  /// As run(), but waits in line when all threads are busy. False only after stop().
  bool run_or_queue(std::function<void()> work);

  /// Ends after all accepted work is done; joins every thread.
  void stop() { stop(Deadline::never()); }
  /// The same, but waits no longer than that. False when threads are left: they end by themselves,
  /// nobody joins them, and this object must outlive them.
  bool stop(Deadline deadline);
  /// Allows that many more (or fewer) threads, and starts one if work waits.
  void change_maximum(std::ptrdiff_t by);

  std::size_t busy() const;
  std::size_t size() const;
  /// True on one of these threads.
  bool is_current() const noexcept;

 private:
  void serve(std::list<std::thread>::iterator self);
  bool start_thread() CORBEL_REQUIRES(mutex_);

  const std::string name_;
  const std::chrono::nanoseconds linger_;
  mutable Mutex mutex_;
  Condition work_available_;
  Condition thread_ended_;
  std::size_t maximum_ CORBEL_GUARDED_BY(mutex_);
  std::list<std::function<void()>> queue_ CORBEL_GUARDED_BY(mutex_);
  std::list<std::thread> threads_ CORBEL_GUARDED_BY(mutex_);
  std::vector<std::thread> ended_ CORBEL_GUARDED_BY(mutex_);
  std::size_t idle_ CORBEL_GUARDED_BY(mutex_) = 0;
  bool stopping_ CORBEL_GUARDED_BY(mutex_) = false;
  bool abandoned_ CORBEL_GUARDED_BY(mutex_) = false;  // stop() has left threads to themselves
};

/// Gives the calling thread a name for debuggers.
void name_thread(const std::string& name) noexcept;

}  // namespace corbel
