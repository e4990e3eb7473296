#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "idl/compiler/ast/source_file.hpp"

namespace corbel::idl {

enum class TokenKind {
  kEnd,
  kIdentifier,
  kKeyword,
  /// Integer, floating-point or fixed-point literal.
  kNumber,
  /// 'c' or L'c'.
  kCharacter,
  /// "text" or L"text".
  kString,
  kSymbol,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  /// As spelled; of an escaped identifier without its underscore.
  std::string text;
  Location location;
  /// The column behind its last octet.
  std::uint32_t end_column = 0;
  /// An identifier written with an underscore in front, so that it is none of the keywords.
  bool is_escaped = false;
  /// An identifier that is also a keyword of CORBA 3's components: which one, says its place. Older
  /// files use such names.
  bool is_contextual = false;

  bool is(TokenKind wanted, std::string_view spelling) const {
    return kind == wanted && text == spelling;
  }
  bool is_symbol(std::string_view spelling) const { return is(TokenKind::kSymbol, spelling); }
  bool is_keyword(std::string_view spelling) const {
    return (kind == TokenKind::kKeyword || is_contextual) && text == spelling;
  }
};

/// Something that happens between two tokens and belongs to no production of the grammar.
struct SourceEvent {
  enum class Kind { kPragma, kEnterFile, kLeaveFile };
  Kind kind = Kind::kPragma;
  /// What stands behind `#pragma`.
  std::string text;
  Location location;
  /// It happens before the token with this index.
  std::size_t before = 0;
};

/// All tokens of a compilation; the last one is kEnd.
struct TokenStream {
  std::vector<Token> tokens;
  std::vector<SourceEvent> events;
  /// After an error of the preprocessor: the end may be missing.
  bool may_be_cut = false;
};

/// "'{'", "identifier 'x'", "the end of the file": for messages.
std::string describe(const Token& token);

/// " (the keyword is spelled 'string')" for a name that is a keyword but for its case, else
/// nothing.
std::string spelling_hint(const std::string& name);

}  // namespace corbel::idl
