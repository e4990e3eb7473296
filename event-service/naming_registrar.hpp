#pragma once

#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace corbel::event_service {

/// Keeps names bound in the naming service from a thread of its own. While the naming service
/// cannot be reached it says so once, tries again with growing pauses, and says when it worked.
/// Threads: any.
class NamingRegistrar {
 public:
  /// `naming` is a reference's text: "corbaloc::host:2809/NameService", an IOR. Throws BadParam if
  /// it is no such text.
  NamingRegistrar(Orb& orb, std::string naming);
  ~NamingRegistrar() { stop(); }
  NamingRegistrar(const NamingRegistrar&) = delete;
  NamingRegistrar& operator=(const NamingRegistrar&) = delete;

  /// Binds the name (replacing what is there), or takes it away for nil.
  void set(const std::string& name, const Object& object);
  /// Takes its names out of the naming service if it can be reached at once, and ends. Idempotent.
  void stop();
  /// Waits until all that was set so far is done; false if not within the time.
  bool wait_until_done(std::chrono::nanoseconds limit);

 private:
  void work();
  /// Empty when it worked, else why not.
  std::string try_to_apply(const std::string& name, const Object& object);
  Naming naming();

  Orb& orb_;
  const std::string naming_text_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below under mutex_.
  std::deque<std::pair<std::string, Object>> open_;
  std::map<std::string, Object> bound_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace corbel::event_service
