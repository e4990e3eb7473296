#include "idl/compiler/lexer/lexer.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>
#include <variant>

#include "idl/compiler/lexer/keywords.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {
namespace {

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
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
    stream_.tokens.push_back({kind, std::move(text), where,
                              where.column + static_cast<std::uint32_t>(length), false, false});
  }

  void text(RawToken& raw) {
    const std::string& spelling = raw.text;
    if (spelling.empty() || is_behind(raw.location, skip_until_)) return;
    const char first = spelling.front();
    const char last = spelling.back();
    if (spelling.size() > 1 && last == '"' && (first == '"' || spelling.starts_with("L\""))) {
      literal(TokenKind::kString, raw);
    } else if (spelling.size() > 1 && last == '\'' &&
               (first == '\'' || spelling.starts_with("L'"))) {
      literal(TokenKind::kCharacter, raw);
    } else if (is_name_start(first)) {
      identifier(raw);
    } else if (is_digit(first) || (first == '.' && spelling.size() > 1 && is_digit(spelling[1]))) {
      add(TokenKind::kNumber, spelling, raw.location, spelling.size());
    } else {
      symbols(raw);
    }
  }

  void literal(TokenKind kind, const RawToken& raw) {
    const std::string& spelling = raw.text;
    const LiteralProblem problem = problem_of(spelling);
    if (!problem.message.empty()) {
      Location where = raw.location;
      where.column += static_cast<std::uint32_t>(problem.offset);
      reporter_.error(where, problem.message);
    }
    add(kind, problem.message.empty() ? spelling : harmless(kind), raw.location, spelling.size());
  }

  static LiteralProblem problem_of(const std::string& spelling) {
    if (spelling.find('\\') == std::string::npos) return {};
    const auto decode = [&](const auto& decoded) {
      const auto* problem = std::get_if<LiteralProblem>(&decoded);
      return problem == nullptr ? LiteralProblem{} : *problem;
    };
    return spelling.front() == 'L' ? decode(decode_wide(spelling))
                                   : decode(decode_narrow(spelling));
  }

  // Something for the parser to go on with.
  static const char* harmless(TokenKind kind) {
    return kind == TokenKind::kString ? "\"\"" : "' '";
  }

  static bool is_behind(const Location& where, const Location& end) {
    return where.file == end.file && where.line == end.line && where.column < end.column;
  }

  void identifier(const RawToken& raw) {
    std::string name = raw.text;
    // What follows a bad octet within a word belongs to the word, which was complained about.
    const bool in_bad_word = raw.location.line == bad_.line && raw.location.file == bad_.file &&
                             raw.location.column == bad_.column + 1 && is_word_bad_;
    if (in_bad_word) return;
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
    const bool is_contextual = is_keyword && is_component_keyword(name);
    add(is_keyword && !is_contextual ? TokenKind::kKeyword : TokenKind::kIdentifier, name,
        raw.location, name.size());
    stream_.tokens.back().is_contextual = is_contextual;
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
      if (!symbol(std::string(rest.substr(0, length)), where)) return;
      where.column += static_cast<std::uint32_t>(length);
      at += length;
    }
  }

  // False if it is none.
  bool symbol(std::string spelling, const Location& where) {
    static constexpr std::string_view kSingles = "{}()[]<>;:,=|^&+-*/%~@";
    if (spelling.size() == 1 && kSingles.find(spelling.front()) == std::string_view::npos) {
      unexpected(spelling.front(), where);
      return false;
    }
    // "<:" + ":" in sequence<::A::B>.
    if (spelling == ":" && !stream_.tokens.empty()) {
      Token& before = stream_.tokens.back();
      if (before.is_symbol(":") && before.location.file == where.file &&
          before.location.line == where.line && before.end_column == where.column) {
        before.text = "::";
        ++before.end_column;
        return true;
      }
    }
    const std::size_t length = spelling.size();
    add(TokenKind::kSymbol, std::move(spelling), where, length);
    return true;
  }

  void unexpected(char replaced, const Location& where) {
    char c = replaced;
    std::string_view rest;
    if (const SourceText* text = reporter_.sources().find(where.file)) {
      const auto line = text->line(where.line);
      if (where.column != 0 && where.column <= line.size()) rest = line.substr(where.column - 1);
    }
    if (replaced == '`' && !rest.empty()) c = rest.front();
    if (c == '"' || c == '\'') return open_literal(c, rest, where);
    if (c > ' ' && c < '\x7F') {
      return reporter_.error(where, std::string("unexpected character '") + c + "'");
    }
    bad_octet(c, where);
  }

  void open_literal(char quote, std::string_view rest, const Location& where) {
    skip_until_ = where;
    if (rest.starts_with("''")) {
      skip_until_.column += 2;
      reporter_.error(where, "expected a character between the quotes");
      return add(TokenKind::kCharacter, harmless(TokenKind::kCharacter), where, 2);
    }
    skip_until_.column = UINT32_MAX;
    reporter_.error(where, std::string("expected a closing ") + quote + " on this line");
    const TokenKind kind = quote == '"' ? TokenKind::kString : TokenKind::kCharacter;
    add(kind, harmless(kind), where, rest.size() + 1);
    if (rest.ends_with(';')) add(TokenKind::kSymbol, ";", where, rest.size());
  }

  void bad_octet(char c, const Location& where) {
    // One error for each run of such octets.
    const bool continues =
        where.file == bad_.file && where.line == bad_.line && where.column == bad_.column + 1;
    bad_ = where;
    if (continues) return;
    is_word_bad_ = !stream_.tokens.empty() &&
                   stream_.tokens.back().kind == TokenKind::kIdentifier &&
                   stream_.tokens.back().location.line == where.line &&
                   stream_.tokens.back().end_column == where.column;
    static constexpr char kDigits[] = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    reporter_.error(where, std::string("unexpected octet 0x") + kDigits[octet >> 4U] +
                               kDigits[octet & 0xFU] +
                               "; outside of literals and comments IDL is plain ASCII");
  }

  Reporter& reporter_;
  TokenStream stream_;
  /// The last bad octet, and whether it stands directly behind a word.
  Location bad_;
  bool is_word_bad_ = false;
  /// What stands before this place was dealt with already.
  Location skip_until_;
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
