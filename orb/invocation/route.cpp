#include <orb/invocation/route.hpp>

#include <algorithm>
#include <utility>

namespace corbel::invocation {

ObjectRef Route::current() const {
  if (!is_forwarded()) return original_;
  MutexLock lock(mutex_);
  return current_;
}

void Route::forward(ObjectRef target, bool permanent) {
  MutexLock lock(mutex_);
  if (permanent) permanent_ = target;
  current_ = std::move(target);
  forwarded_.store(true, std::memory_order_release);
  bound_.store(false, std::memory_order_release);
  settled_.store(false, std::memory_order_relaxed);
  endpoint_.store(0, std::memory_order_relaxed);
  addressing_.store(giop::AddressingDisposition::key, std::memory_order_relaxed);
}

bool Route::fall_back() {
  MutexLock lock(mutex_);
  const auto& home = permanent_.is_nil() ? original_ : permanent_;
  if (current_ == home) {
    if (permanent_.is_nil()) return false;
    // Even what was said to be permanent does not answer: ask where it all began.
    permanent_ = ObjectRef();
    current_ = original_;
  } else {
    current_ = home;
  }
  forwarded_.store(!(current_ == original_), std::memory_order_release);
  bound_.store(false, std::memory_order_release);
  settled_.store(false, std::memory_order_relaxed);
  endpoint_.store(0, std::memory_order_relaxed);
  addressing_.store(giop::AddressingDisposition::key, std::memory_order_relaxed);
  return true;
}

void Route::remember(KnownWay way, const ObjectRef& target) {
  if (&target.data() != &original_.data()) return;
  MutexLock lock(mutex_);
  const auto same = std::find_if(ways_.begin(), ways_.end(), [&](const auto& known) {
    return known->endpoint == way.endpoint;
  });
  const KnownWay* known = nullptr;
  if (same != ways_.end()) {
    known = same->get();
  } else {
    known = ways_.emplace_back(std::make_unique<const KnownWay>(std::move(way))).get();
  }
  known_way_.store(known, std::memory_order_release);
}

bool Route::enqueue(std::shared_ptr<AsyncCall> call) {
  MutexLock lock(mutex_);
  waiting_.push_back(std::move(call));
  return !std::exchange(connecting_, true);
}

std::shared_ptr<AsyncCall> Route::dequeue() {
  MutexLock lock(mutex_);
  if (waiting_.empty()) {
    connecting_ = false;
    return nullptr;
  }
  auto call = std::move(waiting_.front());
  waiting_.pop_front();
  return call;
}

bool Route::is_connecting() const {
  MutexLock lock(mutex_);
  return connecting_;
}

}  // namespace corbel::invocation
