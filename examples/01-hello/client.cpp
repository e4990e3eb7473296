#include <corbel/orb.hpp>
#include <hello.idl.hpp>
#include <iostream>

int main(int argc, char** argv) {
  corbel::Orb orb(argc, argv);
  std::cout << orb.object<Hello>(argv[1]).greet("world") << std::endl;
}
