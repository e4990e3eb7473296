#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace corbel::event_service {

/// Runs one action when a connection has ended, however it ended; at once if it already has.
/// Threads: any.
class EndHook {
 public:
  void set(std::function<void()> action) {
    {
      std::lock_guard lock(mutex_);
      if (!ended_) {
        action_ = std::move(action);
        return;
      }
    }
    action();
  }
  void run() {
    std::function<void()> action;
    {
      std::lock_guard lock(mutex_);
      ended_ = true;
      std::swap(action, action_);
    }
    if (action) action();
  }

 private:
  std::mutex mutex_;
  bool ended_ = false;
  std::function<void()> action_;
};

}  // namespace corbel::event_service
