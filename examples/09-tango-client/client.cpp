// What a TANGO device says of itself.   tango-client HOST:PORT DEVICE [ATTRIBUTE=NUMBER]...
// ATTRIBUTE=NUMBER writes first; the attribute is a double.
#include <corbel/orb.hpp>

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <string>
#include <tango.idl.hpp>

namespace {

/// Devices are locked by processes; this one locks none, so that any number does.
Tango::ClntIdent us() { return Tango::ClntIdent::make_cpp_clnt(1); }

void write(const Tango::Device_5& device, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos) throw std::invalid_argument(assignment + " is no NAME=NUMBER");
  Tango::AttributeValue_4 value;
  value.name = assignment.substr(0, equals);
  value.value.double_att_value({std::stod(assignment.substr(equals + 1))});
  value.w_dim.dim_x = 1;
  device.write_attributes_4({value}, us());
}

template <class Values>
void print_elements(const Values& values, std::size_t count) {
  if (count > 1) std::cout << count << " values: ";
  for (std::size_t i = 0; i < count && i < 8; ++i) {
    const typename Values::value_type value = values.at(i);
    if (i > 0) std::cout << ", ";
    if constexpr (requires { std::cout << +value; }) {
      std::cout << +value;
    } else {
      std::cout << value;
    }
  }
  if (count > 8) std::cout << ", ...";
}

/// What was read; what was last written stands behind it in the same sequence.
void print(const Tango::AttributeValue_5& value) {
  const auto count = static_cast<std::size_t>(value.r_dim.dim_x) *
                     static_cast<std::size_t>(std::max(value.r_dim.dim_y, 1));
  value.value.visit([&](const auto& branch) {
    if constexpr (requires { branch.size(); }) {
      print_elements(branch, count);
    } else {
      std::cout << branch;
    }
  });
}

void print_attributes(const Tango::Device_5& device) {
  const auto configs = device.get_attribute_config_5({"All attributes_3"});
  Tango::DevVarStringArray names;
  for (const auto& config : configs) names.push_back(config.name);
  const auto values = device.read_attributes_5(names, Tango::DevSource::DEV, us());
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::cout << "  " << names[i] << " = ";
    if (values[i].err_list.empty()) {
      print(values[i]);
      std::cout << (configs.at(i).unit.empty() ? "" : " ") << configs.at(i).unit << '\n';
    } else {
      std::cout << "(" << values[i].err_list[0].reason << ": " << values[i].err_list[0].desc
                << ")\n";
    }
  }
}

void print_commands(const Tango::Device_5& device) {
  std::cout << "  commands:";
  for (const auto& command : device.command_list_query_2()) std::cout << ' ' << command.cmd_name;
  std::cout << '\n';
}

void print(const Tango::DevErrorList& errors) {
  for (const auto& error : errors) {
    std::cerr << "tango-client: " << error.reason << ": " << error.desc << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  if (argc < 3) {
    std::cerr << "usage: tango-client HOST:PORT DEVICE [ATTRIBUTE=NUMBER]...\n";
    return 2;
  }
  // TANGO's object keys are the devices' names in small letters.
  const std::string reference = "corbaloc:iiop:1.2@" + std::string(argv[1]) + "/" + argv[2];
  const auto device = corbel::narrow<Tango::Device_5>(orb.object(reference));
  if (is_nil(device)) throw std::runtime_error(std::string(argv[2]) + " is no device of version 5");
  for (int i = 3; i < argc; ++i) write(device, argv[i]);
  std::cout << device.name() << " is " << device.state() << ": " << device.status() << '\n';
  print_attributes(device);
  print_commands(device);
} catch (const Tango::DevFailed& failure) {
  print(failure.errors);
  return 1;
} catch (const Tango::MultiDevFailed& failure) {
  for (const auto& error : failure.errors) print(error.err_list);
  return 1;
} catch (const std::exception& error) {
  std::cerr << "tango-client: " << error.what() << '\n';
  return 1;
}
