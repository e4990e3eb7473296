#include <array>
#include <utility>

#include "idl/compiler/parser/grammar.hpp"

// Components (CORBA Component Model 4.0 and its ports and connectors): parsed, and nothing kept.
namespace corbel::idl {

bool Grammar::at_component() const {
  const Token& token = cursor_.current();
  const Token& next = cursor_.peek();
  if (token.is_keyword("abstract") || token.is_keyword("custom")) {
    return next.is_keyword("eventtype");
  }
  // Such a word could also be the type of an operation's result.
  const bool is_word =
      token.is_keyword("component") || token.is_keyword("home") || token.is_keyword("eventtype") ||
      token.is(TokenKind::kIdentifier, "porttype") || token.is(TokenKind::kIdentifier, "connector");
  return is_word && next.kind == TokenKind::kIdentifier && !cursor_.peek(2).is_symbol("(");
}

syntax::Component Grammar::component_construct() {
  syntax::Component parsed;
  if (!cursor_.accept_keyword("abstract")) cursor_.accept_keyword("custom");
  parsed.construct = cursor_.take().text;
  const std::string& construct = parsed.construct;
  parsed.name = cursor_.expect_identifier("a name after '" + construct + "'");
  parsed.is_forward = cursor_.current().is_symbol(";") && construct != "home";
  if (parsed.is_forward) return parsed;
  if (construct == "eventtype") {
    syntax::ValueType event;
    event.name = parsed.name;
    value_header(event, construct);
    return parsed;
  }
  component_header(construct);
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "to open the " + construct);
  const std::string what = construct + " '" + parsed.name.text + "'";
  if (construct == "home") {
    body(Place::kHome, what, opened);
  } else {
    ports(what, opened);
  }
  return parsed;
}

// Bases, supported interfaces, what a home manages.
void Grammar::component_header(std::string_view construct) {
  if (construct != "porttype" && cursor_.accept_symbol(":")) {
    cursor_.expect_scoped_name("the name of a base");
  }
  if ((construct == "component" || construct == "home") && cursor_.accept_keyword("supports")) {
    scoped_names("the name of a supported interface");
  }
  if (construct != "home") return;
  cursor_.expect_keyword("manages", "before the component of this home");
  cursor_.expect_scoped_name("the name of a component");
  if (cursor_.accept_keyword("primarykey")) cursor_.expect_scoped_name("the name of a valuetype");
}

void Grammar::ports(const std::string& what, const Location& opened) {
  const std::size_t depth = cursor_.brace_depth();
  while (!cursor_.current().is_symbol("}") && !cursor_.at_end()) {
    try {
      annotations();
      port();
      cursor_.expect_semicolon("after the port");
    } catch (const SyntaxError&) {
      cursor_.skip_broken_part(depth);
    }
  }
  cursor_.expect_symbol("}",
                        "to close the " + what + " opened in line " + std::to_string(opened.line));
}

void Grammar::port() {
  const Token& token = cursor_.current();
  if (token.is_keyword("attribute") || token.is_keyword("readonly")) {
    attribute();
  } else if (token.is_keyword("provides") || token.is_keyword("uses")) {
    provides_or_uses();
  } else {
    const bool is_event =
        token.is_keyword("emits") || token.is_keyword("publishes") || token.is_keyword("consumes");
    const bool is_port =
        token.is(TokenKind::kIdentifier, "port") || token.is(TokenKind::kIdentifier, "mirrorport");
    if (!is_event && !is_port) {
      cursor_.fail_expected("a port (provides, uses, emits, publishes, consumes) or an attribute");
    }
    cursor_.take();
    cursor_.expect_scoped_name(is_event ? "the name of an eventtype" : "the name of a porttype");
    cursor_.expect_identifier("the name of the port");
  }
}

void Grammar::provides_or_uses() {
  if (cursor_.take().text == "uses") cursor_.accept_keyword("multiple");
  if (!cursor_.accept_keyword("Object")) cursor_.expect_scoped_name("the name of an interface");
  cursor_.expect_identifier("the name of the port");
}

}  // namespace corbel::idl
