#pragma once

#include <string>

#include "idl/compiler/ast/source_file.hpp"
#include "idl/compiler/diagnostics/diagnostics.hpp"
#include "idl/compiler/source/source_set.hpp"

namespace corbel::idl {

/// Turns locations and messages into diagnostics with the line they are about.
class Reporter {
 public:
  Reporter(Diagnostics& diagnostics, const SourceSet& sources)
      : diagnostics_(diagnostics), sources_(sources) {}

  void error(const Location& where, std::string message) {
    report(Severity::kError, where, std::move(message));
  }
  void warning(const Location& where, std::string message) {
    report(Severity::kWarning, where, std::move(message));
  }
  /// Adds to the error before it: "it was declared here".
  void note(const Location& where, std::string message) {
    report(Severity::kNote, where, std::move(message));
  }

  Diagnostics& diagnostics() { return diagnostics_; }
  const SourceSet& sources() const { return sources_; }

 private:
  void report(Severity severity, const Location& where, std::string message);

  Diagnostics& diagnostics_;
  const SourceSet& sources_;
};

/// An error found after the compilation, when the texts are gone: reads the file again to show the
/// line.
Diagnostic late_error(const Location& where, std::string message);

}  // namespace corbel::idl
