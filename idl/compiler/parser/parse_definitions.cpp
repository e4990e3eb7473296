#include <array>
#include <utility>

#include "idl/compiler/parser/grammar.hpp"
#include "idl/compiler/parser/parser.hpp"

namespace corbel::idl {
namespace {

constexpr std::size_t kMaxNesting = 100;

// Definitions that are stepped over as a whole. Those of IDL 4.2 are no keywords, so only a name
// behind them tells.
bool begins_skipped(const Token& token, const Token& next) {
  static constexpr std::array<std::string_view, 3> kKeywords{"component", "home", "eventtype"};
  static constexpr std::array<std::string_view, 4> kWords{"bitmask", "bitset", "porttype",
                                                          "connector"};
  for (const std::string_view keyword : kKeywords) {
    if (token.is_keyword(keyword)) return true;
  }
  if (token.is_keyword("import")) return true;
  for (const std::string_view word : kWords) {
    if (token.is(TokenKind::kIdentifier, word) && next.kind == TokenKind::kIdentifier) return true;
  }
  return token.is_symbol("@") && next.is(TokenKind::kIdentifier, "annotation");
}

}  // namespace

Grammar::Nesting::Nesting(Grammar& grammar) : grammar_(grammar) {
  if (grammar_.depth_ == kMaxNesting) {
    grammar_.cursor_.fail(grammar_.cursor_.current().location, "this is nested more than 100 deep");
  }
  ++grammar_.depth_;
}

syntax::Definitions Grammar::specification() {
  syntax::Definitions definitions;
  while (!cursor_.at_end()) {
    events(definitions);
    if (cursor_.current().is_symbol("}")) {
      cursor_.report_unexpected("a definition, for no brace is open here");
      cursor_.take();
      cursor_.accept_symbol(";");
    } else {
      definition_or_recover(Place::kModule, definitions);
    }
    if (cursor_.reporter().diagnostics().is_full()) break;
  }
  events(definitions);
  return definitions;
}

syntax::Definitions Grammar::body(Place place, const std::string& what, const Location& opened) {
  syntax::Definitions definitions;
  events(definitions);
  while (!cursor_.current().is_symbol("}") && !cursor_.at_end()) {
    definition_or_recover(place, definitions);
    events(definitions);
  }
  cursor_.expect_symbol("}",
                        "to close the " + what + " opened in line " + std::to_string(opened.line));
  return definitions;
}

void Grammar::events(syntax::Definitions& into) {
  while (const SourceEvent* event = cursor_.next_event()) {
    auto directive = std::make_unique<syntax::Definition>();
    directive->node = syntax::Directive{*event};
    directive->location = event->location;
    into.push_back(std::move(directive));
  }
}

void Grammar::definition_or_recover(Place place, syntax::Definitions& into) {
  const std::size_t depth = cursor_.brace_depth();
  const std::size_t begin = cursor_.position();
  in_angles_ = false;
  try {
    into.push_back(definition(place));
    cursor_.expect_semicolon("after the definition");
  } catch (const SyntaxError&) {
    if (cursor_.position() == begin && !cursor_.current().is_symbol("}")) cursor_.take();
    cursor_.skip_broken_part(depth);
    cursor_.collect_identifiers(begin, lost_names_);
  }
}

syntax::DefinitionPtr Grammar::definition(Place place) {
  const Nesting nesting(*this);
  const Location where = cursor_.current().location;
  auto parsed = std::make_unique<syntax::Definition>();
  if (begins_skipped(cursor_.current(), cursor_.peek())) {
    parsed->node = skipped();
  } else {
    auto notes = annotations();
    *parsed = at_module_definition() || place == Place::kModule ? module_definition(place)
                                                                : export_definition(place);
    parsed->annotations = std::move(notes);
  }
  parsed->location = where;
  return parsed;
}

bool Grammar::at_module_definition() const {
  static constexpr std::array<std::string_view, 15> kKeywords{
      "module", "interface", "typedef", "struct", "union",     "enum",   "const",     "exception",
      "native", "abstract",  "local",   "custom", "valuetype", "typeid", "typeprefix"};
  for (const std::string_view keyword : kKeywords) {
    if (cursor_.current().is_keyword(keyword)) return true;
  }
  return false;
}

syntax::Definition Grammar::module_definition(Place place) {
  const Token& token = cursor_.current();
  const std::string& word = token.text;
  const Location& where = token.location;
  if (!at_module_definition()) {
    cursor_.fail_expected("a definition (module, interface, struct, typedef, ...)");
  }
  const bool nests = word == "module" || word == "interface" || word == "valuetype" ||
                     word == "abstract" || word == "local" || word == "custom";
  if (nests && place != Place::kModule) {
    cursor_.fail(where,
                 "a definition of this kind cannot stand inside of an interface: expected "
                 "an operation, an attribute, a type, a constant or an exception");
  }
  if (word == "module") return {module(), where, {}};
  if (nests) return interface_or_value();
  if (word == "typedef") return {type_definition(), where, {}};
  if (word == "struct" || word == "exception") return {structure(), where, {}};
  if (word == "union") return {union_type(), where, {}};
  if (word == "enum") return {enumeration(), where, {}};
  if (word == "const") return {constant(), where, {}};
  if (word == "native") return {native(), where, {}};
  return {type_identity(), where, {}};
}

syntax::Module Grammar::module() {
  syntax::Module parsed;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("a name after 'module'");
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "after the name of the module");
  parsed.definitions = body(Place::kModule, "module '" + parsed.name.text + "'", opened);
  const bool is_empty =
      cursor_.previous().is_symbol("}") && cursor_.before_previous().is_symbol("{");
  if (is_empty) {
    cursor_.reporter().error(cursor_.previous().location,
                             "expected a definition: a module cannot be empty");
  }
  return parsed;
}

syntax::Typedef Grammar::type_definition() {
  cursor_.take();
  syntax::Typedef parsed;
  parsed.type = type();
  parsed.declarators = declarators();
  return parsed;
}

syntax::Constant Grammar::constant() {
  cursor_.take();
  syntax::Constant parsed;
  parsed.type = type(false);
  parsed.name = cursor_.expect_identifier("the name of the constant");
  cursor_.expect_symbol("=", "after the name of the constant");
  parsed.value = expression();
  return parsed;
}

syntax::Native Grammar::native() {
  cursor_.take();
  return {cursor_.expect_identifier("a name after 'native'")};
}

syntax::TypeIdentity Grammar::type_identity() {
  syntax::TypeIdentity parsed;
  parsed.is_prefix = cursor_.take().text == "typeprefix";
  if (cursor_.current().is_symbol("::") && cursor_.peek().kind == TokenKind::kString) {
    cursor_.take();
  } else {
    parsed.target = cursor_.expect_scoped_name("the name of a definition");
  }
  if (cursor_.current().kind != TokenKind::kString) cursor_.fail_expected("a string");
  parsed.text = cursor_.take();
  return parsed;
}

syntax::Skipped Grammar::skipped() {
  syntax::Skipped parsed;
  if (cursor_.accept_symbol("@")) {
    parsed.construct = "annotation definitions";
  } else {
    parsed.construct = "'" + cursor_.current().text + "'";
    if (cursor_.peek().kind == TokenKind::kIdentifier) {
      parsed.name = {cursor_.peek().text, cursor_.peek().location};
    }
  }
  cursor_.skip_construct();
  return parsed;
}

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
    if (!cursor_.accept_symbol("(")) continue;
    do {
      std::string name = "value";
      if (cursor_.peek().is_symbol("=")) {
        name = cursor_.expect_identifier("the name of an annotation parameter").text;
        cursor_.take();
      }
      annotation.arguments.emplace_back(std::move(name), expression());
    } while (cursor_.accept_symbol(","));
    cursor_.expect_symbol(")", "after the annotation's parameters");
  }
  return parsed;
}

ParsedFile parse(const TokenStream& stream, Reporter& reporter) {
  Grammar grammar(stream, reporter);
  ParsedFile parsed;
  parsed.definitions = grammar.specification();
  parsed.lost_names = grammar.lost_names();
  return parsed;
}

std::string syntax::to_string(const ScopedName& name) {
  std::string text = name.absolute ? "::" : "";
  for (std::size_t i = 0; i < name.parts.size(); ++i) {
    if (i != 0) text += "::";
    text += name.parts[i].text;
  }
  return text;
}

}  // namespace corbel::idl
