#pragma once

#include "event-service/core/log.hpp"
#include "event-service/naming_calls.hpp"

#include <corbel/orb.hpp>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace corbel::event_service {

/// Keeps names bound in the naming service from threads of its own. A name that cannot be bound now
/// is tried again with growing pauses, one that never can is given up; each is said once, and none
/// holds up the others. Names that are bound are looked after: one that is gone, because the naming
/// service was started anew, is bound again; one that somebody else has bound since is left to
/// them. Threads: any.
class NamingRegistrar {
 public:
  /// `naming` is a reference's text: "corbaloc::host:2809/NameService", an IOR. Throws BadParam if
  /// it is no such text. `check_interval`: how often it looks whether a name is still bound.
  NamingRegistrar(Orb& orb, std::string naming, std::chrono::nanoseconds check_interval);
  ~NamingRegistrar() { stop(); }
  NamingRegistrar(const NamingRegistrar&) = delete;
  NamingRegistrar& operator=(const NamingRegistrar&) = delete;

  /// Binds the name (replacing what is there), or for nil takes away what was bound by us.
  void set(const std::string& name, const Object& object);
  /// Takes its names out of the naming service if it can be reached at once, and ends. Idempotent.
  void stop();
  /// Waits until all that was set so far is done or given up; false if not within the time.
  bool wait_until_done(std::chrono::nanoseconds limit);

 private:
  using Clock = std::chrono::steady_clock;

  struct Name {
    Object wanted;     ///< nil: to be taken away
    Object bound;      ///< ours, surely bound once
    Object attempted;  ///< ours, perhaps bound
    std::uint64_t version = 0;
    bool open = true;  ///< not yet as wanted
    bool busy = false;
    bool failing = false;   ///< the last try was to be repeated
    std::string failure{};  ///< why the first such try failed, until one works
    bool given_up = false;
    bool replaced = false;
    Clock::time_point due{};
    std::chrono::nanoseconds pause{};
  };
  using Names = std::map<std::string, Name>;
  /// A name that fails may take its time at every try, so those have a thread of their own.
  enum class Lane : std::uint8_t { healthy, failing };

  void work(Lane lane);
  Names::iterator earliest(Lane lane);
  void step(Names::iterator name, std::unique_lock<std::mutex>& lock);
  NamingAnswer ask(const std::string& name, const Name& state) const;
  NamingAnswer take_away(const std::string& name, const Name& state) const;
  void conclude(Names::iterator name, const Name& asked, const NamingAnswer& answer);
  void settle(const std::string& name, Name& state, NamingAnswer::Kind kind);
  void try_later(const std::string& name, Name& state, const std::string& why);
  void give_up(const std::string& name, Name& state, const std::string& why);
  bool is_failure_of_any(const std::string& why) const;

  const NamingCalls calls_;
  const std::chrono::nanoseconds check_interval_;
  LogGate gone_gate_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below under mutex_.
  Names names_;
  bool stopped_ = false;
  std::array<std::thread, 2> threads_;
};

}  // namespace corbel::event_service
