// A TANGO device served by Corbel, for PyTango to talk to.   tango_server
// Prints "endpoint HOST:PORT"; the device is test/corbel/1 there. Ends on SIGTERM; 1 if a message
// was malformed.
#include "tango_device.hpp"

#include <corbel/orb.hpp>

#include <algorithm>
#include <cctype>
#include <iostream>
#include <numeric>

using namespace Tango;

namespace {

DevPipeDataElt part(const std::string& name, const AttrValUnion& value, bool is_scalar) {
  return {name, value, {}, is_scalar ? "Scalar" : "Array"};
}

DevPipeBlob tree() {
  const DevVarPipeDataEltArray twig{part("leaves", AttrValUnion::make_long64_att_value({7}), true)};
  return {"root",
          {part("height", AttrValUnion::make_double_att_value({12.5}), true),
           part("kinds", AttrValUnion::make_string_att_value({"oak", "elm"}), false),
           {"branch", AttrValUnion::make_union_no_data(true), twig, "twig"}}};
}

class Bench final : public TangoDevice {
 public:
  explicit Bench(const std::string& name) : TangoDevice(name, "CorbelBench") {
    add_commands();
    add_array_commands();
    add_scalar_attributes();
    add_array_attributes();
    add_pipe("tree", tree());
  }

 private:
  template <class T>
  void keep(const std::string& name, std::vector<T> values) {
    add_attribute(std::make_unique<KeptAttribute<T>>(
        plain_config(name, TangoType<T>::kNumber, AttrWriteType::READ_WRITE), std::move(values)));
  }

  void add_commands() {
    add_command<Nothing, Nothing>("Init", [this](const Nothing&) {
      state_ = DevState::STANDBY;
      status_ = "on the bench";
      return Nothing();
    });
    add_command<double, double>("Twice", [](const double& number) { return 2 * number; });
    add_command<std::int32_t, std::int32_t>("Negate", [](const auto& number) { return -number; });
    add_command<bool, bool>("Not", [](const bool& value) { return !value; });
    add_command<std::string, std::string>("Shout", [](std::string text) {
      for (char& letter : text) {
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
      }
      return text + "!";
    });
    add_command<DevState, DevState>(
        "Become", [this](const DevState& state) { return std::exchange(state_, state); });
    add_command<std::string, Nothing>("Fail", [](const std::string& reason) -> Nothing {
      throw DevFailed({{reason, ErrSeverity::PANIC, "as it was told", "Bench.Fail"},
                       {"Second", ErrSeverity::WARN, "and another", "Bench.Fail"}});
    });
  }

  void add_array_commands() {
    add_command<DevVarDoubleArray, DevVarDoubleArray>("Reverse", [](const auto& numbers) {
      return DevVarDoubleArray(numbers.rbegin(), numbers.rend());
    });
    add_command<DevVarStringArray, std::string>("Join", [](const auto& words) {
      std::string all;
      for (const auto& word : words) all += (all.empty() ? "" : " ") + word;
      return all;
    });
    add_command<DevVarCharArray, DevVarLong64Array>("Sums", [](const auto& octets) {
      const auto sum = std::accumulate(octets.begin(), octets.end(), std::int64_t{0});
      return DevVarLong64Array{sum, static_cast<std::int64_t>(octets.size())};
    });
    add_command<DevVarLongStringArray, DevVarLongStringArray>("Swap", [](const auto& both) {
      DevVarLongStringArray swapped;
      for (const auto& word : both.svalue) {
        swapped.lvalue.push_back(static_cast<std::int32_t>(word.size()));
      }
      for (const auto number : both.lvalue) swapped.svalue.push_back(std::to_string(number));
      return swapped;
    });
    add_command<DevVarDoubleStringArray, DevVarDoubleStringArray>(
        "Same", [](const auto& both) { return both; });
    add_command<DevEncoded, DevEncoded>("Recode", [](DevEncoded encoded) {
      encoded.encoded_format += "/reversed";
      std::reverse(encoded.encoded_data.begin(), encoded.encoded_data.end());
      return encoded;
    });
  }

  void add_scalar_attributes() {
    auto position = plain_config("position", TangoType<double>::kNumber, AttrWriteType::READ_WRITE);
    position.label = "Position";
    position.unit = "mm";
    position.description = "Where it is";
    add_attribute(std::make_unique<KeptAttribute<double>>(position, std::vector{1.5}));
    keep<std::int32_t>("count", {-7});
    keep<std::string>("title", {"bench"});
    keep<bool>("enabled", {true});
    keep<std::int64_t>("big", {std::int64_t{1} << 40});
    keep<std::uint8_t>("small", {200});
    keep<float>("factor", {0.5f});
    add_attribute(std::make_unique<ComputedAttribute<double>>(
        plain_config("broken", TangoType<double>::kNumber, AttrWriteType::READ),
        []() -> std::vector<double> {
          throw dev_failed("Unplugged", "the sensor is unplugged", "Bench.broken");
        }));
  }

  void add_array_attributes() {
    auto wave = plain_config("wave", TangoType<double>::kNumber, AttrWriteType::READ_WRITE);
    wave.data_format = AttrDataFormat::SPECTRUM;
    wave.max_dim_x = 1000;
    add_attribute(std::make_unique<KeptAttribute<double>>(wave, std::vector{0.5, -0.25, 1e300}));
    auto names = plain_config("names", TangoType<std::string>::kNumber, AttrWriteType::READ_WRITE);
    names.data_format = AttrDataFormat::SPECTRUM;
    names.max_dim_x = 100;
    add_attribute(std::make_unique<KeptAttribute<std::string>>(
        names, std::vector<std::string>{"left", "right"}));
    auto picture = plain_config("picture", TangoType<std::uint32_t>::kNumber, AttrWriteType::READ);
    picture.data_format = AttrDataFormat::IMAGE;
    picture.max_dim_x = 3;
    picture.max_dim_y = 2;
    picture.level = DispLevel::EXPERT;
    add_attribute(std::make_unique<ComputedAttribute<std::uint32_t>>(
        picture, [] { return DevVarULongArray{1, 2, 3, 4, 5, 4'000'000'000}; }));
  }
};

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("tango", {.dispatch = corbel::ThreadPerObject{}});
  adapter.activate_well_known<Device_5>("test/corbel/1", std::make_shared<Bench>("test/corbel/1"));
  adapter.activate_requests();
  std::cout << "endpoint " << orb.endpoints().at(0).to_string() << std::endl;
  orb.run();
  const auto statistics = orb.statistics();
  std::cout << "requests: " << statistics.requests_received
            << ", protocol errors: " << statistics.protocol_errors << std::endl;
  return statistics.protocol_errors == 0 ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "tango_server: " << error.what() << '\n';
  return 1;
}
