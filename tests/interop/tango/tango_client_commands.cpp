#include "tango_client.hpp"
#include "tango_type.hpp"

using namespace Tango;

namespace {

/// Runs a command through versions 1 and 2 of the interface.
template <class Result>
void check_command(TangoClient& client, const std::string& command, const corbel::Any& argument,
                   const Result& expected) {
  client.run("command " + command, [&] {
    const corbel::Any result = client.device.command_inout(command, argument);

    expect(result.get<Result>() == expected, "the result, which is a " + result.type().to_string());
    expect(client.device.command_inout_2(command, argument, DevSource::CACHE_DEV) == result,
           "the same by command_inout_2");
  });
}

void check_states(TangoClient& client) {
  client.run("state changed by a command", [&] {
    const auto before =
        client.device.command_inout("Become", corbel::Any(DevState::MOVING)).get<DevState>();
    expect(before == DevState::STANDBY, "the state before");
    expect(client.device.state() == DevState::MOVING, "the state now");
    expect(client.device.command_inout("State", {}).get<DevState>() == DevState::MOVING,
           "the command State");

    client.device.command_inout("Init", {});

    expect(client.device.state() == DevState::STANDBY, "the state after Init");
    expect(client.device.command_inout("Status", {}).get<std::string>() == "on the bench",
           "the command Status");
  });
}

void check_async(TangoClient& client) {
  client.run("commands without waiting", [&] {
    std::vector<corbel::Reply<corbel::Any>> replies;
    for (int i = 0; i < 20; ++i) {
      replies.push_back(client.device.async_command_inout("Twice", corbel::Any(0.5 * i)));
    }
    for (int i = 0; i < 20; ++i) {
      expect(replies[static_cast<std::size_t>(i)].get().get<double>() == i,
             "result " + std::to_string(i));
    }
  });
}

}  // namespace

void check_commands(TangoClient& client) {
  client.run("command Nothing", [&] {
    const auto kind = client.device.command_inout("Nothing", {}).type().kind();
    expect(kind == corbel::TCKind::tk_null || kind == corbel::TCKind::tk_void, "no result");
  });
  check_command(client, "Twice", corbel::Any(21.25), 42.5);
  check_command(client, "Negate", corbel::Any(std::int64_t{1} << 40), -(std::int64_t{1} << 40));
  check_command(client, "Shout", corbel::Any("hello"), std::string("HELLO!"));
  check_command(client, "Not", corbel::Any(false), true);
  check_command(client, "Reverse", tango_any(DevVarDoubleArray{1, 2.5, -3}),
                DevVarDoubleArray{-3, 2.5, 1});
  DevVarDoubleArray many(20'000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i) / 8;
  check_command(client, "Reverse", tango_any(many), DevVarDoubleArray(many.rbegin(), many.rend()));
  check_command(client, "Join", tango_any(DevVarStringArray{"one", "", "three"}),
                std::string("one  three"));
  check_command(client, "Split", corbel::Any("to be or"), DevVarStringArray{"to", "be", "or"});
  check_command(client, "Swap", corbel::Any(DevVarLongStringArray{{-1, 22}, {"abc", ""}}),
                DevVarLongStringArray{{3, 0}, {"-1", "22"}});
  check_command(client, "Same", corbel::Any(DevVarDoubleStringArray{{0.1}, {"tenth"}}),
                DevVarDoubleStringArray{{0.1}, {"tenth"}});
  check_command(client, "Sums", tango_any(DevVarCharArray{1, 2, 255}), DevVarLong64Array{258, 3});
  check_command(client, "Recode", corbel::Any(DevEncoded{"raw", {1, 2, 3}}),
                DevEncoded{"raw/reversed", {3, 2, 1}});
  check_states(client);
  check_async(client);
}
