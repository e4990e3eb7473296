// Serves and calls a calculator without generated code.
#include <corbel/dynamic.hpp>
#include <corbel/json.hpp>
#include <corbel/orb.hpp>

#include <cstdint>
#include <iostream>

namespace dynamic = corbel::dynamic;

namespace {

dynamic::Results add(const dynamic::Request& request) {
  return {corbel::Any(request.arguments[0].get<std::int32_t>() +
                      request.arguments[1].get<std::int32_t>())};
}

}  // namespace

int main(int argc, char** argv) {
  const auto description =
      dynamic::Description::parse_file(CALCULATOR_IDL, {.library_directory = STANDARD_IDL});
  const auto& type = description.interface("Calculator");
  corbel::Orb orb(argc, argv, {.collocation = false});
  auto adapter = orb.create_adapter("calculator");
  const auto calculator = adapter.activate<dynamic::AnyObject>(dynamic::make_servant(type, add));
  adapter.activate_requests();
  const auto results = dynamic::call(calculator, type, "add", dynamic::arguments(3, 4));
  std::cout << "3 + 4 = " << corbel::to_json(results.value()) << std::endl;
}
