#pragma once

#include "idl/compiler/emit/emitters.hpp"

namespace corbel::idl {

/// The members of a struct of results: the return value, called "result" (with underscores if a
/// parameter is), then the out and inout parameters.
std::vector<Field> result_fields(const Emission& emission, const Method& method);

}  // namespace corbel::idl
