#include <orb/facade/retired_adapters.hpp>

#include <orb/base/upcall_thread.hpp>

#include <utility>

namespace corbel::facade {

namespace {

// How long one adapter is waited for before it is the turn of the next: an upcall may never end.
constexpr std::chrono::milliseconds kTurn{100};
// Threads without work need no more than this to end.
constexpr std::chrono::seconds kIdleThreadsEnd{2};

}  // namespace

void RetiredAdapters::add(AdapterPointer adapter) {
  MutexLock lock(mutex_);
  kept_.push_back(std::move(adapter));
}

void RetiredAdapters::end(const AdapterPointer& adapter) {
  if (!try_to_end(adapter, Deadline(SteadyClock::now()))) end_later(adapter);
}

void RetiredAdapters::end_later(const AdapterPointer& adapter) {
  MutexLock lock(mutex_);
  waiting_.push_back(adapter);
  if (!working_) working_ = thread_.run_or_queue([this] { work(); });
}

void RetiredAdapters::work() {
  // What an adapter lets go of at its end is the user's, and must not wait for it.
  const UpcallScope scope(nullptr);
  for (;;) {
    AdapterPointer adapter;
    {
      MutexLock lock(mutex_);
      working_ = !stopping_ && !waiting_.empty();
      if (!working_) return;
      adapter = std::move(waiting_.front());
      waiting_.pop_front();
    }
    if (try_to_end(adapter, Deadline::after(kTurn))) continue;
    MutexLock lock(mutex_);
    waiting_.push_back(std::move(adapter));
  }
}

bool RetiredAdapters::try_to_end(const AdapterPointer& adapter, Deadline until) {
  // Without an open request none can come to its threads any more.
  if (!adapter->wait_until_unused(until)) return false;
  if (!adapter->dispatcher().stop(Deadline::after(kIdleThreadsEnd))) return false;
  adapter->release_objects();
  MutexLock lock(mutex_);
  std::erase(kept_, adapter);
  return true;
}

std::vector<RetiredAdapters::AdapterPointer> RetiredAdapters::all() const {
  MutexLock lock(mutex_);
  return kept_;
}

bool RetiredAdapters::stop(Deadline deadline) {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  return thread_.stop(deadline);
}

}  // namespace corbel::facade
