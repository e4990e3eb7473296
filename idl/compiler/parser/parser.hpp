#pragma once

#include <string>
#include <unordered_set>

#include "idl/compiler/lexer/token.hpp"
#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

struct ParsedFile {
  syntax::Definitions definitions;
  /// The identifiers in parts that were left out because of a syntax error. Whatever they would
  /// have declared is not worth another error.
  std::unordered_set<std::string> lost_names;
};

/// Parses all of OMG IDL 3.x, annotations, maps, bitmasks, bitsets, sized integers and inheritance
/// of structs of IDL 4.2, and components, of which it keeps the names only. After an error it goes
/// on with the next definition. Nesting is limited, so that no input can exhaust the stack.
ParsedFile parse(const TokenStream& stream, Reporter& reporter);

}  // namespace corbel::idl
