#pragma once

#include <string>

#include "idl/compiler/source/source_set.hpp"

namespace corbel::idl {

/// The documentation comment (`///` or `//!` lines, `/** ... */` or `/*! ... */`) that ends in the
/// line above `begin`, or else one that follows `name` in its line (`///< ...`, `/**< ... */`),
/// without its markers; empty if there is none.
std::string documentation_of(const SourceText& text, std::uint32_t begin, const Location& name);

}  // namespace corbel::idl
