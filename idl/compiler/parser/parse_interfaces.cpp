#include <utility>

#include "idl/compiler/parser/grammar.hpp"

namespace corbel::idl {

syntax::Definition Grammar::interface_or_value() {
  const bool is_abstract = cursor_.accept_keyword("abstract");
  const bool is_local = !is_abstract && cursor_.accept_keyword("local");
  const bool is_custom = !is_abstract && !is_local && cursor_.accept_keyword("custom");
  const Token& token = cursor_.current();
  if (token.is_keyword("valuetype") && !is_local) return value(is_abstract, is_custom);
  if (!token.is_keyword("interface") || is_custom) {
    cursor_.fail_expected(is_custom  ? "'valuetype' after 'custom'"
                          : is_local ? "'interface' after 'local'"
                                     : "'interface' or 'valuetype' after 'abstract'");
  }
  return {interface(is_abstract, is_local), token.location, {}};
}

syntax::Interface Grammar::interface(bool is_abstract, bool is_local) {
  syntax::Interface parsed;
  parsed.is_abstract = is_abstract;
  parsed.is_local = is_local;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("a name after 'interface'");
  if (cursor_.current().is_symbol(";")) {
    parsed.is_forward = true;
    return parsed;
  }
  if (cursor_.accept_symbol(":")) parsed.bases = scoped_names("the name of a base interface");
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", parsed.bases.empty() ? "or ':' after the name of the interface"
                                                  : "or ',' after the base interface");
  parsed.definitions = body(Place::kInterface, "interface '" + parsed.name.text + "'", opened);
  return parsed;
}

syntax::Definition Grammar::value(bool is_abstract, bool is_custom) {
  const Location where = cursor_.take().location;
  const syntax::Name name = cursor_.expect_identifier("a name after 'valuetype'");
  syntax::ValueType parsed;
  parsed.name = name;
  parsed.is_abstract = is_abstract;
  parsed.is_custom = is_custom;
  const Token& token = cursor_.current();
  if (token.is_symbol(";")) {
    if (is_custom) {
      cursor_.fail(where, "'custom' belongs to the definition: expected 'valuetype " + name.text +
                              ";' to announce it");
    }
    parsed.is_forward = true;
    return {std::move(parsed), where, {}};
  }
  if (!token.is_symbol(":") && !token.is_symbol("{") && !token.is_keyword("supports")) {
    if (is_abstract || is_custom) {
      cursor_.fail_expected("'{', ':' or 'supports' (a value box is neither abstract nor custom)");
    }
    return {syntax::ValueBox{name, type()}, where, {}};
  }
  value_header(parsed, "valuetype");
  return {std::move(parsed), where, {}};
}

// From behind the name to the closing brace.
void Grammar::value_header(syntax::ValueType& parsed, std::string_view what) {
  if (cursor_.accept_symbol(":")) {
    parsed.is_truncatable = cursor_.accept_keyword("truncatable");
    parsed.bases = scoped_names("the name of a base " + std::string(what));
  }
  if (cursor_.accept_keyword("supports")) {
    parsed.supports = scoped_names("the name of a supported interface");
  }
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "to open the " + std::string(what));
  parsed.definitions =
      body(Place::kValueType, std::string(what) + " '" + parsed.name.text + "'", opened);
}

std::vector<syntax::ScopedName> Grammar::scoped_names(std::string_view what) {
  std::vector<syntax::ScopedName> names;
  do {
    names.push_back(cursor_.expect_scoped_name(what));
  } while (cursor_.accept_symbol(","));
  return names;
}

syntax::Definition Grammar::export_definition(Place place) {
  const Token& token = cursor_.current();
  const Location where = token.location;
  if (token.is_keyword("attribute") || token.is_keyword("readonly")) {
    return {attribute(), where, {}};
  }
  if (place == Place::kValueType) {
    if (token.is_keyword("public") || token.is_keyword("private")) {
      return {state_member(), where, {}};
    }
    if (token.is_keyword("factory")) return {factory(), where, {}};
  }
  if (place == Place::kHome && (token.is_keyword("factory") || token.is_keyword("finder"))) {
    return {factory(), where, {}};
  }
  return {operation(), where, {}};
}

syntax::Operation Grammar::operation() {
  syntax::Operation parsed;
  parsed.oneway = cursor_.accept_keyword("oneway");
  parsed.result = result_type();
  parsed.name = cursor_.expect_identifier("the name of the operation");
  parsed.parameters = parameters(false);
  parsed.raises = raises("raises");
  parsed.context = context();
  return parsed;
}

std::vector<syntax::Parameter> Grammar::parameters(bool in_only) {
  std::vector<syntax::Parameter> parsed;
  cursor_.expect_symbol("(", "after the name of the operation");
  if (cursor_.accept_symbol(")")) return parsed;
  do {
    parsed.push_back(parameter(in_only));
  } while (cursor_.accept_symbol(","));
  cursor_.expect_symbol(")", "or ',' after the parameter");
  return parsed;
}

syntax::Parameter Grammar::parameter(bool in_only) {
  syntax::Parameter parsed;
  parsed.annotations = annotations();
  if (cursor_.accept_keyword("in")) {
    parsed.direction = Direction::kIn;
  } else if (!in_only && cursor_.accept_keyword("out")) {
    parsed.direction = Direction::kOut;
  } else if (!in_only && cursor_.accept_keyword("inout")) {
    parsed.direction = Direction::kInOut;
  } else {
    cursor_.fail_expected(in_only ? "'in'" : "'in', 'out' or 'inout'");
  }
  for (syntax::Annotation& annotation : annotations()) {
    parsed.annotations.push_back(std::move(annotation));
  }
  parsed.type = type(false);
  parsed.name = cursor_.expect_identifier("the name of the parameter");
  if (cursor_.current().is_symbol("[")) {
    cursor_.fail(cursor_.current().location,
                 "a parameter cannot be an array by itself: expected a typedef of the array");
  }
  return parsed;
}

std::vector<syntax::ScopedName> Grammar::raises(std::string_view keyword) {
  if (!cursor_.accept_keyword(keyword)) return {};
  const std::string after = "after '" + std::string(keyword) + "'";
  cursor_.expect_symbol("(", after);
  auto names = scoped_names("the name of an exception");
  cursor_.expect_symbol(")", "or ',' after the exception");
  return names;
}

std::vector<Token> Grammar::context() {
  std::vector<Token> strings;
  if (!cursor_.accept_keyword("context")) return strings;
  cursor_.expect_symbol("(", "after 'context'");
  do {
    strings.push_back(cursor_.expect_string());
  } while (cursor_.accept_symbol(","));
  cursor_.expect_symbol(")", "or ',' after the string");
  return strings;
}

syntax::Attribute Grammar::attribute() {
  syntax::Attribute parsed;
  parsed.readonly = cursor_.accept_keyword("readonly");
  cursor_.expect_keyword("attribute", "after 'readonly'");
  parsed.type = type(false);
  do {
    parsed.names.push_back(cursor_.expect_identifier("the name of the attribute"));
  } while (cursor_.accept_symbol(","));
  if (parsed.readonly) {
    parsed.get_raises = raises("raises");
  } else {
    parsed.get_raises = raises("getraises");
    parsed.set_raises = raises("setraises");
  }
  return parsed;
}

syntax::StateMember Grammar::state_member() {
  syntax::StateMember parsed;
  parsed.is_public = cursor_.take().text == "public";
  parsed.type = type();
  parsed.declarators = declarators();
  return parsed;
}

syntax::Factory Grammar::factory() {
  syntax::Factory parsed;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("the name of the factory");
  parsed.parameters = parameters(true);
  parsed.raises = raises("raises");
  return parsed;
}

}  // namespace corbel::idl
