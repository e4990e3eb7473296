// omniORB's side of the tests of servant managers, forwards and nested callbacks: as
// forward_corbel_peer.cpp.
//   forward_omni_peer server|client DIRECTORY [-ORB...]
#include "types_checks.hpp"

#include <forward.hh>

#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>
#include <string>

#include <unistd.h>

namespace {

using forwarding::Node;
using forwarding::Place;

class PlaceServant : public virtual POA_forwarding::Place {
 public:
  explicit PlaceServant(CORBA::Long number) : number_(number) {}
  CORBA::Long where() override { return ++calls_, number_; }
  CORBA::Long add(CORBA::Long a, CORBA::Long b) override { return ++calls_, a + b; }
  CORBA::Long calls() override { return calls_; }

 private:
  const CORBA::Long number_;
  std::atomic<CORBA::Long> calls_{0};
};

/// Sends its callers elsewhere for good. (Thrown by a manager, omniORB would take that for a
/// forward of the manager itself.)
class MovedServant : public virtual POA_forwarding::Place {
 public:
  explicit MovedServant(CORBA::Object_ptr elsewhere)
      : elsewhere_(CORBA::Object::_duplicate(elsewhere)) {}
  CORBA::Long where() override { leave(); }
  CORBA::Long add(CORBA::Long, CORBA::Long) override { leave(); }
  CORBA::Long calls() override { leave(); }

 private:
  [[noreturn]] void leave() {
    throw omniORB::LOCATION_FORWARD(CORBA::Object::_duplicate(elsewhere_), true);
  }
  const CORBA::Object_var elsewhere_;
};

class NodeServant : public virtual POA_forwarding::Node {
 public:
  CORBA::Long nest(forwarding::Node_ptr other, CORBA::Long depth) override {
    if (depth == 0) return 0;
    const forwarding::Node_var self = _this();
    return depth + other->nest(self, depth - 1);
  }
};

/// What both managers say about an object, by its id.
class Places {
 public:
  Places(CORBA::Object_ptr elsewhere, CORBA::Object_ptr nowhere)
      : elsewhere_(CORBA::Object::_duplicate(elsewhere)),
        nowhere_(CORBA::Object::_duplicate(nowhere)),
        moved_(elsewhere) {}

  PortableServer::Servant find(const PortableServer::ObjectId& octets) {
    const CORBA::String_var text = PortableServer::ObjectId_to_string(octets);
    const std::string id = text.in();
    if (id == "moved") throw PortableServer::ForwardRequest(elsewhere_);
    if (id == "moved-for-good") return &moved_;
    if (id == "back" && !asked_.exchange(true)) throw PortableServer::ForwardRequest(nowhere_);
    if (id == "none") throw CORBA::OBJECT_NOT_EXIST(0, CORBA::COMPLETED_NO);
    return &here_;
  }

 private:
  const CORBA::Object_var elsewhere_;
  const CORBA::Object_var nowhere_;
  std::atomic<bool> asked_{false};
  PlaceServant here_{1};
  MovedServant moved_;
};

class Locator : public virtual POA_PortableServer::ServantLocator {
 public:
  Locator(CORBA::Object_ptr elsewhere, CORBA::Object_ptr nowhere) : places_(elsewhere, nowhere) {}
  PortableServer::Servant preinvoke(const PortableServer::ObjectId& id, PortableServer::POA_ptr,
                                    const char*, PortableServer::ServantLocator::Cookie&) override {
    return places_.find(id);
  }
  void postinvoke(const PortableServer::ObjectId&, PortableServer::POA_ptr, const char*,
                  PortableServer::ServantLocator::Cookie, PortableServer::Servant) override {}

 private:
  Places places_;
};

class Activator : public virtual POA_PortableServer::ServantActivator {
 public:
  Activator(CORBA::Object_ptr elsewhere, CORBA::Object_ptr nowhere) : places_(elsewhere, nowhere) {}
  PortableServer::Servant incarnate(const PortableServer::ObjectId& id,
                                    PortableServer::POA_ptr) override {
    return places_.find(id);
  }
  void etherealize(const PortableServer::ObjectId&, PortableServer::POA_ptr,
                   PortableServer::Servant, CORBA::Boolean, CORBA::Boolean) override {}

 private:
  Places places_;
};

PortableServer::POA_ptr root_adapter(CORBA::ORB_ptr orb) {
  const CORBA::Object_var object = orb->resolve_initial_references("RootPOA");
  PortableServer::POA_var poa = PortableServer::POA::_narrow(object);
  const PortableServer::POAManager_var manager = poa->the_POAManager();
  manager->activate();
  return poa._retn();
}

/// What an adapter is made with besides user ids.
struct Kind {
  PortableServer::RequestProcessingPolicyValue processing;
  PortableServer::ServantRetentionPolicyValue retention;
};

PortableServer::POA_ptr make_adapter(PortableServer::POA_ptr root, const char* name, Kind kind) {
  CORBA::PolicyList policies;
  policies.length(4);
  policies[0] = root->create_id_assignment_policy(PortableServer::USER_ID);
  policies[1] = root->create_request_processing_policy(kind.processing);
  policies[2] = root->create_servant_retention_policy(kind.retention);
  policies[3] = root->create_id_uniqueness_policy(PortableServer::MULTIPLE_ID);
  const PortableServer::POAManager_var manager = root->the_POAManager();
  return root->create_POA(name, manager, policies);
}

void write(CORBA::ORB_ptr orb, const std::string& directory, const std::string& name,
           CORBA::Object_ptr object) {
  const CORBA::String_var text = orb->object_to_string(object);
  std::ofstream(directory + "/" + name + ".ior") << text.in() << std::endl;
}

CORBA::Object_ptr refer(PortableServer::POA_ptr adapter, const char* name) {
  const PortableServer::ObjectId_var id = PortableServer::string_to_ObjectId(name);
  return adapter->create_reference_with_id(id, Place::_PD_repoId);
}

int serve(CORBA::ORB_ptr orb, const std::string& directory) {
  const PortableServer::POA_var root = root_adapter(orb);
  const auto elsewhere_servant = new PlaceServant(2);
  const Place::_var_type elsewhere = elsewhere_servant->_this();
  // Port 1 has no server: the caller has to come back.
  const CORBA::Object_var nowhere = orb->string_to_object("corbaloc:iiop:1.2@127.0.0.1:1/nobody");

  const PortableServer::POA_var located = make_adapter(
      root, "located", {PortableServer::USE_SERVANT_MANAGER, PortableServer::NON_RETAIN});
  const PortableServer::ServantLocator_var locator = (new Locator(elsewhere, nowhere))->_this();
  located->set_servant_manager(locator);
  const PortableServer::POA_var activated = make_adapter(
      root, "activated", {PortableServer::USE_SERVANT_MANAGER, PortableServer::RETAIN});
  const PortableServer::ServantActivator_var activator =
      (new Activator(elsewhere, nowhere))->_this();
  activated->set_servant_manager(activator);
  const PortableServer::POA_var defaults =
      make_adapter(root, "defaults", {PortableServer::USE_DEFAULT_SERVANT, PortableServer::RETAIN});
  defaults->set_servant(new PlaceServant(1));

  for (const char* name : {"here", "moved", "moved-for-good", "back", "none"}) {
    const CORBA::Object_var one = refer(located, name);
    const CORBA::Object_var other = refer(activated, name);
    write(orb, directory, name, one);
    write(orb, directory, std::string("activated-") + name, other);
  }
  const CORBA::Object_var any = refer(defaults, "any");
  write(orb, directory, "default", any);
  const forwarding::Node_var node = (new NodeServant)->_this();
  write(orb, directory, "node", node);
  orb->run();
  return 0;
}

class Client {
 public:
  Client(CORBA::ORB_ptr orb, std::string directory) : orb_(orb), directory_(std::move(directory)) {}

  int check() {
    for (const std::string kind : {"", "activated-"}) {
      for (const std::string name : {"here", "moved", "moved-for-good", "back"}) {
        run(kind + name, [&] { check_place(kind + name, name.rfind("moved", 0) == 0 ? 2 : 1); });
      }
      run(kind + "none", [&] {
        const CORBA::Object_var object = read(kind + "none");
        expect(object->_non_existent(), "it does not exist");
        const forwarding::Place_var place = Place::_unchecked_narrow(object);
        expect_raise<CORBA::OBJECT_NOT_EXIST>([&] { place->where(); }, "OBJECT_NOT_EXIST");
      });
    }
    run("default", [&] {
      const CORBA::Object_var object = read("default");
      const forwarding::Place_var place = Place::_narrow(object);
      expect(place->where() == 1, "the default servant answers");
    });
    run("nested 20 deep", [&] {
      const PortableServer::POA_var root = root_adapter(orb_);
      const forwarding::Node_var own = (new NodeServant)->_this();
      const CORBA::Object_var object = read("node");
      const forwarding::Node_var node = Node::_narrow(object);
      expect(node->nest(own, 20) == 210, "20 + 19 + ... + 1");
    });
    return checks_.passed() ? 0 : 1;
  }

 private:
  void check_place(const std::string& file, CORBA::Long number) {
    const CORBA::Object_var object = read(file);
    const forwarding::Place_var place = Place::_narrow(object);
    expect(!CORBA::is_nil(place), "it is a Place");
    expect(place->where() == number, "the right place answers");
    const CORBA::Long before = place->calls();
    for (CORBA::Long i = 0; i < 6; ++i) expect(place->add(i, 1) == i + 1, "add");
    expect(place->calls() == before + 6, "the same place answers");
  }
  CORBA::Object_ptr read(const std::string& name) {
    std::string text;
    std::ifstream(directory_ + "/" + name + ".ior") >> text;
    return orb_->string_to_object(text.c_str());
  }
  template <class Check>
  void run(const std::string& name, const Check& check) {
    checks_.run(name, [&] {
      try {
        check();
      } catch (const CORBA::SystemException& error) {
        throw std::runtime_error(std::string(error._name()) + " " + error.NP_minorString());
      } catch (const CORBA::Exception& error) {
        throw std::runtime_error(error._name());
      }
    });
  }

  const CORBA::ORB_ptr orb_;
  const std::string directory_;
  Checks checks_;
};

}  // namespace

int main(int argc, char** argv) try {
  // The server has nothing to tidy up: its test ends it.
  std::signal(SIGTERM, [](int) { _exit(0); });
  // Each nested call waits on a connection of its own.
  const char* options[][2] = {{"maxGIOPConnectionPerServer", "50"},
                              {"endPoint", "giop:tcp:127.0.0.1:0"},
                              {nullptr, nullptr}};
  const CORBA::ORB_var orb = CORBA::ORB_init(argc, argv, "omniORB4", options);
  const std::string mode = argc > 2 ? argv[1] : "";
  if (mode == "server") return serve(orb, argv[2]);
  if (mode == "client") return Client(orb, argv[2]).check();
  std::cerr << "usage: forward_omni_peer server|client DIRECTORY [-ORB...]\n";
  return 2;
} catch (const CORBA::Exception& error) {
  std::cerr << "forward_omni_peer: " << error._name() << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << "forward_omni_peer: " << error.what() << '\n';
  return 1;
}
