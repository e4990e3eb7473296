#pragma once

#include <string>

#include "idl/compiler/source/source_set.hpp"

namespace corbel::idl {

/// The documentation comment (`///` lines or `/** ... */`) that ends in the line above `line`,
/// without its markers; empty if there is none.
std::string documentation_above(const SourceText& text, std::uint32_t line);

}  // namespace corbel::idl
