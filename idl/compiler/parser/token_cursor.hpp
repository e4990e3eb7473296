#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Thrown once a syntax error is reported; the innermost list of definitions goes on behind it.
struct SyntaxError {};

/// Walks over the tokens; knows how to complain about them and how to get over a broken part.
class TokenCursor {
 public:
  TokenCursor(const TokenStream& stream, Reporter& reporter)
      : stream_(stream), reporter_(reporter) {}

  const Token& current() const { return stream_.tokens[at_]; }
  const Token& peek(std::size_t ahead = 1) const;
  const Token& previous() const { return stream_.tokens[at_ == 0 ? 0 : at_ - 1]; }
  const Token& before_previous() const { return stream_.tokens[at_ < 2 ? 0 : at_ - 2]; }
  bool at_end() const { return current().kind == TokenKind::kEnd; }
  std::size_t position() const { return at_; }
  const Token& take();

  bool accept_symbol(std::string_view symbol);
  bool accept_keyword(std::string_view keyword);
  /// Takes the symbol or fails with "expected 'symbol' `where`", e.g. where = "after the name".
  const Token& expect_symbol(std::string_view symbol, std::string_view where);
  const Token& expect_keyword(std::string_view keyword, std::string_view where);
  /// Takes a `>`, also the first half of a `>>`.
  void expect_closing_angle(std::string_view where);
  /// Takes a `;`. If it is missing but the next token could begin something new, only reports it.
  void expect_semicolon(std::string_view where);
  /// The name of something new; it may not be a keyword in other letters.
  syntax::Name expect_identifier(std::string_view what);
  syntax::ScopedName expect_scoped_name(std::string_view what);
  /// A narrow string outside of constants (there: Grammar::expression); adjacent ones are one.
  Token expect_string();

  /// Reports "expected `what`, found ..." at the current token.
  void report_unexpected(const std::string& what);
  /// The same, and throws SyntaxError.
  [[noreturn]] void fail_expected(const std::string& what);
  /// For something that is missing: behind the previous token, if that ends its line.
  [[noreturn]] void fail_missing(const std::string& what);
  [[noreturn]] void fail(const Location& where, std::string message);

  /// After a SyntaxError: goes behind the `;` that ends the broken part, or in front of the `}`
  /// that closes the braces around it. `depth` is brace_depth() as it was before the part.
  void skip_broken_part(std::size_t depth);
  /// Adds the identifiers between the token at `begin` and the current one.
  void collect_identifiers(std::size_t begin, std::unordered_set<std::string>& names) const;
  /// Goes behind the `;` that ends the current construct, whatever it is.
  void skip_construct();
  std::size_t brace_depth() const { return brace_depth_; }

  /// Takes the next pragma or file event in front of the current token.
  const SourceEvent* next_event();

  Reporter& reporter() { return reporter_; }

 private:
  /// Where something that is missing should stand: an error about the end of a line belongs there,
  /// not to the line below.
  syntax::Name expect_reference(std::string_view what);
  bool at_narrow_string() const {
    return current().kind == TokenKind::kString && current().text.starts_with('"');
  }
  Location place_of_missing() const;
  void report_expected(const Location& where, const std::string& what);

  const TokenStream& stream_;
  Reporter& reporter_;
  std::size_t at_ = 0;
  std::size_t next_event_ = 0;
  std::size_t brace_depth_ = 0;
  /// A second error at the same token would only repeat the first.
  std::size_t last_error_at_ = static_cast<std::size_t>(-1);
  /// Half of a `>>` was taken.
  bool half_shift_ = false;
};

}  // namespace corbel::idl
