#pragma once

#include "tango_attribute.hpp"
#include "tango_type.hpp"

#include <tango.idl.hpp>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// A TANGO device without TANGO: answers what clients such as PyTango's DeviceProxy ask, from a
/// table of commands and one of attributes that the derived class fills. Names of both are found in
/// any case of letters. Threads: none of its own and no locks; activate it in an adapter whose
/// policy is ThreadPerObject.
class TangoDevice : public Tango::Device_5::Servant {
 public:
  TangoDevice(std::string name, std::string device_class);

 protected:
  template <class In, class Out>
  void add_command(const std::string& name, std::function<Out(const In&)> run);
  void add_attribute(std::unique_ptr<TangoAttribute> attribute);
  /// A pipe that gives back what was written.
  void add_pipe(const std::string& name, Tango::DevPipeBlob blob);

  Tango::DevState state_ = Tango::DevState::ON;
  std::string status_ = "The device is in ON state.";

 private:
  struct Command {
    Tango::DevCmdInfo_2 info;
    std::function<corbel::Any(const corbel::Any&)> run;
  };

  std::string name() override;
  std::string description() override;
  Tango::DevState state() override;
  std::string status() override;
  std::string adm_name() override;
  void ping() override;
  Tango::DevVarStringArray black_box(std::int32_t n) override;
  Tango::DevInfo info() override;
  Tango::DevInfo_3 info_3() override;

  corbel::Any command_inout(std::string_view command, const corbel::Any& argin) override;
  corbel::Any command_inout_2(std::string_view command, const corbel::Any& argin,
                              Tango::DevSource source) override;
  Tango::DevCmdInfoList command_list_query() override;
  Tango::DevCmdInfo command_query(std::string_view command) override;
  Tango::DevCmdInfoList_2 command_list_query_2() override;
  Tango::DevCmdInfo_2 command_query_2(std::string_view command) override;
  Tango::DevCmdHistoryList command_inout_history_2(std::string_view command,
                                                   std::int32_t n) override;

  Tango::AttributeConfigList get_attribute_config(const Tango::DevVarStringArray& names) override;
  Tango::AttributeConfigList_2 get_attribute_config_2(
      const Tango::DevVarStringArray& names) override;
  Tango::AttributeConfigList_3 get_attribute_config_3(
      const Tango::DevVarStringArray& names) override;
  void set_attribute_config_3(const Tango::AttributeConfigList_3& new_conf) override;

  Tango::AttributeValueList read_attributes(const Tango::DevVarStringArray& names) override;
  Tango::AttributeValueList read_attributes_2(const Tango::DevVarStringArray& names,
                                              Tango::DevSource source) override;
  Tango::AttributeValueList_3 read_attributes_3(const Tango::DevVarStringArray& names,
                                                Tango::DevSource source) override;
  void write_attributes(const Tango::AttributeValueList& values) override;
  void write_attributes_3(const Tango::AttributeValueList& values) override;
  Tango::DevAttrHistoryList read_attribute_history_2(std::string_view name,
                                                     std::int32_t n) override;
  Tango::DevAttrHistoryList_3 read_attribute_history_3(std::string_view name,
                                                       std::int32_t n) override;

  // Since version 4, in tango_device_5.cpp.
  corbel::Any command_inout_4(std::string_view command, const corbel::Any& argin,
                              Tango::DevSource source, const Tango::ClntIdent& caller) override;
  Tango::DevCmdHistory_4 command_inout_history_4(std::string_view command, std::int32_t n) override;
  Tango::AttributeValueList_4 read_attributes_4(const Tango::DevVarStringArray& names,
                                                Tango::DevSource source,
                                                const Tango::ClntIdent& caller) override;
  Tango::AttributeValueList_5 read_attributes_5(const Tango::DevVarStringArray& names,
                                                Tango::DevSource source,
                                                const Tango::ClntIdent& caller) override;
  void write_attributes_4(const Tango::AttributeValueList_4& values,
                          const Tango::ClntIdent& caller) override;
  Tango::AttributeValueList_4 write_read_attributes_4(const Tango::AttributeValueList_4& values,
                                                      const Tango::ClntIdent& caller) override;
  Tango::AttributeValueList_5 write_read_attributes_5(const Tango::AttributeValueList_4& values,
                                                      const Tango::DevVarStringArray& r_names,
                                                      const Tango::ClntIdent& caller) override;
  Tango::AttributeConfigList_5 get_attribute_config_5(
      const Tango::DevVarStringArray& names) override;
  void set_attribute_config_4(const Tango::AttributeConfigList_3& new_conf,
                              const Tango::ClntIdent& caller) override;
  void set_attribute_config_5(const Tango::AttributeConfigList_5& new_conf,
                              const Tango::ClntIdent& caller) override;
  Tango::DevAttrHistory_4 read_attribute_history_4(std::string_view name, std::int32_t n) override;
  Tango::DevAttrHistory_5 read_attribute_history_5(std::string_view name, std::int32_t n) override;

  Tango::PipeConfigList get_pipe_config_5(const Tango::DevVarStringArray& names) override;
  void set_pipe_config_5(const Tango::PipeConfigList& new_conf,
                         const Tango::ClntIdent& caller) override;
  Tango::DevPipeData read_pipe_5(std::string_view name, const Tango::ClntIdent& caller) override;
  void write_pipe_5(const Tango::DevPipeData& value, const Tango::ClntIdent& caller) override;
  Tango::DevPipeData write_read_pipe_5(const Tango::DevPipeData& value,
                                       const Tango::ClntIdent& caller) override;

  /// Notes the operation that is running for black_box().
  void note();
  const Command& find_command(std::string_view name) const;
  TangoAttribute& find_attribute(std::string_view name) const;
  struct Pipe {
    Tango::PipeConfig config;
    Tango::DevPipeBlob blob;
  };
  Pipe& find_pipe(std::string_view name);
  Tango::AttributeValue_3 read_or_fail(const std::string& name) const;
  std::vector<TangoAttribute*> find_attributes(const Tango::DevVarStringArray& names) const;

  std::string name_;
  std::string device_class_;
  std::map<std::string, Command> commands_;  // by their names in small letters
  std::vector<std::unique_ptr<TangoAttribute>> attributes_;
  std::vector<Pipe> pipes_;
  std::deque<std::string> calls_;  // the last ones, newest first
};

template <class In, class Out>
void TangoDevice::add_command(const std::string& name, std::function<Out(const In&)> run) {
  Command command;
  command.info.cmd_name = name;
  command.info.in_type = TangoType<In>::kNumber;
  command.info.out_type = TangoType<Out>::kNumber;
  command.info.in_type_desc = "Uninitialised";
  command.info.out_type_desc = "Uninitialised";
  command.run = [run, name](const corbel::Any& argument) {
    if constexpr (std::same_as<In, Nothing>) {
      return tango_any(run(Nothing()));
    } else {
      const auto value = argument.get_if<In>();
      if (!value) {
        throw dev_failed("API_IncompatibleCmdArgumentType",
                         "Command " + name + " does not take " + argument.type().to_string(),
                         "TangoDevice::command_inout");
      }
      return tango_any(run(*value));
    }
  };
  commands_[in_small_letters(name)] = std::move(command);
}
