#pragma once

#include "idl/compiler/ast/checked_file.hpp"
#include "idl/compiler/parser/parser.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Whether names that are not found are errors, or may have been lost with an included file that is
/// missing.
enum class MissingNames { kAreErrors, kAreForgiven };

/// Looks up all names and checks all rules of the definitions, and builds the checked tree in
/// `file`. After an error, which is reported, the tree is incomplete.
void check(const ParsedFile& parsed, MissingNames missing, CheckedFile& file, Reporter& reporter);

}  // namespace corbel::idl
