#include <orb/base/upcall_thread.hpp>

#include <corbel/reply.hpp>

namespace corbel::detail {

ReplyWait::ReplyWait() : observer_(UpcallThread::current().observer) {
  if (observer_ != nullptr) static_cast<WaitObserver*>(observer_)->will_wait();
}

ReplyWait::~ReplyWait() {
  if (observer_ != nullptr) static_cast<WaitObserver*>(observer_)->did_wait();
}

}  // namespace corbel::detail
