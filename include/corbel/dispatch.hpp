#pragma once

#include <cstddef>
#include <variant>

namespace corbel {

/// How an adapter's upcalls are run; chosen per adapter because the author of the servants knows
/// which may overlap. Every queue is bounded; what does not fit is answered TRANSIENT (not
/// executed), and one-way requests hold back the reading of their connection.
/// Nested calls and callbacks work under every policy (docs/architecture.md, dispatch).

/// The connection's own thread runs the upcall: the shortest path. One client's calls keep their
/// order. Calls within the process have no connection: they run on the caller's thread,
/// asynchronous ones each on a thread of its own, where they may overlap.
struct ThreadPerConnection {
  /// Threads of the adapter that go on reading connections whose upcall takes long or waits in a
  /// call of its own.
  std::size_t spare_threads = 64;
};

/// A thread for each request, reused between requests: calls never wait for each other.
struct ThreadPerRequest {
  std::size_t max_threads = 256;
};

/// Upcalls of one object never overlap and keep their order: no locking inside a servant. A thread
/// only for objects with work. An object whose upcall waits in a call of its own lets in calls of
/// the same chain only, so two objects that call each other in opposite order for two callers wait
/// as two locks would: until a deadline ends it (TIMEOUT).
struct ThreadPerObject {
  /// Requests that may wait for one object.
  std::size_t queue = 1024;
  /// Objects that may work at the same time; more wait their turn.
  std::size_t max_threads = 256;
};

/// At most `threads` upcalls at a time.
struct Pool {
  std::size_t threads = 4;
  std::size_t queue = 1024;
  /// Threads added for a time while pool threads wait in calls of their own.
  std::size_t extra_threads = 64;
};

/// The reactor's thread runs the upcall: an iterative server, no two upcalls overlap. A slow upcall
/// holds up all connections of the Orb.
struct EventLoop {
  std::size_t queue = 1024;
};

using DispatchPolicy =
    std::variant<ThreadPerConnection, ThreadPerRequest, ThreadPerObject, Pool, EventLoop>;

}  // namespace corbel
