#include <orb/adapter/request_gate.hpp>

#include <orb/adapter/adapter_core.hpp>
#include <orb/adapter/dispatcher.hpp>
#include <orb/base/upcall_thread.hpp>

#include <utility>

namespace corbel::adapter {

bool RequestGate::change(AdapterState next, Dispatcher& dispatcher) {
  MutexLock lock(mutex_);
  // New requests line up behind those that wait until the last of these is on its way.
  while (next == AdapterState::active && state() == AdapterState::holding && !held_.empty()) {
    auto request = std::move(held_.front());
    held_.pop_front();
    lock.unlock();
    resume(std::move(request), dispatcher);
    lock.lock();
  }
  if (state() == AdapterState::inactive) return next == AdapterState::inactive;
  state_.store(next, std::memory_order_release);
  changed_.notify_all();
  return true;
}

void RequestGate::close(const SystemException& reason) {
  std::deque<RequestPointer> held;
  {
    MutexLock lock(mutex_);
    held.swap(held_);
  }
  for (const auto& request : held) request->refuse(reason);
}

void RequestGate::resume(RequestPointer request, Dispatcher& dispatcher) {
  const auto deadline = request->deadline();
  if (deadline && *deadline <= SteadyClock::now()) {
    request->refuse(Timeout("the adapter held the request past its deadline", Completion::no));
    return;
  }
  try {
    if (dispatcher.dispatch(request, false) == Dispatcher::Outcome::taken) return;
    request->core().count_refused();
    request->refuse(
        Transient("the adapter \"" + request->core().name() + "\" has no room for more requests",
                  Completion::no));
  } catch (const std::exception& error) {
    request->refuse(could_not_start(error));
  }
}

bool RequestGate::hold(const RequestPointer& request) {
  MutexLock lock(mutex_);
  if (state() != AdapterState::holding || held_.size() + threads_ >= room_) return false;
  held_.push_back(request);
  return true;
}

void RequestGate::wait(Deadline until) {
  const auto may_wait = [this] {
    mutex_.assert_held();
    return state() == AdapterState::holding && held_.size() + threads_ < room_;
  };
  {
    MutexLock lock(mutex_);
    if (!may_wait()) return;
    ++threads_;
  }
  const WaitNotice notice;
  MutexLock lock(mutex_);
  while (state() == AdapterState::holding && !until.has_passed())
    changed_.wait_until(lock, until.at());
  --threads_;
}

std::size_t RequestGate::waiting() const {
  MutexLock lock(mutex_);
  return held_.size() + threads_;
}

}  // namespace corbel::adapter
