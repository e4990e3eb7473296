#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> corpus(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(CORBEL_IDL_TESTS) / folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string name_of(const ::testing::TestParamInfo<fs::path>& info) {
  return info.param.stem().string();
}

// The lines "//! 3:10: error: ..." of the file, without their mark.
std::string expected_errors(const std::string& text) {
  std::istringstream lines(text);
  std::string expected;
  for (std::string line; std::getline(lines, line);) {
    if (const auto mark = line.find("//! "); mark != std::string::npos) {
      expected += line.substr(mark + 4) + "\n";
    }
  }
  return expected;
}

std::string errors_of(const Diagnostics& diagnostics) {
  std::string errors;
  for (const Diagnostic& found : diagnostics.all()) {
    if (found.severity != Severity::kError) continue;
    errors += std::to_string(found.line) + ":" + std::to_string(found.column) +
              ": error: " + found.message + "\n";
  }
  return errors;
}

class RefusedIdl : public ::testing::TestWithParam<fs::path> {};

TEST_P(RefusedIdl, GetsExactlyItsErrors) {
  const std::string text = read_file(GetParam());
  Options options;
  options.library_directory = "library";

  const Outcome outcome = compile_source(text, options);

  EXPECT_FALSE(outcome.file);
  EXPECT_EQ(errors_of(outcome.diagnostics), expected_errors(text));
}

INSTANTIATE_TEST_SUITE_P(Corpus, RefusedIdl, ::testing::ValuesIn(corpus("refused")), name_of);

class AcceptedIdl : public ::testing::TestWithParam<fs::path> {};

TEST_P(AcceptedIdl, GetsNoMessage) {
  Diagnostics diagnostics;

  const auto file = compile({}, GetParam().string(), diagnostics);

  EXPECT_TRUE(file);
  for (const Diagnostic& found : diagnostics.all()) ADD_FAILURE() << found;
}

INSTANTIATE_TEST_SUITE_P(Corpus, AcceptedIdl, ::testing::ValuesIn(corpus("accepted")), name_of);

}  // namespace
}  // namespace corbel::idl::test
