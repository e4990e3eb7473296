#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace corbel::idl {

/// Source text whose comments became spaces; lines and columns are those of the original.
struct StrippedText {
  std::string text;
  /// The offset of a `/*` that is never closed.
  std::optional<std::size_t> open_comment;
};

/// Replaces comments by spaces, carriage returns by spaces, and characters that cannot stand
/// outside of literals by '`', which the lexer refuses. Text that the preprocessor sees is then
/// plain ASCII except inside of literals, ends with a line end, and has no quotes that come from
/// comments.
StrippedText strip_comments(std::string_view original);

}  // namespace corbel::idl
