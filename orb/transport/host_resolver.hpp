#pragma once

#include <orb/base/clock.hpp>
#include <orb/transport/name_source.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace corbel::transport {

/// Looks host names up so that none waits for another: each on a thread of its own, which ends with
/// it. Callers who ask for the same host share one lookup.
/// Threads: any.
class HostResolver {
 public:
  struct Bounds {
    /// Lookups at once that somebody waits for; the next wait in line. Not counted: what the
    /// callers have given up, and hosts that are local.
    std::size_t wanted = 32;
    /// Threads at once, those of lookups given up among them. Not counted: local hosts.
    std::size_t threads = 256;
  };

  explicit HostResolver(std::shared_ptr<NameSource> names)
      : HostResolver(std::move(names), Bounds()) {}
  HostResolver(std::shared_ptr<NameSource> names, Bounds bounds);
  /// Waits for no lookup: the system cannot be told to end one. Those left behind end by
  /// themselves and use nothing of this object.
  ~HostResolver();
  HostResolver(const HostResolver&) = delete;
  HostResolver& operator=(const HostResolver&) = delete;

  /// The addresses of a host name, as text, in the order to try them. Returns at the deadline or
  /// at stop(), whatever the lookup does. Empty with `error` set on failure.
  std::vector<std::string> resolve(const std::string& host, Deadline deadline, std::string& error);
  /// Whoever waits goes without an answer, and whoever comes later.
  void stop();

 private:
  class State;
  // Shared with the threads, which may run when this object is gone.
  const std::shared_ptr<State> state_;
};

}  // namespace corbel::transport
