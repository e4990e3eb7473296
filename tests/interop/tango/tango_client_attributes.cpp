#include "tango_client.hpp"
#include "tango_type.hpp"

#include <algorithm>
#include <chrono>

using namespace Tango;

namespace {

/// What was read, then what was last written. Also by version 1 and 2, which have no arrays that
/// are written.
template <class Values>
Values read(const TangoClient& client, const std::string& name, bool is_scalar) {
  const auto values = client.device.read_attributes_3({name}, DevSource::DEV);
  expect(values.size() == 1 && values[0].err_list.empty(), name + " was read");
  expect(values[0].name == name && values[0].quality == AttrQuality::ATTR_VALID,
         name + " is named and valid");
  const auto result = values[0].value.template get<Values>();
  if (is_scalar) {
    const auto first = client.device.read_attributes({name}).at(0);
    const auto second = client.device.read_attributes_2({name}, DevSource::DEV).at(0);
    expect(first.value.template get<Values>() == result, name + " by read_attributes");
    expect(second.value.template get<Values>() == result, name + " by read_attributes_2");
    expect(first.dim_x == 1 && first.dim_y == 0, name + "'s dimensions in version 1");
  }
  return result;
}

template <class Values>
AttributeValueList sent(const std::string& name, const Values& values) {
  AttributeValue value;
  value.name = name;
  value.value = tango_any(values);
  value.dim_x = static_cast<std::int32_t>(values.size());
  return {value};
}

template <class Values>
void expect_kept(const TangoClient& client, const std::string& name, const Values& written,
                 bool is_scalar) {
  Values twice = written;
  twice.insert(twice.end(), written.begin(), written.end());
  expect(read<Values>(client, name, is_scalar) == twice, name + " read and set");
}

template <class Values>
void check_scalar(TangoClient& client, const std::string& name, const Values& first,
                  const Values& second) {
  client.run("attribute " + name, [&] {
    client.device.write_attributes(sent(name, first));
    expect_kept(client, name, first, true);

    client.device.write_attributes_3(sent(name, second));
    expect_kept(client, name, second, true);
  });
}

template <class Values>
void check_array(TangoClient& client, const std::string& name, const Values& first,
                 const Values& second) {
  client.run("attribute " + name, [&] {
    for (const Values& written : {first, second}) {
      client.device.write_attributes_3(sent(name, written));
      expect_kept(client, name, written, false);
      const auto value = client.device.read_attributes_3({name}, DevSource::DEV).at(0);
      const AttributeDim dimensions{static_cast<std::int32_t>(written.size()), 0};
      expect(value.r_dim == dimensions && value.w_dim == dimensions, name + "'s dimensions");
    }
  });
}

void check_many(TangoClient& client) {
  client.run("many attributes in one call", [&] {
    const auto values = client.device.read_attributes_3(
        {"ramp", "picture", "warm", "State", "Status"}, DevSource::DEV);
    expect(values.size() == 5, "five values");
    expect(values[0].value.get<DevVarShortArray>() == DevVarShortArray{-3, -2, -1, 0, 1, 2, 3, 4},
           "ramp");
    expect(values[1].value.get<DevVarULongArray>() == DevVarULongArray{1, 2, 3, 4, 5, 4000000000},
           "picture");
    expect(values[1].r_dim == AttributeDim{3, 2}, "picture is 3 wide, 2 high");
    expect(values[2].value.get<DevVarDoubleArray>() == DevVarDoubleArray{451}, "warm");
    expect(values[2].quality == AttrQuality::ATTR_ALARM, "warm alarms");
    expect(values[2].time == TimeVal{1234567, 250000, 0}, "when warm was measured");
    expect(values[3].value.get<DevState>() == DevState::ALARM ||
               values[3].value.get<DevState>() == DevState::STANDBY,
           "the state as an attribute");
    expect(values[4].value.get<DevVarStringArray>().size() == 1, "the status as an attribute");
  });
}

void check_time(TangoClient& client) {
  client.run("time of a value", [&] {
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    const auto value = client.device.read_attributes_3({"count"}, DevSource::DEV).at(0);
    expect(std::abs(value.time.tv_sec - now) <= 60, "the server's clock is ours");
  });
}

}  // namespace

void check_attributes(TangoClient& client) {
  check_scalar<DevVarDoubleArray>(client, "position", {-99.5}, {0.1});
  check_scalar<DevVarLongArray>(client, "count", {2147483647}, {-2147483647 - 1});
  check_scalar<DevVarStringArray>(client, "title", {""}, {"on the \xc3\xa9tag\xc3\xa8re"});
  check_scalar<DevVarBooleanArray>(client, "enabled", {false}, {true});
  check_scalar<DevVarLong64Array>(client, "big", {-1}, {std::int64_t{1} << 62});
  check_scalar<DevVarCharArray>(client, "small", {255}, {0});
  check_array<DevVarDoubleArray>(client, "wave", {1, 2, 3, 4}, DevVarDoubleArray(1000, 0.5));
  check_array<DevVarStringArray>(client, "names", {"", "b", "c"}, {"one"});
  check_many(client);
  check_time(client);
}
