// omniORB's side of the tests of bidirectional connections.
//   bidir_omni_peer server IOR-FILE [-ORB...]
//   bidir_omni_peer client REFERENCE [-ORB...]
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

#include "bidirectional.hh"

#include <omniORB4/BiDirPolicy.h>  // needs what comes before

namespace {

class ClientServant : public virtual POA_bidirectional::Client,
                      public virtual PortableServer::RefCountServantBase {
 public:
  CORBA::Long run(CORBA::Long number) override { return 10 * number; }
  void tell(CORBA::Long) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++told_;
    changed_.notify_all();
  }
  CORBA::Long nest(bidirectional::Server_ptr server, CORBA::Long depth) override {
    return depth == 0 ? 0 : 1 + server->nest(self, depth - 1);
  }
  int wait_until_told(int times) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return told_ >= times; });
    return told_;
  }
  bidirectional::Client_var self;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int told_ = 0;
};

class ServerServant : public virtual POA_bidirectional::Server,
                      public virtual PortableServer::RefCountServantBase {
 public:
  ~ServerServant() override {
    if (telling_.joinable()) telling_.join();
  }
  CORBA::Long ping(CORBA::Long number) override { return number; }
  void keep(bidirectional::Client_ptr client) override {
    kept_ = bidirectional::Client::_duplicate(client);
  }
  void keep_wrapped(const CORBA::Any& client) override {
    bidirectional::Client_ptr inside;
    if (client >>= inside) keep(inside);
  }
  CORBA::Long visit(bidirectional::Client_ptr client, CORBA::Long times) override {
    CORBA::Long sum = 0;
    for (CORBA::Long i = 0; i < times; ++i) sum += client->run(i);
    return sum;
  }
  CORBA::Long visit_at_once(bidirectional::Client_ptr client, CORBA::Long times) override {
    return visit(client, times);
  }
  CORBA::Long nest(bidirectional::Client_ptr client, CORBA::Long depth) override {
    return depth == 0 ? 0 : 1 + client->nest(self, depth - 1);
  }
  void tell_later(CORBA::Long times) override {
    if (telling_.joinable()) telling_.join();
    const bidirectional::Client_var client = bidirectional::Client::_duplicate(kept_);
    telling_ = std::thread([client, times] {
      for (CORBA::Long i = 0; i < times; ++i) client->tell(i);
    });
  }
  bidirectional::Server_var self;

 private:
  bidirectional::Client_var kept_;
  std::thread telling_;
};

PortableServer::POA_ptr make_adapter(CORBA::ORB_ptr orb) {
  const CORBA::Object_var object = orb->resolve_initial_references("RootPOA");
  const PortableServer::POA_var root = PortableServer::POA::_narrow(object);
  const PortableServer::POAManager_var manager = root->the_POAManager();
  manager->activate();
  CORBA::PolicyList policies(1);
  policies.length(1);
  CORBA::Any both;
  both <<= BiDirPolicy::BOTH;
  policies[0] = orb->create_policy(BiDirPolicy::BIDIRECTIONAL_POLICY_TYPE, both);
  return root->create_POA("both", manager, policies);
}

int serve(CORBA::ORB_ptr orb, const char* ior_file) {
  const PortableServer::POA_var poa = make_adapter(orb);
  auto* servant = new ServerServant;
  const PortableServer::ObjectId_var id = poa->activate_object(servant);
  const CORBA::Object_var reference = poa->servant_to_reference(servant);
  servant->self = bidirectional::Server::_narrow(reference);
  const CORBA::String_var text = orb->object_to_string(reference);
  std::ofstream(ior_file) << text.in() << std::endl;
  orb->run();
  return 0;
}

int failures = 0;
void check(const char* what, int got, int expected) {
  if (got != expected) ++failures;
  std::cout << (got == expected ? "ok " : "FAILED ") << what << ": " << got << std::endl;
}

int call(CORBA::ORB_ptr orb, const char* text) {
  const PortableServer::POA_var poa = make_adapter(orb);  // without one it makes no such calls
  const CORBA::Object_var object = orb->string_to_object(text);
  const bidirectional::Server_var server = bidirectional::Server::_narrow(object);
  check("a call before there is anything to call back", server->ping(7), 7);
  auto* servant = new ClientServant;
  const PortableServer::ObjectId_var id = poa->activate_object(servant);
  const CORBA::Object_var reference = poa->servant_to_reference(servant);
  servant->self = bidirectional::Client::_narrow(reference);
  check("called back in a call", server->visit(servant->self, 5), 100);
  check("called back by calls at once", server->visit_at_once(servant->self, 5), 100);
  check("nested", server->nest(servant->self, 20), 20);
  server->keep(servant->self);
  server->tell_later(100);
  check("told while idle", servant->wait_until_told(100), 100);
  server->keep(bidirectional::Client::_nil());
  return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const CORBA::ORB_var orb = CORBA::ORB_init(argc, argv);
    const std::string mode = argc == 3 ? argv[1] : "";
    if (mode == "server") return serve(orb, argv[2]);
    if (mode == "client") {
      const int status = call(orb, argv[2]);
      orb->destroy();
      return status;
    }
  } catch (const CORBA::Exception& failure) {
    std::cerr << "omniORB: " << failure._name() << std::endl;
    return 1;
  }
  std::cerr << "usage: bidir_omni_peer server IOR-FILE | client REFERENCE [-ORB...]" << std::endl;
  return 2;
}
