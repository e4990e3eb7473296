#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>

namespace corbel::test {

/// A server in a process of its own, so that it can be killed; its executions are counted in memory
/// that both share and that outlives it.
class ServerProcess {
 public:
  /// Starts it and waits until it answers.
  ServerProcess();
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// Of its counter; the same after a restart.
  std::string reference() const;
  int executions() const { return *executions_; }
  /// kill -9, and waits for its end.
  void kill();
  /// Stopped in the middle of what it does (SIGSTOP) / goes on.
  void freeze();
  void thaw();
  /// On the same port.
  void start();
  /// Waits until it has ended by itself.
  void wait();

 private:
  int memory_ = -1;
  std::atomic<int>* executions_ = nullptr;
  pid_t process_ = 0;
  std::uint16_t port_ = 0;
};

/// What the process runs: `--serve PORT MEMORY-DESCRIPTOR READY-DESCRIPTOR`.
int serve_counter(char** arguments);

}  // namespace corbel::test
