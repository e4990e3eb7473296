#include <array>
#include <utility>

#include "idl/compiler/parser/grammar.hpp"

namespace corbel::idl {
namespace {

// Evaluation recurses along chains of operators.
constexpr std::size_t kMaxExpressionSize = 1000;

// The binary operators, weakest first.
constexpr std::array<std::array<std::string_view, 3>, 6> kLevels{{
    {"|"},
    {"^"},
    {"&"},
    {"<<", ">>"},
    {"+", "-"},
    {"*", "/", "%"},
}};

}  // namespace

syntax::ExpressionPtr Grammar::make(syntax::Expression::Kind kind) {
  if (++expression_size_ > kMaxExpressionSize) {
    cursor_.fail(cursor_.current().location, "this expression has more than 1000 operands");
  }
  auto made = std::make_unique<syntax::Expression>();
  made->kind = kind;
  made->location = cursor_.current().location;
  return made;
}

syntax::ExpressionPtr Grammar::expression(bool in_angles) {
  const bool outer = std::exchange(in_angles_, in_angles);
  expression_size_ = 0;
  auto parsed = binary(0);
  in_angles_ = outer;
  return parsed;
}

syntax::ExpressionPtr Grammar::binary(std::size_t level) {
  if (level == kLevels.size()) return unary();
  auto left = binary(level + 1);
  for (;;) {
    const Token& token = cursor_.current();
    bool matches = false;
    for (const std::string_view candidate : kLevels[level]) {
      matches = matches || (!candidate.empty() && token.is_symbol(candidate));
    }
    if (!matches || (in_angles_ && token.is_symbol(">>"))) return left;
    auto joined = make(syntax::Expression::Kind::kBinary);
    joined->location = left->location;
    joined->text = cursor_.take().text;
    joined->left = std::move(left);
    joined->right = binary(level + 1);
    left = std::move(joined);
  }
}

syntax::ExpressionPtr Grammar::unary() {
  const Token& token = cursor_.current();
  if (!token.is_symbol("-") && !token.is_symbol("+") && !token.is_symbol("~")) return primary();
  auto made = make(syntax::Expression::Kind::kUnary);
  made->text = cursor_.take().text;
  made->right = primary();
  return made;
}

syntax::ExpressionPtr Grammar::primary() {
  using Kind = syntax::Expression::Kind;
  const Token& token = cursor_.current();
  if (token.is_symbol("(")) {
    const Nesting nesting(*this);
    cursor_.take();
    const bool outer = std::exchange(in_angles_, false);
    auto inner = binary(0);
    in_angles_ = outer;
    cursor_.expect_symbol(")", "to close the parenthesis");
    return inner;
  }
  if (token.kind == TokenKind::kIdentifier || token.is_symbol("::")) {
    auto made = make(Kind::kName);
    made->name = cursor_.expect_scoped_name("a name");
    made->location = made->name.location();
    return made;
  }
  if (token.is_keyword("TRUE") || token.is_keyword("FALSE")) {
    auto made = make(Kind::kBoolean);
    made->text = cursor_.take().text;
    return made;
  }
  if (token.kind == TokenKind::kString) {
    auto made = make(Kind::kString);
    while (cursor_.current().kind == TokenKind::kString) made->strings.push_back(cursor_.take());
    return made;
  }
  if (token.kind != TokenKind::kNumber && token.kind != TokenKind::kCharacter) {
    cursor_.fail_expected("a constant expression");
  }
  auto made = make(token.kind == TokenKind::kNumber ? Kind::kNumber : Kind::kCharacter);
  made->text = cursor_.take().text;
  return made;
}

}  // namespace corbel::idl
