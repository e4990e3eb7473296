#include "idl/compiler/parser/token_cursor.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "idl/compiler/lexer/keywords.hpp"

namespace corbel::idl {
namespace {

bool begins_definition(const Token& token) {
  static constexpr std::array<std::string_view, 22> kBeginnings{
      "module",  "interface", "typedef",   "struct",    "union",    "enum",
      "const",   "exception", "valuetype", "native",    "abstract", "local",
      "custom",  "attribute", "readonly",  "oneway",    "void",     "public",
      "private", "factory",   "typeid",    "typeprefix"};
  return token.kind == TokenKind::kKeyword &&
         std::find(kBeginnings.begin(), kBeginnings.end(), token.text) != kBeginnings.end();
}

}  // namespace

const Token& TokenCursor::peek(std::size_t ahead) const {
  return stream_.tokens[std::min(at_ + ahead, stream_.tokens.size() - 1)];
}

const Token& TokenCursor::take() {
  const Token& taken = current();
  if (taken.is_symbol("{")) ++brace_depth_;
  if (taken.is_symbol("}") && brace_depth_ != 0) --brace_depth_;
  if (!at_end()) ++at_;
  half_shift_ = false;
  return taken;
}

bool TokenCursor::accept_symbol(std::string_view symbol) {
  if (!current().is_symbol(symbol)) return false;
  take();
  return true;
}

bool TokenCursor::accept_keyword(std::string_view keyword) {
  if (!current().is_keyword(keyword)) return false;
  take();
  return true;
}

Location TokenCursor::place_of_missing() const {
  const Token& found = current();
  const Token& before = previous();
  if (at_ == 0 || before.location.file != found.location.file) return found.location;
  if (before.location.line == found.location.line && found.kind != TokenKind::kEnd) {
    return found.location;
  }
  return {before.location.file, before.location.line, before.end_column};
}

void TokenCursor::report_expected(const Location& where, const std::string& what) {
  if (last_error_at_ == at_ || (at_end() && stream_.may_be_cut)) return;
  last_error_at_ = at_;
  reporter_.error(where, "expected " + what + ", found " + describe(current()));
}

void TokenCursor::report_unexpected(const std::string& what) {
  report_expected(at_end() ? place_of_missing() : current().location, what);
}

void TokenCursor::fail_expected(const std::string& what) {
  report_unexpected(what);
  throw SyntaxError{};
}

Token TokenCursor::expect_string() {
  if (!at_narrow_string()) fail_expected("a string");
  Token whole = take();
  while (at_narrow_string()) {
    const Token& next = take();
    whole.text.pop_back();
    whole.text += std::string_view(next.text).substr(1);
    whole.end_column = next.end_column;
  }
  return whole;
}

void TokenCursor::fail_missing(const std::string& what) {
  report_expected(place_of_missing(), what);
  throw SyntaxError{};
}

void TokenCursor::fail(const Location& where, std::string message) {
  if (last_error_at_ != at_) reporter_.error(where, std::move(message));
  last_error_at_ = at_;
  throw SyntaxError{};
}

const Token& TokenCursor::expect_symbol(std::string_view symbol, std::string_view where) {
  if (!current().is_symbol(symbol)) {
    fail_missing("'" + std::string(symbol) + "' " + std::string(where));
  }
  return take();
}

const Token& TokenCursor::expect_keyword(std::string_view keyword, std::string_view where) {
  if (!current().is_keyword(keyword)) {
    fail_missing("'" + std::string(keyword) + "' " + std::string(where));
  }
  return take();
}

void TokenCursor::expect_closing_angle(std::string_view where) {
  if (current().is_symbol(">>")) {
    if (half_shift_) {
      take();
    } else {
      half_shift_ = true;
    }
    return;
  }
  expect_symbol(">", where);
}

void TokenCursor::expect_semicolon(std::string_view where) {
  if (accept_symbol(";")) return;
  report_expected(place_of_missing(), "';' " + std::string(where));
  const bool next_line = current().location.line != previous().location.line;
  if (!begins_definition(current()) && !current().is_symbol("}") && !next_line) throw SyntaxError{};
}

syntax::Name TokenCursor::expect_identifier(std::string_view what) {
  const syntax::Name name = expect_reference(what);
  const std::string_view keyword = find_keyword(name.text);
  if (!previous().is_escaped && !keyword.empty() && !is_component_keyword(keyword)) {
    reporter_.error(name.location, "'" + name.text + "' differs from the keyword '" +
                                       std::string(keyword) + "' only in case; write '_" +
                                       name.text + "' for a name");
  }
  return name;
}

syntax::Name TokenCursor::expect_reference(std::string_view what) {
  if (current().kind != TokenKind::kIdentifier) {
    std::string expected(what);
    if (current().kind == TokenKind::kKeyword) {
      expected += " (a keyword as a name is written '_" + current().text + "')";
    }
    fail_missing(expected);
  }
  const Token& token = take();
  return {token.text, token.location};
}

syntax::ScopedName TokenCursor::expect_scoped_name(std::string_view what) {
  syntax::ScopedName name;
  name.absolute = accept_symbol("::");
  name.parts.push_back(expect_reference(what));
  while (accept_symbol("::")) name.parts.push_back(expect_reference("a name after '::'"));
  return name;
}

void TokenCursor::skip_broken_part(std::size_t depth) {
  half_shift_ = false;
  while (!at_end()) {
    if (brace_depth_ <= depth) {
      if (current().is_symbol("}")) return;
      if (accept_symbol(";")) return;
      // A definition at the beginning of a line: the broken one lacks its end.
      if (begins_definition(current()) && current().location.line != previous().location.line &&
          last_error_at_ != at_) {
        return;
      }
    }
    take();
  }
}

void TokenCursor::collect_identifiers(std::size_t begin,
                                      std::unordered_set<std::string>& names) const {
  for (std::size_t i = begin; i < at_; ++i) {
    const Token& token = stream_.tokens[i];
    if (token.kind == TokenKind::kIdentifier) names.insert(token.text);
  }
}

void TokenCursor::skip_construct() {
  const std::size_t depth = brace_depth_;
  while (!at_end()) {
    if (brace_depth_ <= depth && (current().is_symbol(";") || current().is_symbol("}"))) break;
    take();
  }
}

const SourceEvent* TokenCursor::next_event() {
  if (next_event_ >= stream_.events.size() || stream_.events[next_event_].before > at_) {
    return nullptr;
  }
  return &stream_.events[next_event_++];
}

}  // namespace corbel::idl
