#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idl/compiler/source/include_tracker.hpp"
#include "idl/compiler/source/preprocessor.hpp"

namespace corbel::idl {

/// Gathers what the preprocessor yields: gives each token its place, counts what macros expand to,
/// and throws LimitExceeded before it becomes too much.
class TokenCollector {
 public:
  /// A place as the preprocessor tells it.
  struct Position {
    std::string_view file;
    std::uint32_t line;
    std::uint32_t column;
  };

  TokenCollector(const Options& options, SourceText& main, SourceSet& sources, Reporter& reporter);

  /// The path that the preprocessor makes of the main file's.
  void set_main_name(std::string name) { main_name_ = std::move(name); }
  /// True if it is inside of the current file, not in a macro's definition elsewhere.
  bool is_current(std::string_view file) const;
  /// True if the current file has that line.
  bool has_line(std::size_t line) const;

  /// A token of the output.
  void take(const std::string& text, const Position& position);
  /// Finds a file to include; null if there is none, which is reported.
  SourceText* locate(const std::string& name, bool angled, std::uint32_t line);
  /// The file that locate() found is read from now on.
  void enter();
  void leave();

  void begin_expansion(const Position& call, std::size_t definition_size);
  /// True if the macro is none that stands in another one's body.
  bool end_expansion();
  /// Between #if and the end of its condition, macros are held to a stricter limit.
  void set_in_condition(bool in_condition);

  const SourceText& located() const { return *located_; }
  SourceFile& current_file() const { return *includes_.current().file; }
  std::uint32_t include_line() const { return include_line_; }
  Reporter& reporter() { return reporter_; }
  std::vector<RawToken> release() { return std::move(tokens_); }

 private:
  using Point = std::pair<std::uint32_t, std::uint32_t>;

  Location place(const Position& position);

  Reporter& reporter_;
  IncludeTracker includes_;
  std::string main_name_;
  std::vector<RawToken> tokens_;
  SourceText* located_ = nullptr;
  std::uint32_t include_line_ = 1;
  Location macro_call_;
  /// Line and column of the last token that stands in the current file itself, and those of the
  /// files around it.
  Point last_{0, 0};
  std::vector<Point> outer_;
  std::size_t depth_ = 0;
  std::size_t expansions_ = 0;
  std::size_t expanded_tokens_ = 0;
  bool in_condition_ = false;
  std::size_t condition_tokens_ = 0;
};

}  // namespace corbel::idl
