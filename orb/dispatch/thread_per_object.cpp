#include <orb/dispatch/thread_per_object.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace corbel::dispatch {

namespace {
// Nested calls run on threads of their own, so they need some beyond those of the objects.
constexpr std::size_t kNestedThreads = 256;
}  // namespace

/// One object's requests. Guarded by the dispatcher's mutex.
class ThreadPerObjectDispatcher::ObjectQueue {
 public:
  explicit ObjectQueue(std::string_view object_id) : id(object_id) {}

  const std::string id;
  std::deque<adapter::RequestPointer> waiting;
  /// The upcall that may run now; those below it in `suspended` wait in calls of their own.
  bool running = false;
  /// A thread works on `waiting`, or will.
  bool has_worker = false;
  /// Nested calls on their way in, which may come after the upcall that waited for them has ended.
  std::size_t nested = 0;
  std::vector<CallChain> suspended;
  Condition resumed;

  bool is_waiting_in(const CallChain& chain) const {
    return std::find(suspended.begin(), suspended.end(), chain) != suspended.end();
  }
};

/// Lets a nested call into the object while its upcall waits.
class ThreadPerObjectDispatcher::WaitingUpcall final : public WaitObserver {
 public:
  WaitingUpcall(ThreadPerObjectDispatcher& dispatcher, ObjectQueue& queue)
      : dispatcher_(dispatcher), queue_(queue), scope_(*this) {}

  void will_wait() override {
    const auto* chain = UpcallThread::current().chain;
    MutexLock lock(dispatcher_.mutex_);
    queue_.running = false;
    chain_ = chain != nullptr ? *chain : CallChain{};
    queue_.suspended.push_back(chain_);
    queue_.resumed.notify_all();
    // Its thread does nothing now: another object may have one more.
    dispatcher_.threads_.change_maximum(1);
  }
  void did_wait() override {
    MutexLock lock(dispatcher_.mutex_);
    dispatcher_.threads_.change_maximum(-1);
    while (queue_.running) queue_.resumed.wait(lock);
    queue_.running = true;
    const auto own = std::find(queue_.suspended.rbegin(), queue_.suspended.rend(), chain_);
    if (own != queue_.suspended.rend()) queue_.suspended.erase(std::next(own).base());
  }

 private:
  ThreadPerObjectDispatcher& dispatcher_;
  ObjectQueue& queue_;
  CallChain chain_{};
  ObserverScope scope_;
};

ThreadPerObjectDispatcher::ThreadPerObjectDispatcher(const ThreadPerObject& policy)
    : policy_(policy),
      threads_("corbel-object", policy.max_threads),
      nested_threads_("corbel-nested", kNestedThreads) {}

ThreadPerObjectDispatcher::~ThreadPerObjectDispatcher() {
  nested_threads_.stop();
  threads_.stop();
}

bool ThreadPerObjectDispatcher::stop(Deadline deadline) {
  const bool nested = nested_threads_.stop(deadline);
  return threads_.stop(deadline) && nested;
}

adapter::Dispatcher::Outcome ThreadPerObjectDispatcher::dispatch(adapter::RequestPointer& request,
                                                                 bool) {
  MutexLock lock(mutex_);
  const auto id = request->object_id().octets();
  auto found = objects_.find(id);
  if (found == objects_.end()) {
    auto fresh = std::make_shared<ObjectQueue>(id);
    const std::string_view own_id = fresh->id;
    found = objects_.emplace(own_id, std::move(fresh)).first;
  }
  const auto queue = found->second;
  if (request->chain() != nullptr && queue->is_waiting_in(*request->chain())) {
    if (!nested_threads_.run([this, queue, request] { run_nested(queue, request); }))
      return Outcome::full;
    ++queue->nested;
    return Outcome::taken;
  }
  if (queue->waiting.size() >= policy_.queue) return Outcome::full;
  queue->waiting.push_back(request);
  ++queued_;
  if (!std::exchange(queue->has_worker, true))
    threads_.run_or_queue([this, queue] { work(queue); });
  return Outcome::taken;
}

void ThreadPerObjectDispatcher::work(const std::shared_ptr<ObjectQueue>& queue) {
  MutexLock lock(mutex_);
  while (!queue->waiting.empty()) {
    auto request = std::move(queue->waiting.front());
    queue->waiting.pop_front();
    --queued_;
    while (queue->running) queue->resumed.wait(lock);
    queue->running = true;
    lock.unlock();
    run_one(*queue, request);
    request.reset();
    lock.lock();
    queue->running = false;
    queue->resumed.notify_all();
    if (!queue->waiting.empty()) continue;
    queue->has_worker = false;
    if (queue->nested == 0) forget(*queue);
    return;
  }
}

void ThreadPerObjectDispatcher::run_nested(const std::shared_ptr<ObjectQueue>& queue,
                                           const adapter::RequestPointer& request) {
  MutexLock lock(mutex_);
  while (queue->running) queue->resumed.wait(lock);
  queue->running = true;
  lock.unlock();
  run_one(*queue, request);
  lock.lock();
  queue->running = false;
  queue->resumed.notify_all();
  if (--queue->nested == 0 && !queue->has_worker) forget(*queue);
}

void ThreadPerObjectDispatcher::forget(const ObjectQueue& queue) {
  const auto found = objects_.find(queue.id);
  if (found != objects_.end() && found->second.get() == &queue) objects_.erase(found);
}

void ThreadPerObjectDispatcher::run_one(ObjectQueue& queue,
                                        const adapter::RequestPointer& request) {
  const WaitingUpcall observer(*this, queue);
  request->run();
}

std::size_t ThreadPerObjectDispatcher::queued() const {
  MutexLock lock(mutex_);
  return queued_;
}

}  // namespace corbel::dispatch
