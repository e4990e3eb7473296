// Serves three printers under names in two contexts, which come into being on the way.
#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <office.idl.hpp>

#include <iostream>
#include <string>
#include <utility>

namespace {

class PrinterServant final : public office::Printer::Servant {
 public:
  explicit PrinterServant(std::string location) : location_(std::move(location)) {}

  std::string location() override { return location_; }
  std::int32_t print(std::string_view text) override {
    return static_cast<std::int32_t>(text.size() / 1000 + 1);
  }

 private:
  std::string location_;
};

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  orb.shutdown_on_signals();
  auto adapter = orb.create_adapter("printers");
  adapter.activate_requests();

  const corbel::Naming naming = orb.naming();
  for (const char* place : {"floor-1/laser", "floor-1/ink", "floor-2/laser"}) {
    const std::string name = "office/" + std::string(place) + ".printer";
    naming.rebind(name, adapter.activate<office::Printer>(std::make_shared<PrinterServant>(place)));
  }
  std::cout << "printers are ready" << std::endl;
  orb.run();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "printer-server: " << error.what() << '\n';
  return 1;
}
