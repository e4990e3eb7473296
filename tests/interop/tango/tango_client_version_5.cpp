#include "tango_client.hpp"
#include "tango_type.hpp"

using namespace Tango;

namespace {

ClntIdent our_identity() { return ClntIdent::make_cpp_clnt(4711); }

AttributeValueList_5 read(const TangoClient& client, const DevVarStringArray& names) {
  return client.device.read_attributes_5(names, DevSource::DEV, our_identity());
}

AttributeValue_4 value_of(const std::string& name, const AttrValUnion& value, std::int32_t count) {
  AttributeValue_4 result;
  result.name = name;
  result.value = value;
  result.w_dim.dim_x = count;
  return result;
}

void check_reading(TangoClient& client) {
  client.run("unions read", [&] {
    const auto values =
        read(client, {"ramp", "picture", "warm", "State", "Status", "title", "nowhere"});
    expect(values.size() == 7, "seven values");
    expect(values[0].value.short_att_value() == DevVarShortArray{-3, -2, -1, 0, 1, 2, 3, 4},
           "ramp");
    expect(values[0].data_format == AttrDataFormat::SPECTRUM &&
               values[0].data_type == TangoType<std::int16_t>::kNumber,
           "ramp's type");
    expect(values[1].value.ulong_att_value() == DevVarULongArray{1, 2, 3, 4, 5, 4000000000},
           "picture");
    expect(values[1].r_dim == AttributeDim{3, 2}, "picture's dimensions");
    expect(values[2].value.double_att_value() == DevVarDoubleArray{451} &&
               values[2].quality == AttrQuality::ATTR_ALARM,
           "warm");
    expect(values[3].value.discriminator() == AttributeDataType::DEVICE_STATE, "the state's label");
    expect(values[3].value.is_dev_state_att(), "the state");
    expect(values[4].value.is_string_att_value(), "the status");
    expect(values[5].value.is_string_att_value(), "title");
    expect_reason(values[6].err_list, "API_AttrNotFound");
    expect(values[6].value.is_union_no_data(), "no value of nowhere");
  });
  client.run("unions read in version 4", [&] {
    const auto values =
        client.device.read_attributes_4({"ramp", "State"}, DevSource::DEV, our_identity());
    expect(values.size() == 2 && values[0].value.short_att_value().size() == 8, "ramp");
    expect(values[0].data_format == AttrDataFormat::SPECTRUM && values[0].r_dim.dim_x == 8,
           "ramp's dimensions");
    expect(values[1].value.is_dev_state_att(), "the state");
  });
}

void check_writing(TangoClient& client) {
  client.run("unions written", [&] {
    client.device.write_attributes_4(
        {value_of("position", AttrValUnion::make_double_att_value({-3.25}), 1),
         value_of("title", AttrValUnion::make_string_att_value({"union"}), 1),
         value_of("enabled", AttrValUnion::make_bool_att_value({false}), 1),
         value_of("big", AttrValUnion::make_long64_att_value({-5}), 1),
         value_of("small", AttrValUnion::make_uchar_att_value({99}), 1),
         value_of("wave", AttrValUnion::make_double_att_value({1, 2, 3}), 3)},
        our_identity());

    const auto values = read(client, {"position", "title", "enabled", "big", "small", "wave"});

    expect(values.at(0).value.double_att_value() == DevVarDoubleArray{-3.25, -3.25}, "position");
    expect(values[1].value.string_att_value() == DevVarStringArray{"union", "union"}, "title");
    expect(values[2].value.bool_att_value() == DevVarBooleanArray{false, false}, "enabled");
    expect(values[3].value.long64_att_value() == DevVarLong64Array{-5, -5}, "big");
    expect(values[4].value.uchar_att_value() == DevVarCharArray{99, 99}, "small");
    expect(values[5].value.double_att_value() == DevVarDoubleArray{1, 2, 3, 1, 2, 3}, "wave");
  });
  client.run("written and read in one call", [&] {
    const AttributeValueList_4 written{
        value_of("count", AttrValUnion::make_long_att_value({12}), 1)};
    const auto values =
        client.device.write_read_attributes_5(written, {"count", "ramp"}, our_identity());
    expect(values.size() == 2 && values[0].value.long_att_value().at(0) == 12, "count");
    expect(values[1].value.short_att_value().size() == 8, "ramp");
    const auto values_4 = client.device.write_read_attributes_4(written, our_identity());
    expect(values_4.at(0).value.long_att_value() == DevVarLongArray{12, 12}, "in version 4");
  });
  client.run("union of a wrong type", [&] {
    const auto raised = expect_raise<MultiDevFailed>(
        [&] {
          client.device.write_attributes_4(
              {value_of("position", AttrValUnion::make_string_att_value({"far"}), 1)},
              our_identity());
        },
        "Tango::MultiDevFailed");
    expect_reason(raised.errors.at(0).err_list, "API_IncompatibleAttrDataType");
  });
}

void check_the_rest(TangoClient& client) {
  client.run("commands in version 4", [&] {
    const auto result =
        client.device.command_inout_4("Twice", corbel::Any(4.0), DevSource::DEV, our_identity());
    expect(result.get<double>() == 8, "Twice");
    const auto from_java = ClntIdent::make_java_clnt({"Main", {1, 2}});
    expect(client.device.command_inout_4("Not", corbel::Any(true), DevSource::DEV, from_java)
                   .get<bool>() == false,
           "a Java client");
  });
  client.run("descriptions in version 5", [&] {
    const auto configs = client.device.get_attribute_config_5({"position", "picture"});
    expect(configs.size() == 2 && configs[0].label == "Position" && configs[0].unit == "mm" &&
               configs[0].max_value == "100" && !configs[0].memorized,
           "position");
    expect(configs[1].max_dim_y == 2 && configs[1].level == DispLevel::EXPERT, "picture");
  });
}

void check_pipes(TangoClient& client) {
  client.run("pipes", [&] {
    const auto configs = client.device.get_pipe_config_5({"All pipes"});
    expect(configs.size() == 1 && configs[0].name == "tree", "one pipe");
    expect(configs[0].writable == PipeWriteType::PIPE_READ, "read only");

    const DevPipeData data = client.device.read_pipe_5("tree", our_identity());

    expect(data.name == "tree" && data.data_blob.name == "root", "names");
    const auto& parts = data.data_blob.blob_data;
    expect(parts.size() == 3, "three parts");
    expect(parts[0].name == "height" && parts[0].value.double_att_value().at(0) == 12.5, "height");
    expect(parts[0].inner_blob_name == "Scalar" && parts[1].inner_blob_name == "Array",
           "what is a scalar");
    expect(parts[1].value.string_att_value() == DevVarStringArray{"oak", "elm"}, "kinds");
    expect(parts[2].name == "branch" && parts[2].inner_blob_name == "twig", "branch");
    expect(parts[2].inner_blob.size() == 1 && parts[2].inner_blob[0].name == "leaves" &&
               parts[2].inner_blob[0].value.long64_att_value().at(0) == 7,
           "leaves");
  });
}

}  // namespace

void check_version_5(TangoClient& client) {
  check_reading(client);
  check_writing(client);
  check_the_rest(client);
  check_pipes(client);
}
