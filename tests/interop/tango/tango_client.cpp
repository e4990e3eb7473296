// Corbel's client of a TANGO device.   tango_client REFERENCE GIOP-VERSION
// REFERENCE is the device's IOR. Version 1.2: the checks use it; 1.0: they use a corbaloc with the
// device's name, as TANGO's own clients do.
#include "tango_client.hpp"

#include <iostream>
#include <string_view>

namespace {

Tango::Device_5 find_device(corbel::Orb& orb, std::string_view text, std::string_view version) {
  const auto ref = corbel::ObjectRef::parse(text);
  expect(ref.type_id().starts_with("IDL:Tango/Device_"), "the type in the reference");
  expect(ref.object_key() == "test/nodb/1", "the object key is the device's name");
  if (version == "1.2") return orb.object<Tango::Device_5>(ref);
  const auto corbaloc = "corbaloc:iiop:" + ref.endpoints().at(0).to_string() + "/test/nodb/1";
  const auto device = corbel::narrow<Tango::Device_5>(orb.object(corbaloc));
  expect(!is_nil(device), "the object at " + corbaloc + " is a device");
  return device;
}

}  // namespace

void TangoClient::run(const std::string& name, const std::function<void()>& check) {
  checks.run(name, [&] {
    try {
      check();
    } catch (const Tango::DevFailed& failure) {
      std::string text = failure.what();
      for (const auto& error : failure.errors)
        text += ", " + error.reason + " of " + error.origin + ": " + error.desc;
      throw std::runtime_error(text);
    }
  });
}

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: tango_client REFERENCE GIOP-VERSION\n";
    return 2;
  }
  corbel::Orb orb;
  TangoClient client{orb, find_device(orb, argv[1], argv[2])};
  check_descriptions(client);
  check_commands(client);
  check_attributes(client);
  check_version_5(client);
  check_failures(client);
  const auto errors = orb.statistics().protocol_errors;
  client.run("no protocol errors", [&] { expect(errors == 0, "none counted"); });
  return client.checks.passed() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "tango_client: " << error.what() << '\n';
  return 1;
}
