#include <corbel/orb.hpp>

#include <api/calculator.corbel.hpp>

#include <iostream>

class CalculatorServant final : public api::Calculator::Servant {
 public:
  api::Sum Add(const api::Pair& pair) override {
    api::Sum sum;
    sum.set_value(pair.left() + pair.right());
    return sum;
  }
};

int main(int argc, char** argv) {
  corbel::Orb orb(argc, argv, {.collocation = false});
  auto adapter = orb.create_adapter("calculator");
  const auto calculator = adapter.activate<api::Calculator>(std::make_shared<CalculatorServant>());
  adapter.activate_requests();
  api::Pair pair;
  pair.set_left(3);
  pair.set_right(4);
  const auto sum = orb.object<api::Calculator>(to_string(calculator)).Add(pair);
  std::cout << "3 + 4 = " << sum.value() << std::endl;
}
