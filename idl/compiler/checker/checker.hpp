#pragma once

#include "idl/compiler/ast/checked_file.hpp"
#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Looks up all names and checks all rules of `definitions`, and builds the checked tree in `file`.
/// After an error, which is reported, the tree is incomplete.
void check(const syntax::Definitions& definitions, CheckedFile& file, Reporter& reporter);

}  // namespace corbel::idl
