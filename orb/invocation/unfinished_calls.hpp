#pragma once

#include <orb/base/mutex.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace corbel::invocation {

class AsyncCall;

/// The asynchronous calls that no connection ends when the Orb does: those within the process, and
/// those that wait before they are repeated.
/// Threads: any.
class UnfinishedCalls {
 public:
  /// False after end(): the call must end itself. One that ends earlier need not say so.
  bool add(const std::shared_ptr<AsyncCall>& call);
  /// The Orb ends, and these calls with it.
  void end();

 private:
  Mutex mutex_;
  std::vector<std::weak_ptr<AsyncCall>> calls_ CORBEL_GUARDED_BY(mutex_);
  std::size_t kept_ CORBEL_GUARDED_BY(mutex_) = 0;  // when last looked at
  bool ended_ CORBEL_GUARDED_BY(mutex_) = false;
};

}  // namespace corbel::invocation
