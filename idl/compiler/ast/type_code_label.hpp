#pragma once

#include <cstdint>

#include "idl/compiler/ast/const_value.hpp"
#include "idl/compiler/ast/type.hpp"

namespace corbel::idl {

/// A union's label as its TypeCode holds it, for a discriminator of type `type`: characters count
/// from zero, and so does an int8, for which CORBA 3.3 has no kind but octet.
std::int64_t type_code_label(const ConstValue& label, const Type& type);

}  // namespace corbel::idl
