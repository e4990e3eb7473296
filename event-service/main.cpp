#include "event-service/command_line.hpp"
#include "event-service/core/log.hpp"
#include "event-service/service.hpp"

#include <corbel/orb.hpp>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

namespace corbel::event_service {
namespace {

/// SIGINT and SIGTERM are taken by one thread at a time of its choosing; all others inherit this.
sigset_t hold_back_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// A reader never sees half a reference: written aside, then renamed.
void write_reference(const std::string& path, const Object& object) {
  const std::string aside = path + ".new";
  std::ofstream file(aside);
  file << to_string(object) << '\n';
  file.close();
  if (!file || std::rename(aside.c_str(), path.c_str()) != 0) {
    throw std::runtime_error("cannot write the reference to " + path);
  }
}

/// Scripts wait for this line and read the port from it.
void tell_ready(const Orb& orb, const EventService& service, const CommandLine& line) {
  const auto published = reference(service.default_channel()).endpoints();
  const auto plain = ObjectRef::at(published, EventService::kDefaultChannel);
  std::cout << "corbel-events ready at " << plain.to_corbaloc();
  if (!line.orb.advertise.empty()) {
    for (const auto& endpoint : orb.endpoints()) {
      std::cout << ", listening on " << endpoint.to_string();
    }
  }
  std::cout << std::endl;
}

void run(const CommandLine& line) {
  const sigset_t signals = hold_back_signals();
  Orb orb(line.orb);
  EventService service(orb, line.service);
  service.start();
  if (!line.ior_file.empty()) {
    const auto& channels = line.service.channels;
    const auto channel =
        channels.empty() ? std::nullopt : service.directory().find(channels.front());
    write_reference(line.ior_file, channel ? *channel : service.default_channel());
  }
  tell_ready(orb, service, line);
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    log(LogLevel::info, "stopping: telling suppliers and consumers");
    service.stop();
    orb.shutdown();
  });
  orb.run();
  stopper.join();
}

}  // namespace
}  // namespace corbel::event_service

int main(int argc, char** argv) {
  using namespace corbel::event_service;
  int exit_status = 0;
  const auto line = parse_command_line(argc, argv, exit_status);
  if (!line) return exit_status;
  try {
    run(*line);
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << "corbel-events: " << failure.what() << '\n';
    return 1;
  }
}
