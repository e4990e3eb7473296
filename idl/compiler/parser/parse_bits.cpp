#include <utility>

#include "idl/compiler/parser/grammar.hpp"

namespace corbel::idl {

syntax::Bitmask Grammar::bitmask() {
  syntax::Bitmask parsed;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("a name after 'bitmask'");
  cursor_.expect_symbol("{", "after the name of the bitmask");
  do {
    parsed.flags.push_back(enumerator("the name of a flag"));
  } while (cursor_.accept_symbol(","));
  cursor_.expect_symbol("}", "or ',' after the flag");
  return parsed;
}

syntax::Bitset Grammar::bitset() {
  syntax::Bitset parsed;
  cursor_.take();
  parsed.name = cursor_.expect_identifier("a name after 'bitset'");
  if (cursor_.accept_symbol(":")) {
    parsed.bases.push_back(cursor_.expect_scoped_name("the name of a bitset"));
  }
  const Location opened = cursor_.current().location;
  cursor_.expect_symbol("{", "after the name of the bitset");
  const std::size_t depth = cursor_.brace_depth();
  while (!cursor_.current().is_symbol("}") && !cursor_.at_end()) {
    try {
      parsed.fields.push_back(bit_field());
    } catch (const SyntaxError&) {
      cursor_.skip_broken_part(depth);
    }
  }
  cursor_.expect_symbol("}", "to close the bitset '" + parsed.name.text + "' opened in line " +
                                 std::to_string(opened.line));
  return parsed;
}

syntax::BitField Grammar::bit_field() {
  syntax::BitField parsed;
  parsed.location = cursor_.current().location;
  parsed.annotations = annotations();
  if (!cursor_.current().is(TokenKind::kIdentifier, "bitfield")) {
    cursor_.fail_expected("'bitfield'");
  }
  cursor_.take();
  cursor_.expect_symbol("<", "after 'bitfield'");
  parsed.width = expression(true);
  if (cursor_.accept_symbol(",")) parsed.type = type(false);
  cursor_.expect_closing_angle("after the width");
  while (cursor_.current().kind == TokenKind::kIdentifier) {
    parsed.names.push_back(cursor_.expect_identifier("the name of a bitfield"));
    cursor_.accept_symbol(",");
  }
  cursor_.expect_semicolon("after the bitfield");
  return parsed;
}

}  // namespace corbel::idl
