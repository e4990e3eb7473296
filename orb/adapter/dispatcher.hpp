#pragma once

#include <orb/adapter/incoming_request.hpp>
#include <orb/base/clock.hpp>
#include <orb/connection/request_handler.hpp>

#include <cstddef>

namespace corbel::adapter {

/// Decides which thread runs a request; one for each adapter, from its DispatchPolicy.
/// Threads: any.
class Dispatcher {
 public:
  enum class Outcome : std::uint8_t {
    taken,             ///< ran, or will run
    needs_own_thread,  ///< come again on the connection's own thread
    full,              ///< no room
  };
  virtual ~Dispatcher() = default;

  /// `request` is taken over with outcome `taken` only. `own_thread`: the calling thread may be
  /// kept for the whole upcall.
  virtual Outcome dispatch(RequestPointer& request, bool own_thread) = 0;
  /// A caller in this process may run the upcall itself.
  virtual bool allows_direct_calls() const noexcept { return false; }
  /// The thread that reads a connection runs its requests: it may wait while the adapter holds.
  virtual bool runs_on_connection_threads() const noexcept { return false; }
  /// Nested calls must carry a chain id, so that a call back into a waiting object is recognised.
  virtual bool needs_call_chains() const noexcept { return false; }
  virtual std::size_t queued() const { return 0; }
  virtual std::size_t spare_threads() const noexcept { return 0; }
  /// Ends its threads after all accepted requests have run. Not called from one of them. False when
  /// some are left at the deadline.
  virtual bool stop(Deadline deadline) = 0;
};

}  // namespace corbel::adapter
