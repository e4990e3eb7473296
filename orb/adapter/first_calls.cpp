#include <orb/adapter/first_calls.hpp>

#include <corbel/exceptions.hpp>

#include <orb/base/upcall_thread.hpp>

#include <utility>

namespace corbel::adapter {

std::shared_ptr<ActiveObject> FirstCalls::make_once(const ObjectId& id, Deadline until, Make make) {
  std::shared_ptr<Making> making;
  bool is_first = false;
  {
    MutexLock lock(mutex_);
    auto& slot = making_[std::string(id.octets())];
    is_first = slot == nullptr;
    if (is_first) slot = std::make_shared<Making>();
    making = slot;
  }
  if (!is_first) return wait_for(*making, id, until);
  std::shared_ptr<ActiveObject> object;
  std::exception_ptr failure;
  try {
    object = make();
  } catch (...) {
    failure = std::current_exception();
  }
  {
    MutexLock lock(mutex_);
    making_.erase(std::string(id.octets()));
    making->over = true;
    making->object = object;
    making->failure = failure;
    over_.notify_all();
  }
  if (failure) std::rethrow_exception(failure);
  return object;
}

std::shared_ptr<ActiveObject> FirstCalls::wait_for(const Making& making, const ObjectId& id,
                                                   Deadline until) {
  if (making.maker == std::this_thread::get_id()) {
    throw BadInvOrder(
        "the servant activator called the object " + id.to_string() + " while making its servant",
        Completion::no);
  }
  const WaitNotice notice;
  MutexLock lock(mutex_);
  while (!making.over) {
    if (until.has_passed()) {
      throw Transient("the servant of " + id.to_string() + " is still being made; try again later",
                      Completion::no);
    }
    over_.wait_until(lock, until.at());
  }
  if (making.failure) std::rethrow_exception(making.failure);
  return making.object;
}

}  // namespace corbel::adapter
