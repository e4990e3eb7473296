#pragma once

#include <optional>
#include <string>
#include <vector>

#include "idl/compiler/compile.hpp"
#include "idl/compiler/source/directive_cleaner.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Thrown where going on would cost too much; the message is for the user.
struct LimitExceeded {
  Location where;
  std::string message;
};

/// Finds included files, reads and cleans them, and records who includes whom.
class IncludeTracker {
 public:
  IncludeTracker(const Options& options, SourceSet& sources, Reporter& reporter);

  /// Cleans `text` so that the preprocessor can read it.
  void prepare(SourceText& text);

  /// Begins with the main file.
  void begin(SourceText& main) { open_.push_back(&main); }
  /// The file that `name` means in the current file, with the directive at `line`. Reports it when
  /// there is none. Throws LimitExceeded when includes run away.
  SourceText* locate(const std::string& name, bool angled, std::uint32_t line);
  void enter(SourceText& text) { open_.push_back(&text); }
  void leave() { open_.pop_back(); }

  SourceText& current() const { return *open_.back(); }
  const PutAside& aside() const { return aside_; }

 private:
  std::vector<std::string> directories(bool angled) const;
  SourceText* open(const std::string& path, const Location& where);
  void check_limits(const std::string& name, const Location& where);

  const Options& options_;
  SourceSet& sources_;
  Reporter& reporter_;
  PutAside aside_;
  std::vector<SourceText*> open_;
  std::size_t includes_ = 0;
};

}  // namespace corbel::idl
