#include <utility>

#include "idl/compiler/parser/grammar.hpp"

namespace corbel::idl {

std::vector<syntax::Annotation> Grammar::annotations() {
  std::vector<syntax::Annotation> parsed;
  while (cursor_.accept_symbol("@")) {
    syntax::Annotation& annotation = parsed.emplace_back();
    const Token& token = cursor_.current();
    // @default is a keyword elsewhere.
    if (token.kind == TokenKind::kKeyword) {
      annotation.name.parts.push_back({token.text, token.location});
      cursor_.take();
    } else {
      annotation.name = cursor_.expect_scoped_name("the name of an annotation");
    }
    if (!cursor_.accept_symbol("(") || cursor_.accept_symbol(")")) continue;
    do {
      std::string name = "value";
      if (cursor_.peek().is_symbol("=")) {
        // Parameters may be called like keywords: @topic(name=..., default=...).
        name = cursor_.take().text;
        cursor_.take();
      }
      annotation.arguments.emplace_back(std::move(name), expression());
    } while (cursor_.accept_symbol(","));
    cursor_.expect_symbol(")", "after the annotation's parameters");
  }
  return parsed;
}

// `@annotation name { type parameter default value; ... }`
syntax::AnnotationType Grammar::annotation_type() {
  cursor_.take();
  cursor_.take();
  cursor_.expect_identifier("a name after '@annotation'");
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "to open the annotation");
  while (!cursor_.current().is_symbol("}") && !cursor_.at_end()) {
    if (at_module_definition()) {
      definition(Place::kInterface);
    } else {
      type(false);
      cursor_.expect_identifier("the name of a parameter");
      if (cursor_.accept_keyword("default")) expression();
    }
    cursor_.expect_semicolon("after the parameter");
  }
  cursor_.expect_symbol("}",
                        "to close the annotation opened in line " + std::to_string(opened.line));
  return {};
}

}  // namespace corbel::idl
