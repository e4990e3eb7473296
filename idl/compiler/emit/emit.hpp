#pragma once

#include <string>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

struct EmitOptions {
  /// Named in the first line of each generated file.
  std::string compiler_version;
};

/// A generated file, not written yet.
struct OutputFile {
  /// Relative to the output directory: "bank.idl.hpp".
  std::string name;
  std::string content;
};

/// The C++ mapping of `file`: its `x.idl.hpp` and `x.idl.cpp`. The same input gives the same
/// octets. Throws NotMapped (unsupported.hpp) for what has no mapping.
std::vector<OutputFile> emit_cpp(const CheckedFile& file, const EmitOptions& options);

}  // namespace corbel::idl
