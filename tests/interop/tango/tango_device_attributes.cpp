#include "tango_device.hpp"

#include <algorithm>

using namespace Tango;

void TangoDevice::add_attribute(std::unique_ptr<TangoAttribute> attribute) {
  attributes_.push_back(std::move(attribute));
}

TangoAttribute& TangoDevice::find_attribute(std::string_view name) const {
  const std::string small = in_small_letters(name);
  const auto found = std::find_if(
      attributes_.begin(), attributes_.end(),
      [&](const auto& attribute) { return in_small_letters(attribute->config.name) == small; });
  if (found == attributes_.end()) {
    throw dev_failed("API_AttrNotFound", "Attribute " + std::string(name) + " not found",
                     "TangoDevice::find_attribute");
  }
  return **found;
}

std::vector<TangoAttribute*> TangoDevice::find_attributes(const DevVarStringArray& names) const {
  std::vector<TangoAttribute*> found;
  // Older and newer clients' ways to ask for all.
  if (names.size() == 1 && names[0].starts_with("All attributes")) {
    for (const auto& attribute : attributes_) found.push_back(attribute.get());
    return found;
  }
  for (const auto& name : names) found.push_back(&find_attribute(name));
  return found;
}

namespace {

AttributeValue in_version_1(const AttributeValue_3& value) {
  return {value.value, value.quality, value.time, value.name, value.r_dim.dim_x, value.r_dim.dim_y};
}

}  // namespace

AttributeConfigList TangoDevice::get_attribute_config(const DevVarStringArray& names) {
  note();
  AttributeConfigList configs;
  for (const auto* attribute : find_attributes(names)) {
    copy_common_part(attribute->config, configs.emplace_back());
    configs.back().min_alarm = attribute->config.att_alarm.min_alarm;
    configs.back().max_alarm = attribute->config.att_alarm.max_alarm;
  }
  return configs;
}

AttributeConfigList_2 TangoDevice::get_attribute_config_2(const DevVarStringArray& names) {
  note();
  AttributeConfigList_2 configs;
  for (const auto* attribute : find_attributes(names)) {
    copy_common_part(attribute->config, configs.emplace_back());
    configs.back().min_alarm = attribute->config.att_alarm.min_alarm;
    configs.back().max_alarm = attribute->config.att_alarm.max_alarm;
    configs.back().level = attribute->config.level;
  }
  return configs;
}

AttributeConfigList_3 TangoDevice::get_attribute_config_3(const DevVarStringArray& names) {
  note();
  AttributeConfigList_3 configs;
  for (const auto* attribute : find_attributes(names)) configs.push_back(attribute->config);
  return configs;
}

void TangoDevice::set_attribute_config_3(const AttributeConfigList_3& new_conf) {
  note();
  for (const auto& wanted : new_conf) {
    AttributeConfig_3& config = find_attribute(wanted.name).config;
    const AttributeConfig_3 before = std::exchange(config, wanted);
    // What the device's programmer decided stays.
    config.name = before.name;
    config.writable = before.writable;
    config.data_format = before.data_format;
    config.data_type = before.data_type;
    config.max_dim_x = before.max_dim_x;
    config.max_dim_y = before.max_dim_y;
  }
}

AttributeValueList TangoDevice::read_attributes(const DevVarStringArray& names) {
  note();
  AttributeValueList values;
  for (auto* attribute : find_attributes(names)) values.push_back(in_version_1(attribute->read()));
  return values;
}

AttributeValueList TangoDevice::read_attributes_2(const DevVarStringArray& names, DevSource) {
  return read_attributes(names);
}

AttributeValue_3 TangoDevice::read_or_fail(const std::string& name) const {
  try {
    return find_attribute(name).read();
  } catch (const DevFailed& failure) {
    AttributeValue_3 value;
    value.name = name;
    value.quality = AttrQuality::ATTR_INVALID;
    value.err_list = failure.errors;
    return value;
  }
}

AttributeValueList_3 TangoDevice::read_attributes_3(const DevVarStringArray& names, DevSource) {
  note();
  AttributeValueList_3 values;
  for (const auto& name : names) values.push_back(read_or_fail(name));
  return values;
}

void TangoDevice::write_attributes(const AttributeValueList& values) {
  note();
  for (const auto& value : values) find_attribute(value.name).write(value.value);
}

void TangoDevice::write_attributes_3(const AttributeValueList& values) {
  note();
  MultiDevFailed failures;
  for (std::size_t i = 0; i < values.size(); ++i) {
    try {
      find_attribute(values[i].name).write(values[i].value);
    } catch (const DevFailed& failure) {
      failures.errors.push_back({values[i].name, static_cast<std::int32_t>(i), failure.errors});
    }
  }
  if (!failures.errors.empty()) throw failures;
}

DevAttrHistoryList TangoDevice::read_attribute_history_2(std::string_view name, std::int32_t) {
  throw dev_failed("API_AttrNotPolled", "Attribute " + std::string(name) + " is not polled",
                   "TangoDevice::read_attribute_history_2");
}

DevAttrHistoryList_3 TangoDevice::read_attribute_history_3(std::string_view name, std::int32_t) {
  throw dev_failed("API_AttrNotPolled", "Attribute " + std::string(name) + " is not polled",
                   "TangoDevice::read_attribute_history_3");
}
