#include "tango_device.hpp"

#include <corbel/call.hpp>

#include <ctime>

using namespace Tango;

namespace {

constexpr std::size_t kCallsRemembered = 50;
constexpr std::int32_t kInterfaceVersion = 5;

}  // namespace

TangoDevice::TangoDevice(std::string name, std::string device_class)
    : name_(std::move(name)), device_class_(std::move(device_class)) {
  add_command<Nothing, DevState>("State", [this](const Nothing&) { return state_; });
  add_command<Nothing, std::string>("Status", [this](const Nothing&) { return status_; });
  // The last attributes of every device.
  add_attribute(std::make_unique<ComputedAttribute<DevState>>(
      plain_config("State", TangoType<DevState>::kNumber, AttrWriteType::READ),
      [this] { return DevVarStateArray{state_}; }));
  add_attribute(std::make_unique<ComputedAttribute<std::string>>(
      plain_config("Status", TangoType<std::string>::kNumber, AttrWriteType::READ),
      [this] { return DevVarStringArray{status_}; }));
}

void TangoDevice::note() {
  const auto& call = corbel::CallContext::current();
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char time[32];
  std::strftime(time, sizeof time, "%d/%m/%Y %H:%M:%S:00", &parts);
  calls_.push_front(std::string(time) + " : Operation " + std::string(call.operation()) +
                    " requested from " + std::string(call.peer()));
  if (calls_.size() > kCallsRemembered) calls_.pop_back();
}

std::string TangoDevice::name() { return name_; }
std::string TangoDevice::description() { return "A Corbel device"; }
DevState TangoDevice::state() { return state_; }
std::string TangoDevice::status() { return status_; }
std::string TangoDevice::adm_name() { return "dserver/corbel/test"; }
void TangoDevice::ping() { note(); }

DevVarStringArray TangoDevice::black_box(std::int32_t n) {
  if (n <= 0) {
    throw dev_failed("API_BlackBoxArgument", "Argument to read black box out of range",
                     "TangoDevice::black_box");
  }
  const auto count = std::min(static_cast<std::size_t>(n), calls_.size());
  DevVarStringArray result(calls_.begin(), calls_.begin() + static_cast<std::ptrdiff_t>(count));
  note();
  return result;
}

DevInfo TangoDevice::info() {
  note();
  return {device_class_, "corbel/test", "localhost", kInterfaceVersion, "none"};
}

DevInfo_3 TangoDevice::info_3() {
  note();
  return {device_class_, "corbel/test", "localhost", kInterfaceVersion, "none", device_class_};
}

const TangoDevice::Command& TangoDevice::find_command(std::string_view name) const {
  const auto found = commands_.find(in_small_letters(name));
  if (found == commands_.end()) {
    throw dev_failed("API_CommandNotFound", "Command " + std::string(name) + " not found",
                     "TangoDevice::command_inout");
  }
  return found->second;
}

corbel::Any TangoDevice::command_inout(std::string_view command, const corbel::Any& argin) {
  note();
  return find_command(command).run(argin);
}

corbel::Any TangoDevice::command_inout_2(std::string_view command, const corbel::Any& argin,
                                         DevSource) {
  return command_inout(command, argin);
}

namespace {

DevCmdInfo without_level(const DevCmdInfo_2& info) {
  return {info.cmd_name, info.cmd_tag,      info.in_type,
          info.out_type, info.in_type_desc, info.out_type_desc};
}

}  // namespace

DevCmdInfo TangoDevice::command_query(std::string_view command) {
  note();
  return without_level(find_command(command).info);
}

DevCmdInfo_2 TangoDevice::command_query_2(std::string_view command) {
  note();
  return find_command(command).info;
}

DevCmdInfoList TangoDevice::command_list_query() {
  note();
  DevCmdInfoList infos;
  for (const auto& [name, command] : commands_) infos.push_back(without_level(command.info));
  return infos;
}

DevCmdInfoList_2 TangoDevice::command_list_query_2() {
  note();
  DevCmdInfoList_2 infos;
  for (const auto& [name, command] : commands_) infos.push_back(command.info);
  return infos;
}

DevCmdHistoryList TangoDevice::command_inout_history_2(std::string_view command, std::int32_t) {
  throw dev_failed("API_CmdNotPolled", "Command " + std::string(command) + " is not polled",
                   "TangoDevice::command_inout_history_2");
}
