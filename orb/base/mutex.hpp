#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

// Clang checks these at compile time (-Wthread-safety); for g++ they are nothing.
#if defined(__clang__)
#define CORBEL_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define CORBEL_THREAD_ATTRIBUTE(x)
#endif

#define CORBEL_CAPABILITY(name) CORBEL_THREAD_ATTRIBUTE(capability(name))
#define CORBEL_SCOPED_CAPABILITY CORBEL_THREAD_ATTRIBUTE(scoped_lockable)
#define CORBEL_GUARDED_BY(mutex) CORBEL_THREAD_ATTRIBUTE(guarded_by(mutex))
#define CORBEL_POINTEE_GUARDED_BY(mutex) CORBEL_THREAD_ATTRIBUTE(pt_guarded_by(mutex))
#define CORBEL_REQUIRES(...) CORBEL_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define CORBEL_ACQUIRE(...) CORBEL_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define CORBEL_RELEASE(...) CORBEL_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
#define CORBEL_TRY_ACQUIRE(...) CORBEL_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
#define CORBEL_EXCLUDES(...) CORBEL_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))
#define CORBEL_ASSERT_HELD(...) CORBEL_THREAD_ATTRIBUTE(assert_capability(__VA_ARGS__))
#define CORBEL_RETURN_CAPABILITY(x) CORBEL_THREAD_ATTRIBUTE(lock_returned(x))
#define CORBEL_NO_THREAD_SAFETY_ANALYSIS CORBEL_THREAD_ATTRIBUTE(no_thread_safety_analysis)

namespace corbel {

/// std::mutex that clang's analysis knows.
class CORBEL_CAPABILITY("mutex") Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() CORBEL_ACQUIRE() { mutex_.lock(); }
  void unlock() CORBEL_RELEASE() { mutex_.unlock(); }
  bool try_lock() CORBEL_TRY_ACQUIRE(true) { return mutex_.try_lock(); }
  /// Tells the analysis what it cannot see (inside a callable run under the lock).
  void assert_held() const CORBEL_ASSERT_HELD(this) {}

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

/// Holds a Mutex for a scope; may let go and take it again in between.
class CORBEL_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) CORBEL_ACQUIRE(mutex) : lock_(mutex.mutex_) {}
  ~MutexLock() CORBEL_RELEASE() = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

  void lock() CORBEL_ACQUIRE() { lock_.lock(); }
  void unlock() CORBEL_RELEASE() { lock_.unlock(); }

 private:
  friend class Condition;
  std::unique_lock<std::mutex> lock_;
};

/// std::condition_variable for a MutexLock. The caller loops over its condition, which keeps the
/// guarded reads where the analysis sees them.
class Condition {
 public:
  Condition() = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  void wait(MutexLock& held) { condition_.wait(held.lock_); }
  /// False once `until` has passed; time_point::max() waits without limit.
  bool wait_until(MutexLock& held, std::chrono::steady_clock::time_point until) {
    if (until == std::chrono::steady_clock::time_point::max()) {
      condition_.wait(held.lock_);
      return true;
    }
    return condition_.wait_until(held.lock_, until) == std::cv_status::no_timeout;
  }
  void notify_one() noexcept { condition_.notify_one(); }
  void notify_all() noexcept { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace corbel
