#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::idl {

/// Of an #include directive.
inline constexpr const char* kNoFileName = "expected \"file\" or <file> after #include";

/// What the preprocessor shall not interpret itself, kept aside under a number. In the text stands
/// an identifier in its place, so that it still disappears with a skipped #if group.
class PutAside {
 public:
  enum class Kind { kPragma, kError };
  struct Item {
    Kind kind;
    /// The pragma's text behind `#pragma`, or the error's message.
    std::string text;
  };

  /// Keeps the item and returns its identifier.
  std::string put(Kind kind, std::string text);
  /// The item whose identifier `spelling` is, or null.
  const Item* find(std::string_view spelling) const;

 private:
  std::vector<Item> items_;
};

/// A finding about the text itself, wherever it stands.
struct CleaningError {
  std::size_t line = 0;
  std::string message;
};

/// Makes directives of real-life IDL fit for the preprocessor: drops text after #endif, #else and
/// names, drops line markers, puts pragmas aside, and refuses what would overload it (endless
/// lines, deeply nested #if expressions). `text` has no comments any more.
std::string clean_directives(std::string_view text, PutAside& aside,
                             std::vector<CleaningError>& errors);

}  // namespace corbel::idl
