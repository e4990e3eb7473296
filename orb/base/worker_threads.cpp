#include <orb/base/worker_threads.hpp>

#include <orb/base/log.hpp>

#include <pthread.h>

#include <system_error>
#include <utility>

namespace corbel {

namespace {
thread_local const WorkerThreads* current_workers = nullptr;
}

void name_thread(const std::string& name) noexcept {
  pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
}

WorkerThreads::WorkerThreads(std::string name, std::size_t maximum, std::chrono::nanoseconds linger)
    : name_(std::move(name)), linger_(linger), maximum_(maximum) {}

WorkerThreads::~WorkerThreads() { stop(); }

bool WorkerThreads::run(std::function<void()> work) {
  MutexLock lock(mutex_);
  if (stopping_) return false;
  if (idle_ <= queue_.size() && !start_thread()) return false;
  queue_.push_back(std::move(work));
  work_available_.notify_one();
  return true;
}

bool WorkerThreads::run_or_queue(std::function<void()> work) {
  MutexLock lock(mutex_);
  if (stopping_) return false;
  if (idle_ <= queue_.size()) start_thread();
  queue_.push_back(std::move(work));
  work_available_.notify_one();
  return true;
}

bool WorkerThreads::start_thread() {
  if (threads_.size() >= maximum_) return false;
  threads_.emplace_back();
  auto self = std::prev(threads_.end());
  try {
    *self = std::thread([this, self] { serve(self); });
  } catch (const std::system_error& error) {
    threads_.pop_back();
    log::error("threads", "cannot start a thread for ", name_, ": ", error.what());
    return false;
  }
  ++idle_;
  return true;
}

void WorkerThreads::serve(std::list<std::thread>::iterator self) {
  name_thread(name_);
  current_workers = this;
  MutexLock lock(mutex_);
  // start_thread() has counted this thread as idle.
  for (;;) {
    const auto until = std::chrono::steady_clock::now() + linger_;
    bool in_time = true;
    while (queue_.empty() && !stopping_ && in_time)
      in_time = work_available_.wait_until(lock, until);
    --idle_;
    if (queue_.empty()) break;
    auto work = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    try {
      work();
    } catch (const std::exception& error) {
      log::error("threads", name_, ": work let an exception out: ", error.what());
    } catch (...) {
      log::error("threads", name_, ": work let an unknown exception out");
    }
    work = nullptr;
    lock.lock();
    ++idle_;
  }
  // Whoever calls next joins it: a thread cannot join itself.
  for (auto& thread : ended_) thread.join();
  ended_.clear();
  if (abandoned_) {
    self->detach();  // nobody will
  } else {
    ended_.push_back(std::move(*self));
  }
  threads_.erase(self);
  thread_ended_.notify_all();
}

bool WorkerThreads::stop(Deadline deadline) {
  MutexLock lock(mutex_);
  stopping_ = true;
  abandoned_ = false;
  work_available_.notify_all();
  while (!threads_.empty() && !deadline.has_passed()) thread_ended_.wait_until(lock, deadline.at());
  const bool all = threads_.empty();
  abandoned_ = !all;
  auto ended = std::exchange(ended_, {});
  lock.unlock();
  for (auto& thread : ended) thread.join();
  return all;
}

void WorkerThreads::change_maximum(std::ptrdiff_t by) {
  MutexLock lock(mutex_);
  maximum_ = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(maximum_) + by);
  if (by > 0 && !stopping_ && idle_ < queue_.size()) start_thread();
}

std::size_t WorkerThreads::busy() const {
  MutexLock lock(mutex_);
  return threads_.size() - idle_;
}

std::size_t WorkerThreads::size() const {
  MutexLock lock(mutex_);
  return threads_.size();
}

bool WorkerThreads::is_current() const noexcept { return current_workers == this; }

}  // namespace corbel
