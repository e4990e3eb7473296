#include <orb/invocation/unfinished_calls.hpp>

#include <orb/invocation/async_call.hpp>

#include <utility>

namespace corbel::invocation {

namespace {
constexpr std::size_t kLooksAfter = 64;
}

bool UnfinishedCalls::add(const std::shared_ptr<AsyncCall>& call) {
  MutexLock lock(mutex_);
  if (ended_) return false;
  if (calls_.size() >= 2 * kept_ + kLooksAfter) {
    std::erase_if(calls_, [](const auto& known) { return known.expired(); });
    kept_ = calls_.size();
  }
  calls_.push_back(call);
  return true;
}

void UnfinishedCalls::end() {
  std::vector<std::weak_ptr<AsyncCall>> calls;
  {
    MutexLock lock(mutex_);
    ended_ = true;
    calls.swap(calls_);
  }
  for (const auto& known : calls) {
    if (const auto call = known.lock()) call->end_with_orb();
  }
}

}  // namespace corbel::invocation
