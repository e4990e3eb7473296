// corbel-naming: the naming service as a process.
#include "naming-service/command_line.hpp"
#include "naming-service/store/memory.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string_view>

namespace {

using namespace corbel::naming_service;

/// Written beside and moved into place, so that whoever waits for the file never reads half of it.
void write_ior_file(const std::filesystem::path& file, const std::string& ior) {
  auto beside = file;
  beside += ".new";
  std::ofstream out(beside);
  out << ior << '\n';
  out.close();
  if (!out)
    throw std::runtime_error("cannot write " + beside.string() + ": " + std::strerror(errno));
  std::filesystem::rename(beside, file);
}

void serve(const CommandLine& line) {
  corbel::Orb orb(line.orb);
  orb.shutdown_on_signals();
  NamingService service(orb, std::make_unique<MemoryStore>(), line.service);
  const auto root = corbel::reference(service.root());
  if (!line.ior_file.empty()) write_ior_file(line.ior_file, root.to_string());
  std::cout << "corbel-naming ready at " << root.to_corbaloc() << std::endl;
  orb.run();
}

int complain(const std::exception& failure) {
  std::cerr << "corbel-naming: " << failure.what() << '\n';
  return 1;
}

void say_what_to_do(std::string_view failure, std::uint16_t port) {
  if (failure.find("in use") == std::string_view::npos) return;
  std::cerr << "`ss -ltnp 'sport = :" << port
            << "'` shows who has the port; choose another with --port, or any "
            << "free one with --port 0.\n";
}

}  // namespace

int main(int argc, char** argv) try {
  const auto line = read_command_line(argc, argv);
  if (const auto* status = std::get_if<int>(&line)) return *status;
  const auto& options = std::get<CommandLine>(line);
  try {
    serve(options);
    return 0;
  } catch (const corbel::Initialize& failure) {
    complain(failure);
    say_what_to_do(failure.message(), options.orb.port);
    return 1;
  }
} catch (const std::exception& failure) {
  return complain(failure);
}
