#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <orb/ior/reference_data.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace corbel::ior {
namespace {

using ::testing::HasSubstr;

/// What omniORB's catior says about a reference, each run of white space as one space.
std::string catior(const ObjectRef& ref) {
  const std::string command = "catior " + ref.to_string() + " 2>&1";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string said;
  std::array<char, 256> chunk;
  while (pipe && std::fgets(chunk.data(), chunk.size(), pipe.get()) != nullptr)
    said += chunk.data();
  std::replace(said.begin(), said.end(), '\n', ' ');
  const auto both_space = [](char left, char right) { return left == ' ' && right == ' '; };
  said.erase(std::unique(said.begin(), said.end(), both_space), said.end());
  return said;
}

class Catior : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v catior >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "catior (Debian package omniorb) is not installed";
    }
  }
};

TEST_F(Catior, ReadsOurReferencesInEveryVersion) {
  for (std::uint8_t minor = 0; minor <= 2; ++minor) {
    const std::vector<Endpoint> endpoints = {{"10.0.0.7", 40001}};

    const auto said =
        catior(make_reference("IDL:bank/Account:1.0", endpoints, "NameService", {1, minor}));

    EXPECT_THAT(said, HasSubstr("Type ID: \"IDL:bank/Account:1.0\""));
    EXPECT_THAT(said,
                HasSubstr("IIOP 1." + std::to_string(minor) + " 10.0.0.7 40001 \"NameService\""));
  }
}

TEST_F(Catior, ReadsOurComponents) {
  const std::vector<Endpoint> endpoints = {{"10.0.0.7", 40001}, {"backup", 40002}};

  const auto said = catior(make_reference("IDL:bank/Account:1.0", endpoints, "k"));

  EXPECT_THAT(said, HasSubstr("TAG_ORB_TYPE"));
  EXPECT_THAT(said, HasSubstr("TAG_CODE_SETS char native code set: UTF-8"));
  EXPECT_THAT(said, HasSubstr("char conversion code sets: ISO-8859-1"));
  EXPECT_THAT(said, HasSubstr("wchar native code set: UTF-16"));
  EXPECT_THAT(said, HasSubstr("TAG_ALTERNATE_IIOP_ADDRESS backup 40002"));
}

TEST_F(Catior, ReadsSeveralProfiles) {
  const std::vector<Endpoint> endpoints = {{"a", 1}, {"b", 2}};

  const auto said = catior(make_reference("", endpoints, "k", {1, 1}));

  EXPECT_THAT(said, HasSubstr("IIOP 1.1 a 1 \"k\""));
  EXPECT_THAT(said, HasSubstr("IIOP 1.1 b 2 \"k\""));
}

}  // namespace
}  // namespace corbel::ior
