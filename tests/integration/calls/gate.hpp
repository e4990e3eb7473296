#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace corbel::test {

/// How long a test waits for what must happen: far longer than it takes.
inline constexpr std::chrono::seconds kPatience{60};

/// Closed until somebody opens it. Whoever waits too long goes on, and is told.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [this] { return open_; });
  }
  bool is_open() {
    const std::lock_guard lock(mutex_);
    return open_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

/// Counts who is inside: how many now, at most and in all.
class Meter {
 public:
  class Inside {
   public:
    explicit Inside(Meter& meter) : meter_(meter) { meter_.change(1); }
    ~Inside() { meter_.change(-1); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    Meter& meter_;
  };

  /// True once `count` have been inside at the same moment.
  bool wait_for_overlap(int count) {
    return wait([=, this] { return most_ >= count; });
  }
  /// True once `count` have entered.
  bool wait_for_entries(int count) {
    return wait([=, this] { return entries_ >= count; });
  }
  int most() {
    const std::lock_guard lock(mutex_);
    return most_;
  }
  int entries() {
    const std::lock_guard lock(mutex_);
    return entries_;
  }

 private:
  template <class Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, condition);
  }
  void change(int by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
    if (by > 0) ++entries_;
    most_ = std::max(most_, now_);
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int now_ = 0;
  int most_ = 0;
  int entries_ = 0;
};

}  // namespace corbel::test
