#include <algorithm>
#include <array>
#include <utility>

#include "idl/compiler/parser/grammar.hpp"

namespace corbel::idl {
namespace {

struct SimpleType {
  std::string_view keyword;
  Primitive primitive;
};

constexpr std::array<SimpleType, 10> kSimpleTypes{{
    {"float", Primitive::kFloat},
    {"double", Primitive::kDouble},
    {"short", Primitive::kShort},
    {"char", Primitive::kChar},
    {"wchar", Primitive::kWChar},
    {"boolean", Primitive::kBoolean},
    {"octet", Primitive::kOctet},
    {"any", Primitive::kAny},
    {"Object", Primitive::kObject},
    {"ValueBase", Primitive::kValueBase},
}};

bool begins_definition_in_place(const Token& token) {
  return token.is_keyword("struct") || token.is_keyword("union") || token.is_keyword("enum");
}

}  // namespace

syntax::TypePtr Grammar::type(bool may_define) {
  const Nesting nesting(*this);
  auto parsed = std::make_unique<syntax::Type>();
  const Token& token = cursor_.current();
  parsed->location = token.location;
  if (token.is(TokenKind::kIdentifier, "map") && cursor_.peek().is_symbol("<")) {
    template_type(*parsed);
  } else if (token.kind == TokenKind::kIdentifier || token.is_symbol("::")) {
    parsed->kind = syntax::Type::Kind::kNamed;
    parsed->name = cursor_.expect_scoped_name("a type");
  } else if (token.kind == TokenKind::kKeyword) {
    keyword_type(*parsed, may_define);
  } else {
    cursor_.fail_expected("a type");
  }
  return parsed;
}

void Grammar::keyword_type(syntax::Type& into, bool may_define) {
  const Token& token = cursor_.current();
  const auto* simple = std::find_if(kSimpleTypes.begin(), kSimpleTypes.end(),
                                    [&](const SimpleType& s) { return s.keyword == token.text; });
  if (simple != kSimpleTypes.end()) {
    into.primitive = simple->primitive;
    cursor_.take();
  } else if (token.text == "unsigned") {
    unsigned_type(into);
  } else if (token.text == "long") {
    long_type(into);
  } else if (token.text == "string" || token.text == "wstring" || token.text == "sequence" ||
             token.text == "fixed") {
    template_type(into);
  } else if (begins_definition_in_place(token) && may_define) {
    into.kind = syntax::Type::Kind::kDefinition;
    into.definition = std::make_unique<syntax::Definition>();
    into.definition->location = token.location;
    if (token.text == "struct") {
      into.definition->node = structure();
    } else if (token.text == "union") {
      into.definition->node = union_type();
    } else {
      into.definition->node = enumeration();
    }
  } else {
    cursor_.fail_expected(begins_definition_in_place(token) ? "the name of a type" : "a type");
  }
}

void Grammar::unsigned_type(syntax::Type& into) {
  cursor_.take();
  if (cursor_.accept_keyword("short")) {
    into.primitive = Primitive::kUShort;
    return;
  }
  cursor_.expect_keyword("long", "or 'short' after 'unsigned'");
  into.primitive = cursor_.accept_keyword("long") ? Primitive::kULongLong : Primitive::kULong;
}

void Grammar::long_type(syntax::Type& into) {
  cursor_.take();
  if (cursor_.accept_keyword("long")) {
    into.primitive = Primitive::kLongLong;
  } else if (cursor_.accept_keyword("double")) {
    into.primitive = Primitive::kLongDouble;
  } else {
    into.primitive = Primitive::kLong;
  }
}

void Grammar::template_type(syntax::Type& into) {
  using Kind = syntax::Type::Kind;
  const std::string word = cursor_.take().text;
  if (word == "string" || word == "wstring") {
    into.kind = word == "string" ? Kind::kString : Kind::kWString;
    if (!cursor_.accept_symbol("<")) return;
    into.bound = expression(true);
    return cursor_.expect_closing_angle("after the bound of the " + word);
  }
  if (word == "fixed") {
    into.kind = Kind::kFixed;
    if (!cursor_.accept_symbol("<")) return;
    into.bound = expression(true);
    cursor_.expect_symbol(",", "between the digits and the scale");
    into.scale = expression(true);
    return cursor_.expect_closing_angle("after the scale");
  }
  into.kind = word == "map" ? Kind::kMap : Kind::kSequence;
  cursor_.expect_symbol("<", "after '" + word + "'");
  // Annotations of an element's type are allowed, and say nothing about the bytes.
  annotations();
  if (into.kind == Kind::kMap) {
    into.key = type(false);
    cursor_.expect_symbol(",", "after the key type");
  }
  annotations();
  into.element = type(false);
  if (cursor_.accept_symbol(",")) into.bound = expression(true);
  cursor_.expect_closing_angle(into.bound ? "after the bound" : "or ',' after the element type");
}

syntax::TypePtr Grammar::result_type() {
  if (!cursor_.current().is_keyword("void")) return type(false);
  auto none = std::make_unique<syntax::Type>();
  none->location = cursor_.take().location;
  return none;
}

std::vector<syntax::Declarator> Grammar::declarators() {
  std::vector<syntax::Declarator> parsed;
  do {
    parsed.push_back(declarator());
  } while (cursor_.accept_symbol(","));
  return parsed;
}

syntax::Declarator Grammar::declarator() {
  syntax::Declarator parsed;
  parsed.name = cursor_.expect_identifier("a name");
  while (cursor_.accept_symbol("[")) {
    if (parsed.dimensions.size() == 32) {
      cursor_.fail(cursor_.previous().location, "an array has at most 32 dimensions");
    }
    parsed.dimensions.push_back(expression());
    cursor_.expect_symbol("]", "after the array dimension");
  }
  return parsed;
}

syntax::Struct Grammar::structure() {
  syntax::Struct parsed;
  parsed.is_exception = cursor_.take().text == "exception";
  const std::string what = parsed.is_exception ? "exception" : "struct";
  parsed.name = cursor_.expect_identifier("a name after '" + what + "'");
  if (!parsed.is_exception && cursor_.current().is_symbol(";")) {
    parsed.is_forward = true;
    return parsed;
  }
  if (!parsed.is_exception && cursor_.accept_symbol(":")) {
    parsed.bases.push_back(cursor_.expect_scoped_name("the name of a struct"));
  }
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "after the name of the " + what);
  if (!parsed.is_exception && parsed.bases.empty() && cursor_.current().is_symbol("}")) {
    cursor_.report_unexpected("a member");
  }
  parsed.members = members(what + " '" + parsed.name.text + "'", opened);
  return parsed;
}

std::vector<syntax::Member> Grammar::members(const std::string& what, const Location& opened) {
  std::vector<syntax::Member> parsed;
  const std::size_t depth = cursor_.brace_depth();
  while (!cursor_.current().is_symbol("}") && !cursor_.at_end()) {
    try {
      syntax::Member member;
      member.location = cursor_.current().location;
      member.annotations = annotations();
      member.type = type();
      member.declarators = declarators();
      parsed.push_back(std::move(member));
      cursor_.expect_semicolon("after the member");
    } catch (const SyntaxError&) {
      cursor_.skip_broken_part(depth);
    }
  }
  cursor_.expect_symbol("}",
                        "to close the " + what + " opened in line " + std::to_string(opened.line));
  return parsed;
}

syntax::Union Grammar::union_type() {
  syntax::Union parsed;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("a name after 'union'");
  if (cursor_.current().is_symbol(";")) {
    parsed.is_forward = true;
    return parsed;
  }
  cursor_.expect_keyword("switch", "after the name of the union");
  cursor_.expect_symbol("(", "after 'switch'");
  parsed.discriminator_annotations = annotations();
  parsed.discriminator = type();
  cursor_.expect_symbol(")", "after the type of the discriminator");
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "to open the union");
  if (cursor_.current().is_symbol("}")) cursor_.report_unexpected("'case' or 'default'");
  const std::size_t depth = cursor_.brace_depth();
  while (!cursor_.current().is_symbol("}") && !cursor_.at_end()) {
    try {
      parsed.cases.push_back(union_case());
    } catch (const SyntaxError&) {
      cursor_.skip_broken_part(depth);
    }
  }
  cursor_.expect_symbol("}", "to close the union '" + parsed.name.text + "' opened in line " +
                                 std::to_string(opened.line));
  return parsed;
}

syntax::UnionCase Grammar::union_case() {
  syntax::UnionCase parsed;
  parsed.annotations = annotations();
  for (;;) {
    const Location where = cursor_.current().location;
    if (cursor_.accept_keyword("default")) {
      parsed.labels.push_back({where, nullptr});
    } else if (cursor_.accept_keyword("case")) {
      parsed.labels.push_back({where, expression()});
    } else {
      break;
    }
    cursor_.expect_symbol(":", "after the label");
  }
  if (parsed.labels.empty()) cursor_.fail_expected("'case' or 'default'");
  for (syntax::Annotation& annotation : annotations()) {
    parsed.annotations.push_back(std::move(annotation));
  }
  parsed.type = type();
  parsed.declarator = declarator();
  cursor_.expect_semicolon("after the union member");
  return parsed;
}

syntax::Enumerator Grammar::enumerator(std::string_view what) {
  const Location where = cursor_.current().location;
  auto notes = annotations();
  return {cursor_.expect_identifier(what), where, std::move(notes)};
}

syntax::Enum Grammar::enumeration() {
  syntax::Enum parsed;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("a name after 'enum'");
  cursor_.expect_symbol("{", "after the name of the enum");
  do {
    parsed.enumerators.push_back(enumerator("the name of an enumerator"));
  } while (cursor_.accept_symbol(","));
  cursor_.expect_symbol("}", "or ',' after the enumerator");
  return parsed;
}

}  // namespace corbel::idl
