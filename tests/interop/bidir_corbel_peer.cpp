// Corbel's side of the tests of bidirectional connections with omniORB.
//   bidir_corbel_peer server IOR-FILE     accepts calls back
//   bidir_corbel_peer client REFERENCE    offers them, and cannot be connected to
#include "tests/integration/bidirectional/parties.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace corbel::test {
namespace {

int serve(const std::string& ior_file) {
  Orb orb(Parties::accepting());
  auto adapter = orb.create_adapter("server");
  const auto servant = std::make_shared<ServerServant>();
  servant->self = adapter.activate<bidirectional::Server>(servant);
  orb.shutdown_on_signals();
  adapter.activate_requests();
  std::ofstream(ior_file + ".new") << to_string(servant->self) << "\n";
  std::filesystem::rename(ior_file + ".new", ior_file);
  orb.run();
  servant->keep({});
  return 0;
}

int failures = 0;
void check(const char* what, int got, int expected) {
  if (got != expected) ++failures;
  std::cout << (got == expected ? "ok " : "FAILED ") << what << ": " << got << "\n";
}

int call(const std::string& reference) {
  Orb orb(Parties::offering());
  const auto server =
      with(orb.object<bidirectional::Server>(reference), {.deadline = std::chrono::seconds(20)});
  check("a call before there is anything to call back", server.ping(7), 7);
  auto adapter = answering_adapter(orb, "client");
  const auto servant = std::make_shared<ClientServant>([](int number) { return 10 * number; });
  servant->self = adapter.activate<bidirectional::Client>(servant);
  check("called back in a call", server.visit(servant->self, 5), 100);
  auto reply = server.async_visit(servant->self, 5);
  check("called back in an asynchronous call", reply.get(), 100);
  check("nested", server.nest(servant->self, 20), 20);
  server.keep(servant->self);
  server.tell_later(100);
  check("told while idle", static_cast<int>(servant->told(100).size()), 100);
  check("protocol errors", static_cast<int>(orb.statistics().protocol_errors), 0);
  server.keep({});
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace corbel::test

int main(int argc, char** argv) {
  const std::string mode = argc == 3 ? argv[1] : "";
  try {
    if (mode == "server") return corbel::test::serve(argv[2]);
    if (mode == "client") return corbel::test::call(argv[2]);
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return 1;
  }
  std::cerr << "usage: bidir_corbel_peer server IOR-FILE | client REFERENCE\n";
  return 2;
}
