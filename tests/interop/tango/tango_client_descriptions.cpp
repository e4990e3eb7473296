#include "tango_client.hpp"

#include <algorithm>

using namespace Tango;

namespace {

// Numbers of TANGO's CmdArgType.
constexpr std::int32_t kDevDouble = 5;
constexpr std::int32_t kDevULong = 7;

void check_identity(TangoClient& client) {
  client.run("identity", [&] {
    client.device.ping();
    expect(client.device.name() == "test/nodb/1", "the name");
    expect(client.device.state() == DevState::STANDBY, "the state");
    expect(client.device.status() == "on the bench", "the status");
    expect(client.device.adm_name().find("dserver/device_server/test") != std::string::npos,
           "the server's own device");
    expect(!client.device.description().empty(), "a description");
  });
  client.run("interfaces", [&] {
    for (const std::string version : {"", "_2", "_3", "_4", "_5"}) {
      expect(corbel::is_a(client.device, "IDL:Tango/Device" + version + ":1.0"),
             "it is a Device" + version);
    }
    expect(!corbel::is_a(client.device, "IDL:Tango/Device_77:1.0"), "no Device_77");
    expect(!corbel::non_existent(client.device), "it exists");
  });
  client.run("info", [&] {
    const DevInfo info = client.device.info();
    const DevInfo_3 info_3 = client.device.info_3();
    expect(info.dev_class == "Bench" && info_3.dev_class == "Bench", "the class");
    expect(info.server_id == "device_server/test", "the server");
    expect(info.server_host == info_3.server_host && !info.server_host.empty(), "the host");
    expect(info.server_version == info_3.server_version && info.server_version >= 3,
           "the interface's version");
  });
  client.run("black box", [&] {
    const auto calls = client.device.black_box(2);
    expect(calls.size() == 2, "two calls");
    expect(calls[0].find("info") != std::string::npos, "the last but one was info");
  });
}

template <class Infos>
const auto& find_command(const Infos& infos, std::string_view name) {
  const auto found = std::find_if(infos.begin(), infos.end(),
                                  [&](const auto& info) { return info.cmd_name == name; });
  expect(found != infos.end(), "a command " + std::string(name));
  return *found;
}

void check_command_descriptions(TangoClient& client) {
  client.run("descriptions of commands", [&] {
    const DevCmdInfo twice = client.device.command_query("Twice");
    expect(twice.cmd_name == "Twice" && twice.in_type == kDevDouble &&
               twice.out_type == kDevDouble && twice.in_type_desc == "a number" &&
               twice.out_type_desc == "twice as much",
           "Twice");
    const DevCmdInfo_2 again = client.device.command_query_2("Twice");
    expect(again.cmd_name == "Twice" && again.level == DispLevel::OPERATOR &&
               again.in_type == kDevDouble && again.out_type_desc == "twice as much",
           "Twice by command_query_2");
    const auto infos = client.device.command_list_query();
    const auto infos_2 = client.device.command_list_query_2();
    expect(infos.size() == infos_2.size() && infos.size() > 10, "many commands");
    expect(find_command(infos, "Twice") == twice, "Twice in the list");
    expect(find_command(infos_2, "Twice") == again, "Twice in the list of version 2");
    expect(find_command(infos, "Init").out_type == 0, "Init has no result");
  });
}

template <class Config>
void check_position(const Config& config) {
  expect(config.name == "position", "the name");
  expect(config.writable == AttrWriteType::READ_WRITE, "written too");
  expect(config.data_format == AttrDataFormat::SCALAR && config.data_type == kDevDouble,
         "a double");
  expect(config.max_dim_x == 1 && config.max_dim_y == 0, "dimensions");
  expect(config.label == "Position" && config.unit == "mm" && config.description == "Where it is",
         "texts");
  expect(config.min_value == "-100" && config.max_value == "100", "limits");
}

// set_attribute_config is not called: without a database it ends TANGO's server, whoever calls it.
void check_attribute_descriptions(TangoClient& client) {
  client.run("descriptions of attributes", [&] {
    const auto configs = client.device.get_attribute_config({"position", "picture"});
    expect(configs.size() == 2, "two answers");
    check_position(configs[0]);
    expect(configs[1].data_format == AttrDataFormat::IMAGE && configs[1].data_type == kDevULong &&
               configs[1].max_dim_x == 3 && configs[1].max_dim_y == 2,
           "picture");
    check_position(client.device.get_attribute_config_2({"position"}).at(0));
    check_position(client.device.get_attribute_config_3({"position"}).at(0));
    expect(client.device.get_attribute_config_3({"picture"}).at(0).level == DispLevel::EXPERT,
           "picture is for experts");
    expect(client.device.get_attribute_config({"All attributes"}).size() == 12, "12 attributes");
    const auto all = client.device.get_attribute_config_3({"All attributes_3"});
    expect(all.size() == 14, "State and Status too in version 3");
  });
}

}  // namespace

void check_descriptions(TangoClient& client) {
  check_identity(client);
  check_command_descriptions(client);
  check_attribute_descriptions(client);
}
