#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <calculator.idl.hpp>

#include <iostream>

class CalculatorServant final : public Calculator::Servant {
 public:
  std::int32_t add(std::int32_t left, std::int32_t right) override { return left + right; }
};

int main(int argc, char** argv) {
  corbel::Orb orb(argc, argv, {.collocation = false});
  auto adapter = orb.create_adapter("calculator");
  const auto calculator = adapter.activate<Calculator>(std::make_shared<CalculatorServant>());
  adapter.activate_requests();
  std::cout << "3 + 4 = " << orb.object<Calculator>(to_string(calculator)).add(3, 4) << std::endl;
}
