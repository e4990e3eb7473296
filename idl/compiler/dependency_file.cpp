#include "idl/compiler/dependency_file.hpp"

#include <filesystem>

namespace corbel::idl {
namespace {

std::string escaped(const std::filesystem::path& path) {
  std::string result;
  for (const char c : std::filesystem::absolute(path).lexically_normal().string()) {
    if (c == ' ' || c == '#') result += '\\';
    if (c == '$') result += '$';
    result += c;
  }
  return result;
}

}  // namespace

std::string dependency_rule(const std::string& directory, const std::vector<OutputFile>& output,
                            const std::set<std::string>& inputs) {
  std::string rule;
  for (const OutputFile& file : output) {
    if (!rule.empty()) rule += " ";
    rule += escaped(std::filesystem::path(directory) / file.name);
  }
  rule += ":";
  for (const std::string& input : inputs) rule += " \\\n  " + escaped(input);
  return rule + "\n";
}

}  // namespace corbel::idl
