#include "event-service/core/scheduler.hpp"

#include <utility>

namespace corbel::event_service {

Scheduler::Scheduler(std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Scheduler::~Scheduler() { stop(); }

void Scheduler::after(std::chrono::nanoseconds delay, Task task) {
  const auto now = Clock::now();
  // A delay beyond the clock's range is "in a very long time".
  const auto due = delay > Clock::time_point::max() - now ? Clock::time_point::max() : now + delay;
  std::lock_guard lock(mutex_);
  if (stopped_) return;
  entries_.push({due, next_sequence_++, std::move(task)});
  changed_.notify_one();
}

void Scheduler::work() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    if (entries_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto due = entries_.top().due;
    if (due > Clock::now()) {
      if (due == Clock::time_point::max()) {
        changed_.wait(lock);
      } else {
        changed_.wait_until(lock, due);
      }
      continue;
    }
    Task task = std::move(const_cast<Entry&>(entries_.top()).task);  // the entry is popped at once
    entries_.pop();
    if (!entries_.empty()) changed_.notify_one();
    ++running_;
    lock.unlock();
    task();
    task = nullptr;  // what it holds is released outside the lock
    lock.lock();
    --running_;
    if (is_idle()) idle_.notify_all();
  }
}

bool Scheduler::wait_until_idle(std::chrono::nanoseconds limit) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, limit, [this] { return is_idle(); });
}

void Scheduler::stop() {
  decltype(entries_) dropped;
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    std::swap(dropped, entries_);
    std::swap(threads, threads_);
    changed_.notify_all();
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace corbel::event_service
