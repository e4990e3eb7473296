// Corbel's side of the interoperation tests.
//   types_corbel_peer server IOR-FILE [IDLE-SECONDS]
//   types_corbel_peer client REFERENCE VERSION all|large|idle [latin-1]
// VERSION is the peer's highest GIOP version; latin-1 says that the peer takes no other text.
// The environment (CORBEL_FRAGMENT_SIZE) sets the Orb's options.
#include "types_corbel_checks.hpp"
#include "types_corbel_servants.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace {

int serve(int argc, char** argv, const corbel::OrbOptions& options) {
  const std::string ior_file = argv[2];
  corbel::Orb orb(argc, argv, options);
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("types");
  const auto types = make_types(adapter);
  adapter.activate_requests();
  std::ofstream(ior_file) << to_string(types) << std::endl;
  orb.run();
  const auto statistics = orb.statistics();
  std::cout << "protocol errors: " << statistics.protocol_errors << std::endl;
  return statistics.protocol_errors == 0 ? 0 : 1;
}

int check(int argc, char** argv) {
  const std::string_view reference = argv[2];
  const std::string version = argv[3];
  const std::string group = argv[4];
  const bool utf8 = argc == 5;
  corbel::Orb orb(argc, argv);
  auto adapter = orb.create_adapter("client");
  adapter.activate_requests();
  CorbelClient client{orb, orb.object<interop::Types>(reference), make_callback(adapter), version,
                      utf8};
  if (group == "all") {
    check_values(client);
    check_texts(client);
    check_calls(client);
    check_failures(client);
  }
  if (group == "large") check_large_values(client);
  if (group == "idle") check_idle(client);
  const auto errors = orb.statistics().protocol_errors;
  client.checks.run("no protocol errors", [&] { expect(errors == 0, "none counted"); });
  return client.checks.passed() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "server") {
    corbel::OrbOptions options;
    if (argc > 3) options.idle_timeout = std::chrono::seconds(std::atoi(argv[3]));
    return serve(argc, argv, options);
  }
  if (mode == "client" && argc > 4) {
    return check(argc, argv);
  }
  std::cerr << "usage: types_corbel_peer server IOR-FILE [IDLE-SECONDS]\n"
               "       types_corbel_peer client REFERENCE VERSION all|large|idle [latin-1]\n";
  return 2;
} catch (const std::exception& error) {
  std::cerr << "types_corbel_peer: " << error.what() << '\n';
  return 1;
}
