// Writes random IDL files, two of three broken on purpose, and how corbel-idl judges each:
// DIR/<number>.idl and DIR/verdicts.txt with a line "<number> accepted" or "<number> refused
// <why>".
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "idl/compiler/compile.hpp"
#include "tests/idl-random/breaker.hpp"
#include "tests/idl-random/generator.hpp"

namespace {

using namespace corbel::idl;

std::string first_error(const Diagnostics& diagnostics) {
  for (const Diagnostic& found : diagnostics.all()) {
    if (found.severity != Severity::kError) continue;
    return std::to_string(found.line) + ":" + std::to_string(found.column) + ": " + found.message;
  }
  return "without an error";
}

int run(std::uint64_t seed, std::uint64_t count, const std::string& folder) {
  std::ofstream verdicts(folder + "/verdicts.txt");
  std::uint64_t wrong = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    corbel::idl::random::Chance chance(seed + i);
    std::string text = corbel::idl::random::Generator(chance).file();
    const std::uint64_t changes = i % 3;
    for (std::uint64_t change = 0; change < changes; ++change) {
      text = corbel::idl::random::broken(text, chance);
    }
    const std::string name = std::to_string(seed + i);
    std::ofstream(folder + "/" + name + ".idl", std::ios::binary) << text;
    Diagnostics diagnostics;
    const bool accepted = compile_text({}, name + ".idl", text, diagnostics).has_value();
    verdicts << name << (accepted ? " accepted" : " refused " + first_error(diagnostics)) << '\n';
    if (changes != 0 || accepted) continue;
    std::cerr << name << ".idl should be correct: " << first_error(diagnostics) << '\n';
    ++wrong;
  }
  return wrong == 0 && verdicts.good() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: idl_random SEED COUNT DIR\n";
    return 2;
  }
  return run(std::strtoull(argv[1], nullptr, 10), std::strtoull(argv[2], nullptr, 10), argv[3]);
}
