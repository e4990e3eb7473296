// omniORB's server in the interoperation tests of valuetypes: values_omni_server IOR-FILE
#include "values_omni_values.hpp"

#include <csignal>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

#include <unistd.h>

namespace {

class SomeMachine final : public POA_vals::Machine {
 public:
  char* describe() override { return CORBA::string_dup("machine"); }
  CORBA::Long speed() override { return speed_; }
  void speed(CORBA::Long value) override { speed_ = value; }

 private:
  CORBA::Long speed_ = 3;
};

class Echo final : public POA_vals::Values {
 public:
  explicit Echo(vals::Machine_ptr machine) : machine_(vals::Machine::_duplicate(machine)) {}
  vals::Node* echo(vals::Node* one) override { return held(one); }
  vals::Nodes* echo_nodes(const vals::Nodes& every, vals::Node*& one,
                          vals::Node_out last) override {
    last = held(one);
    return new vals::Nodes(every);
  }
  CORBA::Boolean same(vals::Node* one, vals::Node* other) override { return one == other; }
  CORBA::Long cycle(vals::Node* one) override {
    std::set<vals::Node*> seen;
    for (vals::Node* at = one; at != nullptr; at = at->left()) {
      if (!seen.insert(at).second) return static_cast<CORBA::Long>(seen.size());
    }
    return 0;
  }
  vals::Base* echo_base(vals::Base* one) override { return held(one); }
  char* class_of(vals::Base* one) override {
    const char* name = one == nullptr                             ? "null"
                       : vals::Cut::_downcast(one) != nullptr     ? "Cut"
                       : vals::Derived::_downcast(one) != nullptr ? "Derived"
                                                                  : "Base";
    return CORBA::string_dup(name);
  }
  vals::Text* echo_text(vals::Text* one) override { return held(one); }
  vals::Longs* echo_longs(vals::Longs* one) override { return held(one); }
  vals::Number* echo_number(vals::Number* one) override { return held(one); }
  vals::PointBox* echo_point(vals::PointBox* one) override { return held(one); }
  vals::Card* echo_card(vals::Card* one) override { return held(one); }
  vals::Shown* echo_shown(vals::Shown* one) override { return held(one); }
  char* show(vals::Shown* one) override { return one->show(); }
  CORBA::ValueBase* echo_value(CORBA::ValueBase* one) override { return held(one); }
  CORBA::Any* echo_any(const CORBA::Any& one) override { return new CORBA::Any(one); }
  CORBA::Any* wrap(vals::Node* one) override {
    CORBA::Any_var any = new CORBA::Any;
    any.inout() <<= one;
    return any._retn();
  }
  vals::Node* unwrap(const CORBA::Any& one) override {
    vals::Node* node = nullptr;
    if (!(one >>= node)) throw CORBA::BAD_PARAM();
    return held(node);
  }
  vals::Describer_ptr pass(vals::Describer_ptr one) override {
    return vals::Describer::_duplicate(one);
  }
  char* ask(vals::Describer_ptr one) override { return one->describe(); }
  vals::Machine_ptr a_machine() override { return vals::Machine::_duplicate(machine_); }
  vals::Choice* echo_choice(const vals::Choice& one) override { return new vals::Choice(one); }
  vals::Pair* echo_pair(const vals::Pair& one) override { return new vals::Pair(one); }
  void fail(vals::Node* culprit) override { throw vals::Bad("failed", held(culprit)); }

 private:
  vals::Machine_var machine_;
};

}  // namespace

int main(int argc, char** argv) try {
  // Nothing to tidy up: the test ends it.
  std::signal(SIGTERM, [](int) { _exit(0); });
  const char* options[][2] = {
      {"giopMaxMsgSize", "67108864"}, {"endPoint", "giop:tcp:127.0.0.1:0"}, {nullptr, nullptr}};
  const CORBA::ORB_var orb = CORBA::ORB_init(argc, argv, "omniORB4", options);
  if (argc != 2) {
    std::cerr << "usage: values_omni_server IOR-FILE [-ORB...]\n";
    return 2;
  }
  register_factories(orb);
  const CORBA::Object_var object = orb->resolve_initial_references("RootPOA");
  const PortableServer::POA_var poa = PortableServer::POA::_narrow(object);
  const PortableServer::POAManager_var manager = poa->the_POAManager();
  manager->activate();
  PortableServer::Servant_var<SomeMachine> machine = new SomeMachine;
  const PortableServer::ObjectId_var machine_id = poa->activate_object(machine.in());
  const vals::Machine_var machine_reference = machine->_this();
  PortableServer::Servant_var<Echo> servant = new Echo(machine_reference);
  const PortableServer::ObjectId_var id = poa->activate_object(servant.in());
  const CORBA::Object_var reference = poa->id_to_reference(id);
  const CORBA::String_var text = orb->object_to_string(reference);
  std::ofstream(argv[1]) << text.in() << std::endl;
  orb->run();
  return 0;
} catch (const CORBA::Exception& error) {
  std::cerr << "values_omni_server: " << error._name() << '\n';
  return 1;
}
