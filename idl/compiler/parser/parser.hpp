#pragma once

#include "idl/compiler/lexer/token.hpp"
#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Parses all of OMG IDL 3.x (of components and IDL 4.2 only as much as is needed to step over
/// them). After an error it goes on with the next definition. Nesting is limited, so that no input
/// can exhaust the stack.
syntax::Definitions parse(const TokenStream& stream, Reporter& reporter);

}  // namespace corbel::idl
