#include <orb/base/upcall_thread.hpp>

#include <corbel/reply.hpp>

#include <orb/base/hot.hpp>

namespace corbel {

CORBEL_HOT UpcallThread& UpcallThread::current() noexcept {
  thread_local UpcallThread state;
  return state;
}

namespace detail {

ReplyWait::ReplyWait() : observer_(UpcallThread::current().observer) {
  if (observer_ != nullptr) static_cast<WaitObserver*>(observer_)->will_wait();
}

ReplyWait::~ReplyWait() {
  if (observer_ != nullptr) static_cast<WaitObserver*>(observer_)->did_wait();
}

}  // namespace detail

}  // namespace corbel
