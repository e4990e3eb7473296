#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace corbel::event_service {

/// Runs tasks now or later on a few threads of its own: deliveries start here, so that a supplier's
/// thread never waits for a consumer's network; back-off, polling and time limits wait here.
/// Threads: any. Tasks must not throw.
class Scheduler {
 public:
  using Task = std::function<void()>;

  explicit Scheduler(std::size_t threads = 4);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  void post(Task task) { after(std::chrono::nanoseconds(0), std::move(task)); }
  void after(std::chrono::nanoseconds delay, Task task);
  /// Waits until nothing runs and nothing is due; false if not within the time. Not from a task.
  bool wait_until_idle(std::chrono::nanoseconds limit);
  /// Drops what waits and ends the threads once their running tasks are done; later tasks are
  /// dropped. Not from a task: the owner stops it before the last task may hold the last reference
  /// to it.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Entry {
    Clock::time_point due;
    std::uint64_t sequence;  ///< equal times keep their order
    Task task;
  };
  struct Later {
    bool operator()(const Entry& left, const Entry& right) const noexcept {
      return left.due != right.due ? left.due > right.due : left.sequence > right.sequence;
    }
  };

  void work();
  bool is_idle() const {
    return running_ == 0 && (entries_.empty() || entries_.top().due > Clock::now());
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::priority_queue<Entry, std::vector<Entry>, Later> entries_;
  std::uint64_t next_sequence_ = 0;
  std::size_t running_ = 0;
  std::condition_variable idle_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace corbel::event_service
