#include "types_omni_checks.hpp"
#include "types_omni_samples.hpp"

#include <chrono>

using namespace interop;
using namespace std::chrono_literals;

namespace {

void check_user_exceptions(OmniClient& client) {
  const auto types = client.types;
  client.run("user exception with contents", [&] {
    const auto refused = expect_raise<Refused>([&] { types->refuse("not today", 7); }, "Refused");
    expect(std::string(refused.why) == "not today" && refused.code == 7 && refused.shade == green,
           "its members");
    expect(same(refused.detail, sample_tree(2)), "its tree");
  });
  client.run("user exception without members",
             [&] { expect_raise<Empty>([&] { types->refuse("", 0); }, "Empty"); });
  client.run("undeclared user exception",
             [&] { expect_raise<CORBA::UNKNOWN>([&] { types->refuse_undeclared(); }, "UNKNOWN"); });
}

template <class Exception>
void expect_failure(Types_ptr types, CORBA::Long which, const std::string& name) {
  for (CORBA::ULong completed = 0; completed < 3; ++completed) {
    const auto raised = expect_raise<Exception>([&] { types->fail(which, completed); }, name);
    expect(raised.completed() == static_cast<CORBA::CompletionStatus>(completed),
           "completion status");
    expect(raised.minor() == 42, "minor code");
  }
}

void check_system_exceptions(OmniClient& client) {
  const auto types = client.types;
  client.run("system exceptions", [&] {
    expect_failure<CORBA::NO_PERMISSION>(types, 0, "NO_PERMISSION");
    expect_failure<CORBA::BAD_PARAM>(types, 1, "BAD_PARAM");
    expect_failure<CORBA::IMP_LIMIT>(types, 2, "IMP_LIMIT");
  });
  client.run("unknown operation", [&] {
    const CORBA::String_var text = client.orb->object_to_string(types);
    const CORBA::Object_var object = client.orb->string_to_object(text);
    const Stranger_var stranger = Stranger::_unchecked_narrow(object);
    const auto raised =
        expect_raise<CORBA::BAD_OPERATION>([&] { stranger->unheard_of("x"); }, "BAD_OPERATION");
    expect(raised.completed() == CORBA::COMPLETED_NO, "completion status");
    expect(types->shouted() >= 0, "the connection goes on");
  });
  client.run("unknown object", [&] {
    const Types_var retired = types->retired();
    const auto raised =
        expect_raise<CORBA::OBJECT_NOT_EXIST>([&] { retired->shouted(); }, "OBJECT_NOT_EXIST");
    expect(raised.completed() == CORBA::COMPLETED_NO, "completion status");
    expect(retired->_non_existent(), "_non_existent");
  });
}

}  // namespace

void check_failures(OmniClient& client) {
  check_user_exceptions(client);
  check_system_exceptions(client);
  client.run("nobody listens", [&] {
    const CORBA::Object_var object =
        client.orb->string_to_object("corbaloc:iiop:1.2@127.0.0.1:1/nobody");
    const Types_var nobody = Types::_unchecked_narrow(object);
    const auto raised = expect_raise<CORBA::TRANSIENT>([&] { nobody->shouted(); }, "TRANSIENT");
    expect(raised.completed() == CORBA::COMPLETED_NO, "completion status");
  });
  client.run("deadline", [&] {
    omniORB::setClientCallTimeout(300);
    const auto began = std::chrono::steady_clock::now();
    const auto raised =
        expect_raise<CORBA::TIMEOUT>([&] { client.types->wait_for(1500); }, "TIMEOUT");
    omniORB::setClientCallTimeout(0);
    expect(std::chrono::steady_clock::now() - began < 1200ms, "it ends at the deadline");
    expect(raised.completed() != CORBA::COMPLETED_YES, "completion status");
    expect(client.types->shouted() >= 0, "the next call is answered");
  });
}
