#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "idl/compiler/compile.hpp"

namespace corbel::idl::test {

/// What a compilation gave: the tree (if there was no error) and all messages as the user sees
/// them.
struct Outcome {
  std::optional<CheckedFile> file;
  Diagnostics diagnostics;

  std::string messages() const {
    std::ostringstream out;
    for (const Diagnostic& diagnostic : diagnostics.all()) out << diagnostic;
    return out.str();
  }
};

inline Outcome compile_source(std::string_view text, const Options& options = {}) {
  Outcome outcome;
  outcome.file = compile_text(options, "test.idl", text, outcome.diagnostics);
  return outcome;
}

inline std::string messages_of(std::string_view text) { return compile_source(text).messages(); }

/// The declaration with this scoped name ("M::I::T"), or null; of a reopened module any opening.
inline const Declaration* find_in(const std::vector<Declaration*>& definitions,
                                  const std::string& wanted) {
  for (const Declaration* definition : definitions) {
    if (as<Forward>(definition) == nullptr && scoped_name(*definition) == wanted) return definition;
    const std::vector<Declaration*>* inner = nullptr;
    if (const auto* module = as<Module>(definition)) inner = &module->definitions;
    if (const auto* interface = as<Interface>(definition)) inner = &interface->definitions;
    if (const auto* structure = as<Struct>(definition)) inner = &structure->definitions;
    if (const auto* choice = as<Union>(definition)) inner = &choice->definitions;
    if (const auto* value = as<ValueType>(definition)) inner = &value->definitions;
    if (inner == nullptr) continue;
    if (const Declaration* found = find_in(*inner, wanted)) return found;
  }
  return nullptr;
}

template <typename T = Declaration>
const T* find(const Outcome& outcome, const std::string& wanted) {
  if (!outcome.file) return nullptr;
  const Declaration* found = find_in(outcome.file->definitions, wanted);
  if constexpr (std::is_same_v<T, Declaration>) {
    return found;
  } else {
    return as<T>(found);
  }
}

inline std::string repository_id(const Outcome& outcome, const std::string& wanted) {
  const Declaration* found = find(outcome, wanted);
  return found == nullptr ? "(no " + wanted + ")\n" + outcome.messages() : found->repository_id;
}

/// A folder for files that include each other; it disappears with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "corbel-idl-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string write(const std::string& name, std::string_view text) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  std::string path(const std::string& name = "") const { return (path_ / name).string(); }

  Outcome compile(const std::string& name, const Options& options = {}) const {
    Outcome outcome;
    outcome.file = idl::compile(options, path(name), outcome.diagnostics);
    return outcome;
  }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace corbel::idl::test
