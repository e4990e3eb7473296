#include "tests/integration/failures/server_process.hpp"

#include "tests/integration/failures/counter_servant.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <thread>

namespace corbel::test {

namespace {

std::atomic<int>* map_counter(int memory) {
  void* const page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (page == MAP_FAILED) throw std::runtime_error("mmap");
  return static_cast<std::atomic<int>*>(page);
}

}  // namespace

ServerProcess::ServerProcess() : memory_(::memfd_create("executions", 0)) {
  if (memory_ < 0 || ::ftruncate(memory_, 4096) != 0) throw std::runtime_error("memfd_create");
  executions_ = map_counter(memory_);
  start();
}

ServerProcess::~ServerProcess() {
  kill();
  ::munmap(executions_, 4096);
  ::close(memory_);
}

std::string ServerProcess::reference() const {
  return "corbaloc:iiop:1.2@127.0.0.1:" + std::to_string(port_) + "/counter";
}

void ServerProcess::start() {
  int ready[2];
  if (::pipe2(ready, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  const auto port = std::to_string(port_);
  const auto memory = std::to_string(memory_);
  const auto descriptor = std::to_string(ready[1]);
  const std::array<const char*, 6> arguments{"server",       "--serve",          port.c_str(),
                                             memory.c_str(), descriptor.c_str(), nullptr};
  process_ = ::fork();
  if (process_ == 0) {
    // A test that is aborted leaves no server behind, which would keep its output open.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::fcntl(ready[1], F_SETFD, 0);
    ::execv("/proc/self/exe", const_cast<char**>(arguments.data()));
    ::_exit(127);
  }
  ::close(ready[1]);
  std::uint16_t bound = 0;
  const auto count = ::read(ready[0], &bound, sizeof bound);
  ::close(ready[0]);
  if (count != sizeof bound) throw std::runtime_error("the server did not start");
  port_ = bound;
}

void ServerProcess::kill() {
  if (process_ == 0) return;
  ::kill(process_, SIGKILL);
  wait();
  // A connection used within the last millisecond is used again without a look whether it has
  // ended: a call then may have run, as far as its caller knows.
  const auto enough = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
  while (std::chrono::steady_clock::now() < enough) std::this_thread::yield();
}

void ServerProcess::freeze() {
  ::kill(process_, SIGSTOP);
  int status = 0;
  ::waitpid(process_, &status, WUNTRACED);
}

void ServerProcess::thaw() { ::kill(process_, SIGCONT); }

void ServerProcess::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = 0;
}

int serve_counter(char** arguments) {
  OrbOptions options;
  options.port = static_cast<std::uint16_t>(std::atoi(arguments[0]));
  auto* executions = map_counter(std::atoi(arguments[1]));
  Orb orb(options);
  auto adapter = orb.create_adapter("counter");
  adapter.activate_well_known<failures::Counter>("counter",
                                                 std::make_shared<CounterServant>(*executions));
  adapter.activate_requests();
  const std::uint16_t port = orb.endpoints().front().port;
  if (::write(std::atoi(arguments[2]), &port, sizeof port) != sizeof port) return 1;
  ::close(std::atoi(arguments[2]));
  orb.run();
  return 0;
}

}  // namespace corbel::test
