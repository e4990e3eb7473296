#include <orb/base/upcall_thread.hpp>

namespace corbel {

UpcallThread& UpcallThread::current() noexcept {
  thread_local UpcallThread state;
  return state;
}

}  // namespace corbel
