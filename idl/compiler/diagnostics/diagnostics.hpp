#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace corbel::idl {

enum class Severity { kError, kWarning, kNote };

/// One finding about the source, complete in itself: it holds its own copy of names and text.
struct Diagnostic {
  Severity severity = Severity::kError;
  /// Empty for what has no place in a file ("cannot open ...").
  std::string file;
  /// Counted from 1; the column counts octets. 0 if the finding concerns the file as a whole.
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message;
  /// The source line without its end, or the part of a very long line around the column.
  std::string source_line;
  /// The offset in `source_line` that the caret points at.
  std::size_t caret = 0;
};

/// Collects what a compilation finds. Keeps at most kMaxErrors errors, so that hostile input cannot
/// fill memory.
class Diagnostics {
 public:
  static constexpr std::size_t kMaxErrors = 100;

  void report(Diagnostic diagnostic);
  bool has_errors() const { return errors_ != 0; }
  /// Counts also errors that were not kept.
  std::size_t error_count() const { return errors_; }
  /// True once kMaxErrors errors were reported: the compilation may stop.
  bool is_full() const { return errors_ >= kMaxErrors; }
  const std::vector<Diagnostic>& all() const { return diagnostics_; }
  /// Sorts what was reported since all().size() was `first` by file, in the order of `files`, and
  /// line. Notes stay with what they explain.
  void sort(std::size_t first, const std::vector<std::string>& files);

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

/// Prints "file:line:column: error: message", the source line and a caret under the column.
std::ostream& operator<<(std::ostream& out, const Diagnostic& diagnostic);

}  // namespace corbel::idl
