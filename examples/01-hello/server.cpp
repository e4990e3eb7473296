#include <corbel/orb.hpp>
#include <hello.idl.hpp>
#include <iostream>

class Greeter final : public Hello::Servant {
  std::string greet(std::string_view name) override { return "Hello, " + std::string(name) + "!"; }
};

int main(int argc, char** argv) {
  corbel::Orb orb(argc, argv);
  auto adapter = orb.create_adapter("hello");
  std::cout << to_string(adapter.activate<Hello>(std::make_shared<Greeter>())) << std::endl;
  orb.run();
}
