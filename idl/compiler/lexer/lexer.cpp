#include "idl/compiler/lexer/lexer.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "idl/compiler/lexer/keywords.hpp"

namespace corbel::idl {
namespace {

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

class Lexer {
 public:
  explicit Lexer(Reporter& reporter) : reporter_(reporter) {}

  void take(RawToken&& raw) {
    switch (raw.kind) {
      case RawToken::Kind::kText:
        return text(raw);
      case RawToken::Kind::kPragma:
        return event(SourceEvent::Kind::kPragma, std::move(raw));
      case RawToken::Kind::kEnterFile:
        return event(SourceEvent::Kind::kEnterFile, std::move(raw));
      case RawToken::Kind::kLeaveFile:
        return event(SourceEvent::Kind::kLeaveFile, std::move(raw));
    }
  }

  TokenStream finish() {
    Token end;
    if (!stream_.tokens.empty()) {
      end.location = stream_.tokens.back().location;
      end.location.column = stream_.tokens.back().end_column;
    }
    end.end_column = end.location.column;
    stream_.tokens.push_back(std::move(end));
    return std::move(stream_);
  }

 private:
  void event(SourceEvent::Kind kind, RawToken&& raw) {
    stream_.events.push_back({kind, std::move(raw.text), raw.location, stream_.tokens.size()});
  }

  void add(TokenKind kind, std::string text, const Location& where, std::size_t length) {
    stream_.tokens.push_back(
        {kind, std::move(text), where, where.column + static_cast<std::uint32_t>(length), false});
  }

  void text(RawToken& raw) {
    const std::string& spelling = raw.text;
    if (spelling.empty()) return;
    const char first = spelling.front();
    const char last = spelling.back();
    if (spelling.size() > 1 && last == '"' && (first == '"' || spelling.starts_with("L\""))) {
      add(TokenKind::kString, spelling, raw.location, spelling.size());
    } else if (spelling.size() > 1 && last == '\'' &&
               (first == '\'' || spelling.starts_with("L'"))) {
      add(TokenKind::kCharacter, spelling, raw.location, spelling.size());
    } else if (is_name_start(first)) {
      identifier(raw);
    } else if (is_digit(first) || (first == '.' && spelling.size() > 1 && is_digit(spelling[1]))) {
      add(TokenKind::kNumber, spelling, raw.location, spelling.size());
    } else {
      symbols(raw);
    }
  }

  void identifier(const RawToken& raw) {
    std::string name = raw.text;
    if (!std::all_of(name.begin(), name.end(), is_name_character)) {
      reporter_.error(raw.location, "'" + name + "' is not an IDL identifier");
      name.erase(std::find_if_not(name.begin(), name.end(), is_name_character), name.end());
    }
    if (name.front() == '_') {
      if (name.size() == 1 || !std::isalpha(static_cast<unsigned char>(name[1]))) {
        reporter_.error(raw.location,
                        "an IDL identifier begins with a letter, found '" + name + "'");
      }
      add(TokenKind::kIdentifier, name.size() > 1 ? name.substr(1) : name, raw.location,
          name.size());
      stream_.tokens.back().is_escaped = true;
      return;
    }
    const bool is_keyword = find_keyword(name) == name;
    add(is_keyword ? TokenKind::kKeyword : TokenKind::kIdentifier, name, raw.location, name.size());
  }

  // The preprocessor groups characters by the rules of C ("<:", "->"); IDL has fewer operators.
  void symbols(const RawToken& raw) {
    const std::string& spelling = raw.text;
    Location where = raw.location;
    for (std::size_t at = 0; at < spelling.size();) {
      const std::string_view rest = std::string_view(spelling).substr(at);
      std::size_t length = 1;
      for (const std::string_view pair : {"::", "<<", ">>"}) {
        if (rest.starts_with(pair)) length = 2;
      }
      symbol(std::string(rest.substr(0, length)), where);
      where.column += static_cast<std::uint32_t>(length);
      at += length;
    }
  }

  void symbol(std::string spelling, const Location& where) {
    static constexpr std::string_view kSingles = "{}()[]<>;:,=|^&+-*/%~@";
    if (spelling.size() == 1 && kSingles.find(spelling.front()) == std::string_view::npos) {
      return unexpected(spelling.front(), where);
    }
    // "<:" + ":" in sequence<::A::B>.
    if (spelling == ":" && !stream_.tokens.empty()) {
      Token& before = stream_.tokens.back();
      if (before.is_symbol(":") && before.location.file == where.file &&
          before.location.line == where.line && before.end_column == where.column) {
        before.text = "::";
        ++before.end_column;
        return;
      }
    }
    const std::size_t length = spelling.size();
    add(TokenKind::kSymbol, std::move(spelling), where, length);
  }

  void unexpected(char replaced, const Location& where) {
    char c = replaced;
    if (const SourceText* text = reporter_.sources().find(where.file)) {
      const auto line = text->line(where.line);
      if (where.column != 0 && where.column <= line.size()) c = line[where.column - 1];
    }
    if (c == '"' || c == '\'') {
      return reporter_.error(where, std::string("expected a closing ") + c + " on this line");
    }
    if (c > ' ' && c < '\x7F') {
      return reporter_.error(where, std::string("unexpected character '") + c + "'");
    }
    // One error for each run of such octets.
    if (where.line == bad_line_ && where.column == bad_column_ + 1) {
      bad_column_ = where.column;
      return;
    }
    bad_line_ = where.line;
    bad_column_ = where.column;
    static constexpr char kDigits[] = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    reporter_.error(where, std::string("unexpected octet 0x") + kDigits[octet >> 4U] +
                               kDigits[octet & 0xFU] +
                               "; outside of literals and comments IDL is plain ASCII");
  }

  Reporter& reporter_;
  TokenStream stream_;
  std::uint32_t bad_line_ = 0;
  std::uint32_t bad_column_ = 0;
};

}  // namespace

TokenStream lex(std::vector<RawToken> raw, Reporter& reporter) {
  Lexer lexer(reporter);
  for (RawToken& token : raw) lexer.take(std::move(token));
  return lexer.finish();
}

std::string spelling_hint(const std::string& name) {
  const std::string_view keyword = find_keyword(name);
  if (keyword.empty() || keyword == name) return {};
  return " (the keyword is spelled '" + std::string(keyword) + "')";
}

std::string describe(const Token& token) {
  constexpr std::size_t kShown = 40;
  std::string text = token.text.size() > kShown ? token.text.substr(0, kShown) + "..." : token.text;
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end of the file";
    case TokenKind::kKeyword:
      return "the keyword '" + text + "'";
    case TokenKind::kString:
    case TokenKind::kCharacter:
      return text;
    case TokenKind::kIdentifier:
      return "'" + text + "'" + spelling_hint(token.text);
    default:
      return "'" + text + "'";
  }
}

}  // namespace corbel::idl
