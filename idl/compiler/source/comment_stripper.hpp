#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::idl {

/// Source text whose comments became spaces; lines and columns are those of the original.
struct StrippedText {
  std::string text;
  /// The offset of a `/*` that is never closed.
  std::optional<std::size_t> open_comment;
  /// The offsets of control characters in literals, of each literal the first one.
  std::vector<std::size_t> control_characters;
};

/// Replaces comments by spaces, carriage returns by spaces, and characters that cannot stand
/// outside of literals by '`', which the lexer refuses. Text that the preprocessor sees is then
/// plain ASCII except inside of literals, ends with a line end, and has no quotes that come from
/// comments.
///
/// The preprocessor knows the literals of C++, not those of IDL, and what it takes for an open one
/// makes it see comments where there are none. So that it cannot read anything otherwise than it
/// is meant, backslashes, question marks and quotes are disguised where it would misunderstand
/// them: in its text a quote always belongs to a literal that is closed on its line, and there are
/// no trigraphs and no escape sequences.
StrippedText strip_comments(std::string_view original);

/// The original spelling of what the preprocessor made of stripped text.
std::string undisguise(std::string_view text);

}  // namespace corbel::idl
