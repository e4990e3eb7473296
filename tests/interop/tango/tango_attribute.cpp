#include "tango_attribute.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>

using namespace Tango;

DevFailed dev_failed(const std::string& reason, const std::string& description,
                     const std::string& origin) {
  return DevFailed({{reason, ErrSeverity::ERR, description, origin}});
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return small;
}

TimeVal tango_now() {
  using std::chrono::microseconds;
  const auto now =
      std::chrono::duration_cast<microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  return {static_cast<std::int32_t>(now / 1'000'000), static_cast<std::int32_t>(now % 1'000'000),
          0};
}

AttributeDim TangoAttribute::dimensions(std::size_t count) const {
  if (config.data_format == AttrDataFormat::IMAGE) {
    return count == 0 ? AttributeDim{0, 0} : AttributeDim{config.max_dim_x, config.max_dim_y};
  }
  return {static_cast<std::int32_t>(count), 0};
}

void TangoAttribute::check_writable(std::size_t count) const {
  if (config.writable == AttrWriteType::READ) {
    throw dev_failed("API_AttrNotWritable", "Attribute " + config.name + " is not writable",
                     "TangoAttribute::write");
  }
  const auto most = config.max_dim_x * std::max(config.max_dim_y, 1);
  const bool is_scalar = config.data_format == AttrDataFormat::SCALAR;
  if (count > static_cast<std::size_t>(most) || (is_scalar && count != 1)) {
    throw dev_failed(
        "API_WAttrOutsideLimit",
        "Attribute " + config.name + " does not take " + std::to_string(count) + " values",
        "TangoAttribute::write");
  }
}

AttributeConfig_3 plain_config(const std::string& name, std::int32_t data_type,
                               AttrWriteType writable) {
  const std::string unspecified = "Not specified";
  AttributeConfig_3 config;
  config.name = name;
  config.writable = writable;
  config.data_format = AttrDataFormat::SCALAR;
  config.data_type = data_type;
  config.max_dim_x = 1;
  config.description = "No description";
  config.label = name;
  config.standard_unit = "No standard unit";
  config.display_unit = "No display unit";
  config.format = "%6.2f";
  config.min_value = config.max_value = unspecified;
  config.writable_attr_name = writable == AttrWriteType::READ ? "None" : name;
  config.att_alarm = {unspecified, unspecified, unspecified, unspecified,
                      unspecified, unspecified, {}};
  config.event_prop.ch_event = {unspecified, unspecified, {}};
  config.event_prop.per_event = {"1000", {}};
  config.event_prop.arch_event = {unspecified, unspecified, unspecified, {}};
  return config;
}
