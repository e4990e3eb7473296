#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = "/usr/share/idl/omniORB";

// What omniidl refuses too: files that name others that Debian does not ship, or older names.
const std::set<std::string> kBroken{
    "CosTSPortability.idl", "DCE_CIOPSecurity.idl",   "NRService.idl",     "SECIOP.idl",
    "SSLIOP.idl",           "Security.idl",           "SecurityAdmin.idl", "SecurityLevel1.idl",
    "SecurityLevel2.idl",   "SecurityReplaceable.idl"};

TEST(DebiansFiles, Compile) {
  if (!fs::exists(kFolder)) GTEST_SKIP() << "omniorb-idl is not installed";
  Options options;
  options.include_directories = {kFolder.string(), (kFolder / "COS").string()};
  int compiled = 0;

  for (const auto& entry : fs::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() != ".idl" || kBroken.contains(entry.path().filename())) continue;
    Outcome outcome;
    outcome.file = compile(options, entry.path().string(), outcome.diagnostics);
    compiled += outcome.file ? 1 : 0;
    EXPECT_TRUE(outcome.file) << entry.path() << "\n" << outcome.messages();
  }

  EXPECT_GE(compiled, 61);
}

}  // namespace
}  // namespace corbel::idl::test
