#include "idl/compiler/emit/file_order.hpp"

#include <algorithm>
#include <set>

#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

void place(const SourceFile& file, std::set<const SourceFile*>& placed,
           std::vector<FileGroup>& groups) {
  if (!placed.insert(&file).second) return;
  for (const Include& include : file.includes) {
    if (include.file != nullptr) place(*include.file, placed, groups);
  }
  const auto around = std::find_if(groups.begin(), groups.end(), [&](const FileGroup& group) {
    return in_cycle(*group.front(), file);
  });
  if (around == groups.end()) {
    groups.push_back({&file});
  } else {
    around->push_back(&file);
  }
}

}  // namespace

std::vector<FileGroup> included_first(const CheckedFile& checked) {
  std::vector<FileGroup> groups;
  std::set<const SourceFile*> placed;
  for (const auto& file : checked.files) place(*file, placed, groups);
  return groups;
}

}  // namespace corbel::idl
