#pragma once

#include <string_view>

namespace corbel::idl {

/// True for C++20 keywords, alternative tokens ("and") and the macros that standard headers define
/// in lower case or that real IDL uses as names (EINVAL, NULL): none can be an identifier.
bool is_reserved_word(std::string_view word);

/// True for what a declaration in the global namespace must not be called: the C library's names
/// and our own and the standard library's namespace.
bool is_reserved_global(std::string_view word);

}  // namespace corbel::idl
