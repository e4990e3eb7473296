#pragma once

#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

/// Files that include each other, directly or not; nearly always one.
using FileGroup = std::vector<const SourceFile*>;

/// All files, each after those that it includes. What is generated for a file must not depend on
/// those that include it: it is compiled by itself too.
std::vector<FileGroup> included_first(const CheckedFile& checked);

}  // namespace corbel::idl
