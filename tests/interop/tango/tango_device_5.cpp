// What version 4 and 5 of a device's interface add: unions instead of anys, and who is calling.
#include "tango_device.hpp"
#include "tango_union.hpp"

using namespace Tango;

corbel::Any TangoDevice::command_inout_4(std::string_view command, const corbel::Any& argin,
                                         DevSource, const ClntIdent&) {
  return command_inout(command, argin);
}

DevCmdHistory_4 TangoDevice::command_inout_history_4(std::string_view command, std::int32_t) {
  throw dev_failed("API_CmdNotPolled", "Command " + std::string(command) + " is not polled",
                   "TangoDevice::command_inout_history_4");
}

namespace {

AttributeValue_5 in_version_5(const AttributeValue_3& value, AttrDataFormat format,
                              std::int32_t data_type) {
  return {union_of(value.value), value.quality, format,        data_type, value.time, value.name,
          value.r_dim,           value.w_dim,   value.err_list};
}

AttributeValue_4 in_version_4(const AttributeValue_5& value) {
  return {value.value, value.quality, value.data_format, value.time,
          value.name,  value.r_dim,   value.w_dim,       value.err_list};
}

AttributeValueList in_version_1(const AttributeValueList_4& values) {
  AttributeValueList result;
  for (const auto& value : values) {
    result.push_back({any_of(value.value), value.quality, value.time, value.name, value.w_dim.dim_x,
                      value.w_dim.dim_y});
  }
  return result;
}

DevVarStringArray names_of(const AttributeValueList_4& values) {
  DevVarStringArray names;
  for (const auto& value : values) names.push_back(value.name);
  return names;
}

}  // namespace

AttributeValueList_5 TangoDevice::read_attributes_5(const DevVarStringArray& names, DevSource,
                                                    const ClntIdent&) {
  note();
  AttributeValueList_5 values;
  for (const auto& name : names) {
    const AttributeValue_3 value = read_or_fail(name);
    if (!value.err_list.empty()) {
      values.push_back(in_version_5(value, AttrDataFormat::FMT_UNKNOWN, 0));
      continue;
    }
    const auto& config = find_attribute(name).config;
    values.push_back(in_version_5(value, config.data_format, config.data_type));
  }
  return values;
}

AttributeValueList_4 TangoDevice::read_attributes_4(const DevVarStringArray& names,
                                                    DevSource source, const ClntIdent& caller) {
  AttributeValueList_4 values;
  for (const auto& value : read_attributes_5(names, source, caller)) {
    values.push_back(in_version_4(value));
  }
  return values;
}

void TangoDevice::write_attributes_4(const AttributeValueList_4& values, const ClntIdent&) {
  write_attributes_3(in_version_1(values));
}

AttributeValueList_4 TangoDevice::write_read_attributes_4(const AttributeValueList_4& values,
                                                          const ClntIdent& caller) {
  write_attributes_4(values, caller);
  return read_attributes_4(names_of(values), DevSource::DEV, caller);
}

AttributeValueList_5 TangoDevice::write_read_attributes_5(const AttributeValueList_4& values,
                                                          const DevVarStringArray& r_names,
                                                          const ClntIdent& caller) {
  write_attributes_4(values, caller);
  return read_attributes_5(r_names, DevSource::DEV, caller);
}

AttributeConfigList_5 TangoDevice::get_attribute_config_5(const DevVarStringArray& names) {
  AttributeConfigList_5 configs;
  for (const auto& config : get_attribute_config_3(names)) {
    auto& result = configs.emplace_back();
    copy_common_part(config, result);
    result.root_attr_name = "Not specified";
    result.level = config.level;
    result.att_alarm = config.att_alarm;
    result.event_prop = config.event_prop;
    result.sys_extensions = config.sys_extensions;
  }
  return configs;
}

void TangoDevice::set_attribute_config_4(const AttributeConfigList_3& new_conf, const ClntIdent&) {
  set_attribute_config_3(new_conf);
}

void TangoDevice::set_attribute_config_5(const AttributeConfigList_5& new_conf, const ClntIdent&) {
  AttributeConfigList_3 configs;
  for (const auto& config : new_conf) {
    auto& result = configs.emplace_back();
    copy_common_part(config, result);
    result.level = config.level;
    result.att_alarm = config.att_alarm;
    result.event_prop = config.event_prop;
    result.sys_extensions = config.sys_extensions;
  }
  set_attribute_config_3(configs);
}

DevAttrHistory_4 TangoDevice::read_attribute_history_4(std::string_view name, std::int32_t) {
  throw dev_failed("API_AttrNotPolled", "Attribute " + std::string(name) + " is not polled",
                   "TangoDevice::read_attribute_history_4");
}

DevAttrHistory_5 TangoDevice::read_attribute_history_5(std::string_view name, std::int32_t) {
  throw dev_failed("API_AttrNotPolled", "Attribute " + std::string(name) + " is not polled",
                   "TangoDevice::read_attribute_history_5");
}
