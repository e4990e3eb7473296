#include <orb/dispatch/pool.hpp>

#include <utility>

namespace corbel::dispatch {

/// While the upcall waits its place in the pool is free for another.
class PoolDispatcher::WaitingUpcall final : public WaitObserver {
 public:
  explicit WaitingUpcall(PoolDispatcher& pool) : pool_(pool), scope_(*this) {}

  void will_wait() override {
    MutexLock lock(pool_.mutex_);
    --pool_.running_;
    pool_.start_worker();
  }
  void did_wait() override {
    // The thread goes on at once; the pool has one more for a moment instead of making it wait.
    MutexLock lock(pool_.mutex_);
    ++pool_.running_;
  }

 private:
  PoolDispatcher& pool_;
  ObserverScope scope_;
};

PoolDispatcher::PoolDispatcher(const Pool& policy)
    : policy_(policy), threads_("corbel-pool", policy.threads + policy.extra_threads) {}

adapter::Dispatcher::Outcome PoolDispatcher::dispatch(adapter::RequestPointer& request, bool) {
  MutexLock lock(mutex_);
  if (queue_.size() >= policy_.queue) return Outcome::full;
  queue_.push_back(request);
  start_worker();
  return Outcome::taken;
}

void PoolDispatcher::start_worker() {
  if (queue_.empty() || running_ >= policy_.threads) return;
  // No thread left means as many wait as are allowed to: the request stays in the queue.
  if (threads_.run([this] { work(); })) ++running_;
}

void PoolDispatcher::work() {
  WaitingUpcall observer(*this);
  MutexLock lock(mutex_);
  while (!queue_.empty() && running_ <= policy_.threads) {
    auto request = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    request->run();
    request.reset();
    lock.lock();
  }
  --running_;
}

std::size_t PoolDispatcher::queued() const {
  MutexLock lock(mutex_);
  return queue_.size();
}

}  // namespace corbel::dispatch
