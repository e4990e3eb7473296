#include "types_corbel_checks.hpp"
#include "types_corbel_samples.hpp"

#include <chrono>

using namespace interop;
using namespace std::chrono_literals;

namespace {

void check_user_exceptions(CorbelClient& client) {
  const Types& types = client.types;
  client.checks.run("user exception with contents", [&] {
    const auto refused = expect_raise<Refused>([&] { types.refuse("not today", 7); }, "Refused");
    expect(refused == Refused("not today", 7, Color::green, sample_tree(2)), "its members");
  });
  client.checks.run("user exception without members",
                    [&] { expect_raise<Empty>([&] { types.refuse("", 0); }, "Empty"); });
  client.checks.run("undeclared user exception", [&] {
    expect_raise<corbel::Unknown>([&] { types.refuse_undeclared(); }, "UNKNOWN");
  });
}

template <class Exception>
void expect_failure(const Types& types, std::int32_t which) {
  for (std::uint32_t completed = 0; completed < 3; ++completed) {
    const auto raised = expect_raise<Exception>([&] { types.fail(which, completed); },
                                                std::string(Exception::kName));
    expect(raised.completed() == static_cast<corbel::Completion>(completed), "completion status");
    expect(raised.minor() == 42, "minor code");
  }
}

void check_system_exceptions(CorbelClient& client) {
  client.checks.run("system exceptions", [&] {
    expect_failure<corbel::NoPermission>(client.types, 0);
    expect_failure<corbel::BadParam>(client.types, 1);
    expect_failure<corbel::ImpLimit>(client.types, 2);
  });
  client.checks.run("unknown operation", [&] {
    const auto stranger = corbel::unchecked_narrow<Stranger>(client.types);
    const auto raised =
        expect_raise<corbel::BadOperation>([&] { stranger.unheard_of("x"); }, "BAD_OPERATION");
    expect(raised.completed() == corbel::Completion::no, "completion status");
    expect(client.types.shouted() >= 0, "the connection goes on");
  });
  client.checks.run("unknown object", [&] {
    const Types retired = client.types.retired();
    const auto raised =
        expect_raise<corbel::ObjectNotExist>([&] { retired.shouted(); }, "OBJECT_NOT_EXIST");
    expect(raised.completed() == corbel::Completion::no, "completion status");
    expect(corbel::non_existent(retired), "_non_existent");
  });
}

}  // namespace

void check_failures(CorbelClient& client) {
  check_user_exceptions(client);
  check_system_exceptions(client);
  client.checks.run("nobody listens", [&] {
    const auto nobody = client.orb.object<Types>("corbaloc:iiop:1.2@127.0.0.1:1/nobody");
    const auto raised = expect_raise<corbel::Transient>([&] { nobody.shouted(); }, "TRANSIENT");
    expect(raised.completed() == corbel::Completion::no, "completion status");
  });
  client.checks.run("deadline", [&] {
    const auto hasty = corbel::with(client.types, {.deadline = 300ms});
    const auto began = std::chrono::steady_clock::now();
    const auto raised = expect_raise<corbel::Timeout>([&] { hasty.wait_for(1500); }, "TIMEOUT");
    expect(std::chrono::steady_clock::now() - began < 1200ms, "it ends at the deadline");
    expect(raised.completed() != corbel::Completion::yes, "completion status");
    expect(client.types.shouted() >= 0, "the next call is answered");
  });
}
