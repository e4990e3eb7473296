#pragma once

#include <orb/base/clock.hpp>
#include <orb/transport/host_resolver.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace corbel::transport {

/// Tells when a descriptor may be read or written, once for each time it is asked. Destroying it
/// (or the reactor's end) drops what was asked.
/// Threads: any; a callback runs on the reactor's thread, never two of one watch at once.
class Watch {
 public:
  virtual ~Watch() = default;
  /// Calls back once the descriptor is readable (or ended). Asking again replaces nothing: a second
  /// request while one is pending is ignored. False when the system cannot watch it, or after
  /// stop().
  virtual bool when_readable() = 0;
  virtual bool when_writable() = 0;
  /// Takes the descriptor out of the reactor until somebody asks again, so that octets which
  /// another thread reads do not wake the reactor as well. Drops a pending when_readable(); does
  /// nothing while when_writable() is pending.
  virtual void pause() = 0;
  /// Forgets the descriptor: no callback starts afterwards. Must happen before it is closed.
  virtual void stop() = 0;
};

/// One thread that waits for many descriptors, timers and posted work (Asio underneath).
/// Threads: every member from any thread; stop() not from its own.
class Reactor {
 public:
  using Work = std::function<void()>;
  using TimerId = std::uint64_t;

  explicit Reactor(std::string name, std::shared_ptr<NameSource> names = system_names());
  ~Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  /// Starts the thread; the first member that needs it does so too.
  void start();
  /// Ends the thread; what was posted and has not started is dropped.
  void stop() { stop(Deadline::never()); }
  /// The same, but waits no longer than that. False when the thread still runs what it began.
  bool stop(Deadline deadline);

  /// Runs `work` on the reactor's thread. False (not run, ever) after stop().
  bool post(Work work);
  /// Runs `work` on the reactor's thread at that time or a little later; 0 after stop().
  TimerId call_at(SteadyClock::time_point when, Work work);
  /// No effect when it has run or is running.
  void cancel(TimerId timer);

  /// `readable` and `writable` are kept until stop() of the watch. The descriptor stays the
  /// caller's.
  std::shared_ptr<Watch> watch(int descriptor, Work readable, Work writable);

  /// The addresses of a host, number or name, as text, in the order to try them. Waits on the
  /// calling thread until the deadline. Empty with `error` set on failure.
  std::vector<std::string> resolve(const std::string& host, Deadline deadline, std::string& error);
  /// Whoever waits for a name goes without; stop() does the same.
  void stop_resolving();

  /// Runs `work` on the reactor's thread for each of these signals from now on.
  void on_signals(const std::vector<int>& signals, Work work);

  bool is_current() const noexcept;

  class State;

 private:
  std::shared_ptr<State> state_;
  HostResolver resolver_;
};

}  // namespace corbel::transport
