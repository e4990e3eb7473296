// omniORB's side of the interoperation tests.
//   types_omni_peer server IOR-FILE VERSION [latin-1] [-ORB...]
//   types_omni_peer client REFERENCE VERSION all|large|idle [latin-1] [-ORB...]
// VERSION is the highest GIOP version used; the native code set is UTF-8, or Latin-1.
#include "types_omni_checks.hpp"
#include "types_omni_servants.hpp"

#include <csignal>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

CORBA::ORB_ptr make_orb(int& argc, char** argv, const std::string& version, bool utf8) {
  const char* options[][2] = {{"maxGIOPVersion", version.c_str()},
                              {"nativeCharCodeSet", utf8 ? "UTF-8" : "ISO-8859-1"},
                              {"giopMaxMsgSize", "67108864"},
                              // Each nested call waits on a connection of its own.
                              {"maxGIOPConnectionPerServer", "20"},
                              {"endPoint", "giop:tcp:127.0.0.1:0"},
                              {nullptr, nullptr}};
  return CORBA::ORB_init(argc, argv, "omniORB4", options);
}

PortableServer::POA_ptr make_adapter(CORBA::ORB_ptr orb) {
  const CORBA::Object_var object = orb->resolve_initial_references("RootPOA");
  PortableServer::POA_var poa = PortableServer::POA::_narrow(object);
  const PortableServer::POAManager_var manager = poa->the_POAManager();
  manager->activate();
  return poa._retn();
}

int serve(CORBA::ORB_ptr orb, const std::string& ior_file, bool utf8) {
  const PortableServer::POA_var poa = make_adapter(orb);
  const interop::Types_var types = make_types(poa, utf8);
  const CORBA::String_var text = orb->object_to_string(types);
  std::ofstream(ior_file) << text.in() << std::endl;
  orb->run();
  return 0;
}

int check(CORBA::ORB_ptr orb, const char* reference, const std::string& version,
          const std::string& group, bool utf8) {
  const PortableServer::POA_var poa = make_adapter(orb);
  const CORBA::Object_var object = orb->string_to_object(reference);
  const interop::Types_var types = interop::Types::_narrow(object);
  const interop::Callback_var callback = make_callback(poa);
  OmniClient client{orb, types, callback, version, utf8};
  if (group == "all") {
    check_values(client);
    check_texts(client);
    check_calls(client);
    check_failures(client);
  }
  if (group == "large") check_large_values(client);
  if (group == "idle") check_idle(client);
  return client.checks.passed() ? 0 : 1;
}

int run(int argc, char** argv) {
  const std::string mode = argc > 3 ? argv[1] : "";
  const int next = mode == "server" ? 4 : 5;
  if ((mode != "server" && mode != "client") || argc < next) {
    std::cerr
        << "usage: types_omni_peer server IOR-FILE VERSION [latin-1] [-ORB...]\n"
           "       types_omni_peer client REFERENCE VERSION all|large|idle [latin-1] [-ORB...]\n";
    return 2;
  }
  const bool utf8 = argc <= next || std::string(argv[next]) != "latin-1";
  const CORBA::ORB_var orb = make_orb(argc, argv, argv[3], utf8);
  const int status =
      mode == "server" ? serve(orb, argv[2], utf8) : check(orb, argv[2], argv[3], argv[4], utf8);
  orb->destroy();
  return status;
}

}  // namespace

int main(int argc, char** argv) try {
  // The server has nothing to tidy up: its test ends it.
  std::signal(SIGTERM, [](int) { _exit(0); });
  return run(argc, argv);
} catch (const CORBA::Exception& error) {
  std::cerr << "types_omni_peer: " << error._name() << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << "types_omni_peer: " << error.what() << '\n';
  return 1;
}
