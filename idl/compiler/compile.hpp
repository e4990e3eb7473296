#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"
#include "idl/compiler/diagnostics/diagnostics.hpp"

namespace corbel::idl {

/// `-D NAME[=VALUE]`; without a value the macro is 1.
struct MacroDefinition {
  std::string name;
  std::string value = "1";
};

struct Options {
  /// Searched in order for both forms of #include, after the including file's own folder (for
  /// `"..."`).
  std::vector<std::string> include_directories;
  std::vector<MacroDefinition> macros;
  /// Holds orb.idl, CosNaming.idl, ...; searched last. Empty: the one that standard_library()
  /// finds.
  std::string library_directory;
};

/// The folder of the standard IDL files: beside the installed program, or in the source tree it was
/// built from. Empty if there is none.
std::string standard_library();

/// Preprocesses, parses and checks the file at `path`. Empty if there was an error, which
/// `diagnostics` then tells; warnings alone do not count. Throws nothing but std::bad_alloc.
/// Threads: calls do not share anything.
std::optional<CheckedFile> compile(const Options& options, const std::string& path,
                                   Diagnostics& diagnostics);

/// The same for source text in memory; `name` stands for it in messages and in SourceFile::path.
std::optional<CheckedFile> compile_text(const Options& options, const std::string& name,
                                        std::string_view text, Diagnostics& diagnostics);

}  // namespace corbel::idl
