#pragma once

#include <string>
#include <vector>

#include "idl/compiler/ast/source_file.hpp"
#include "idl/compiler/compile.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// A token as the preprocessor spells it, or an event between tokens.
struct RawToken {
  enum class Kind {
    kText,
    /// `text` is what stands behind `#pragma`.
    kPragma,
    /// An included file begins; the location is its beginning.
    kEnterFile,
    /// It ends; the location is the line of the #include.
    kLeaveFile,
  };
  Kind kind = Kind::kText;
  std::string text;
  /// Where the user sees it: a token from a macro's body stands where the macro is used.
  Location location;
};

/// Runs the preprocessor over `main`, a file of `sources`; included files are added there. Errors
/// are reported; the tokens are then of use for finding more errors only.
/// Bounded in time and memory for any input: see the limits in the implementation.
std::vector<RawToken> preprocess(const Options& options, SourceText& main, SourceSet& sources,
                                 Reporter& reporter);

}  // namespace corbel::idl
