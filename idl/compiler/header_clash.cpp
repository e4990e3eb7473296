#include "idl/compiler/header_clash.hpp"

#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

namespace fs = std::filesystem;

std::string name_of(const SourceFile& file) { return fs::path(file.path).filename().string(); }

// Files included inside of a module have no header of their own.
void add_parts(const std::vector<const Declaration*>& declarations,
               std::set<const SourceFile*>& parts) {
  for (const Declaration* declaration : declarations) {
    const SourceFile* file = declaration->location.file;
    if (&home(*declaration) != file) parts.insert(file);
    add_parts(children(*declaration), parts);
  }
}

bool is_same(const SourceFile& one, const SourceFile& other) {
  std::error_code failure;
  return &one == &other || fs::equivalent(one.path, other.path, failure);
}

}  // namespace

std::vector<HeaderClash> header_clashes(const CheckedFile& checked) {
  const SourceFile& main = checked.main_file();
  std::set<const SourceFile*> parts;
  add_parts({checked.definitions.begin(), checked.definitions.end()}, parts);
  std::map<std::string, const SourceFile*> named{{name_of(main), &main}};
  std::vector<HeaderClash> clashes;
  for (const Include& include : main.includes) {
    if (include.file == nullptr || parts.contains(include.file)) continue;
    const auto [first, is_new] = named.emplace(name_of(*include.file), include.file);
    if (is_new || is_same(*first->second, *include.file)) continue;
    clashes.push_back({{&main, include.line, 1},
                       "the C++ of '" + first->second->path + "' and that of '" +
                           include.file->path + "' would both be " + first->first +
                           ".hpp; rename one of the two files"});
  }
  return clashes;
}

}  // namespace corbel::idl
