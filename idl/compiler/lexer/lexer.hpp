#pragma once

#include <vector>

#include "idl/compiler/lexer/token.hpp"
#include "idl/compiler/source/preprocessor.hpp"

namespace corbel::idl {

/// Classifies the preprocessor's tokens by the rules of IDL. Reports what is no token of IDL and
/// leaves it out.
TokenStream lex(std::vector<RawToken> raw, Reporter& reporter);

}  // namespace corbel::idl
