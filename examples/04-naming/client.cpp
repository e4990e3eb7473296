// Shows what is bound, prints on one printer, and meets names that lead nowhere.
#include <corbel/naming.hpp>
#include <corbel/orb.hpp>

#include <CosNaming.idl.hpp>
#include <office.idl.hpp>

#include <iostream>
#include <string>

namespace {

void show(const corbel::Naming& naming, const std::string& context,
          const std::string& indent = "") {
  for (const auto& entry : naming.list(context)) {
    std::cout << indent << entry.name << (entry.is_context ? "/" : "") << '\n';
    const std::string name = context.empty() ? entry.name : context + "/" + entry.name;
    if (entry.is_context) show(naming, name, indent + "  ");
  }
}

}  // namespace

int main(int argc, char** argv) try {
  corbel::Orb orb(argc, argv);
  const corbel::Naming naming = orb.naming();
  show(naming, "");

  const auto printer = naming.resolve<office::Printer>("office/floor-1/ink.printer");
  std::cout << printer.location() << " printed " << printer.print("Hello, paper!") << " page\n";

  // "." in a name separates id and kind; write "\." for a dot that belongs to the id.
  naming.bind("office/spare/v1\\.2.printer", printer);
  std::cout << "also known as " << naming.list("office/spare").front().name << '\n';

  try {
    naming.resolve("office/floor-9/ink.printer");
  } catch (const CosNaming::NamingContext::NotFound& failure) {
    std::cout << failure.rest_of_name.front().id << " does not exist\n" << failure.what() << '\n';
  }
  naming.unbind("office/spare/v1\\.2.printer");
  return 0;
} catch (const std::exception& error) {
  std::cerr << "printer-client: " << error.what() << '\n';
  return 1;
}
