#include <corbel/call.hpp>

#include <corbel/exceptions.hpp>

#include <orb/base/upcall_thread.hpp>

namespace corbel {

const CallContext* CallContext::current_if() noexcept { return UpcallThread::current().context; }

const CallContext& CallContext::current() {
  if (const auto* context = current_if()) return *context;
  throw BadInvOrder("CallContext::current() outside an upcall");
}

}  // namespace corbel
