#include "tango_client.hpp"
#include "tango_type.hpp"

using namespace Tango;

const DevError& expect_reason(const DevErrorList& errors, const std::string& reason) {
  expect(!errors.empty(), "an error is there");
  expect(errors[0].reason == reason, "the reason " + reason + ", it is " + errors[0].reason);
  return errors[0];
}

namespace {

template <class Call>
DevErrorList errors_of(const Call& call) {
  return expect_raise<DevFailed>(call, "Tango::DevFailed").errors;
}

AttributeValue value_of(const std::string& name, const corbel::Any& value) {
  AttributeValue result;
  result.value = value;
  result.name = name;
  result.dim_x = 1;
  return result;
}

void check_command_failures(TangoClient& client) {
  client.run("unknown command", [&] {
    const auto errors = errors_of([&] { client.device.command_inout("Nope", {}); });
    const DevError& error = expect_reason(errors, "API_CommandNotFound");
    expect(error.severity == ErrSeverity::ERR, "an error");
    expect(error.desc == "Command Nope not found", "the description");
    expect(!error.origin.empty(), "an origin");
    expect_reason(errors_of([&] { client.device.command_query("Nope"); }), "API_CommandNotFound");
  });
  client.run("command that fails", [&] {
    const auto errors =
        errors_of([&] { client.device.command_inout("Fail", corbel::Any("Moon")); });
    const DevError& error = expect_reason(errors, "Moon");
    expect(error == DevError{"Moon", ErrSeverity::PANIC, "as it was told", "Bench.Fail"},
           "as it was thrown");
  });
  client.run("argument of a wrong type", [&] {
    expect_reason(errors_of([&] { client.device.command_inout("Twice", corbel::Any("two")); }),
                  "API_IncompatibleCmdArgumentType");
  });
}

void check_attribute_failures(TangoClient& client) {
  client.run("attributes that cannot be read", [&] {
    expect_reason(errors_of([&] { client.device.read_attributes({"nowhere"}); }),
                  "API_AttrNotFound");
    const auto values =
        client.device.read_attributes_3({"count", "nowhere", "broken"}, DevSource::DEV);
    expect(values.size() == 3 && values[0].err_list.empty(), "the first is read");
    expect_reason(values[1].err_list, "API_AttrNotFound");
    const DevError& error = expect_reason(values[2].err_list, "PyDs_PythonError");
    expect(error.desc.find("the sensor is unplugged") != std::string::npos, "Python's words");
  });
  client.run("attributes that cannot be written", [&] {
    const auto raised = expect_raise<MultiDevFailed>(
        [&] {
          client.device.write_attributes_3({value_of("count", tango_any(DevVarLongArray{77})),
                                            value_of("position", tango_any(DevVarDoubleArray{1e9})),
                                            value_of("ramp", tango_any(DevVarShortArray{1}))});
        },
        "Tango::MultiDevFailed");
    expect(raised.errors.size() == 2, "two failed");
    // In no order that was promised.
    const auto& second = raised.errors[raised.errors[0].name == "position" ? 0 : 1];
    const auto& third = raised.errors[raised.errors[0].name == "position" ? 1 : 0];
    expect(second.name == "position" && second.index_in_call == 1, "the second");
    expect(third.name == "ramp" && third.index_in_call == 2, "the third");
    expect_reason(second.err_list, "API_WAttrOutsideLimit");
    expect_reason(third.err_list, "API_AttrNotWritable");
    const auto values = client.device.read_attributes_3({"count"}, DevSource::DEV);
    expect(values.at(0).value.get<DevVarLongArray>().at(0) == 77, "the first was written");
  });
}

void check_other_devices(TangoClient& client) {
  client.run("unknown device", [&] {
    const auto ref = corbel::reference(client.device);
    const auto nobody =
        client.orb.object<Device_5>(corbel::ObjectRef::at(ref.endpoints(), "test/nodb/2"));
    const auto raised =
        expect_raise<corbel::ObjectNotExist>([&] { nobody.ping(); }, "OBJECT_NOT_EXIST");
    expect(raised.message().find("call ping at " + ref.endpoints().at(0).to_string() +
                                 " (key test/nodb/2)") == 0,
           std::string("its text says what was called where: ") + raised.what());
    client.device.ping();
  });
}

}  // namespace

void check_failures(TangoClient& client) {
  check_command_failures(client);
  check_attribute_failures(client);
  check_other_devices(client);
}
