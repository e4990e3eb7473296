#include <array>
#include <utility>

#include "idl/compiler/parser/grammar.hpp"
#include "idl/compiler/parser/parser.hpp"

namespace corbel::idl {
namespace {

constexpr std::size_t kMaxNesting = 100;

// Keywords that can also be the name of an operation's result: `typeid get();`.
bool begins_statement(const TokenCursor& cursor, std::string_view word) {
  return cursor.current().is_keyword(word) && !cursor.peek(2).is_symbol("(");
}

// The words of IDL 4.2 are no keywords, because files use them as names; what follows tells.
bool begins_bits(const TokenCursor& cursor, std::string_view word) {
  return cursor.current().is(TokenKind::kIdentifier, word) &&
         cursor.peek().kind == TokenKind::kIdentifier &&
         (cursor.peek(2).is_symbol("{") || cursor.peek(2).is_symbol(":"));
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
  if (cursor_.current().is_symbol("@") && cursor_.peek().is(TokenKind::kIdentifier, "annotation")) {
    parsed->node = annotation_type();
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
  static constexpr std::array<std::string_view, 13> kKeywords{
      "module",    "interface", "typedef",  "struct", "union",  "enum",     "const",
      "exception", "native",    "abstract", "local",  "custom", "valuetype"};
  for (const std::string_view keyword : kKeywords) {
    if (cursor_.current().is_keyword(keyword)) return true;
  }
  return begins_bits(cursor_, "bitmask") || begins_bits(cursor_, "bitset") || at_component() ||
         begins_statement(cursor_, "import") || begins_statement(cursor_, "typeid") ||
         begins_statement(cursor_, "typeprefix");
}

syntax::Definition Grammar::module_definition(Place place) {
  const Token& token = cursor_.current();
  const std::string& word = token.text;
  const Location& where = token.location;
  if (!at_module_definition()) {
    cursor_.fail_expected("a definition (module, interface, struct, typedef, ...)");
  }
  const bool nests = word == "module" || word == "interface" || word == "valuetype" ||
                     word == "abstract" || word == "local" || word == "custom" ||
                     word == "import" || at_component();
  if (nests && place != Place::kModule) {
    cursor_.fail(where,
                 "a definition of this kind cannot stand inside of an interface: expected "
                 "an operation, an attribute, a type, a constant or an exception");
  }
  if (word == "module") return {module(), where, {}};
  if (word == "import") return {import(), where, {}};
  if (at_component()) return {component_construct(), where, {}};
  if (nests) return interface_or_value();
  if (word == "typedef") return {type_definition(), where, {}};
  if (word == "struct" || word == "exception") return {structure(), where, {}};
  if (word == "union") return {union_type(), where, {}};
  if (word == "enum") return {enumeration(), where, {}};
  if (word == "const") return {constant(), where, {}};
  if (word == "native") return {native(), where, {}};
  if (word == "bitmask") return {bitmask(), where, {}};
  if (word == "bitset") return {bitset(), where, {}};
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
  annotations();
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
  parsed.text = cursor_.expect_string();
  return parsed;
}

syntax::Import Grammar::import() {
  syntax::Import parsed;
  cursor_.take();
  if (cursor_.current().kind == TokenKind::kString) {
    parsed.text = cursor_.expect_string();
  } else {
    parsed.target = cursor_.expect_scoped_name("the name of a module or the like");
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
