#pragma once

#include <orb/base/mutex.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

namespace corbel::connection {

/// The requests of a connection that their caller has given up. Threads: any.
class CancelledRequests {
 public:
  void add(std::uint32_t id) {
    MutexLock lock(mutex_);
    if (ids_.size() >= kKept) ids_.erase(ids_.begin());
    ids_.push_back(id);
    any_.store(true);
  }
  void remove(std::uint32_t id) noexcept {
    if (!any_.load(std::memory_order_relaxed)) return;
    MutexLock lock(mutex_);
    std::erase(ids_, id);
    any_.store(!ids_.empty());
  }
  bool contains(std::uint32_t id) const noexcept {
    if (!any_.load()) return false;
    MutexLock lock(mutex_);
    return std::find(ids_.begin(), ids_.end(), id) != ids_.end();
  }

 private:
  static constexpr std::size_t kKept = 128;

  std::atomic<bool> any_{false};
  mutable Mutex mutex_;
  std::vector<std::uint32_t> ids_ CORBEL_GUARDED_BY(mutex_);
};

}  // namespace corbel::connection
