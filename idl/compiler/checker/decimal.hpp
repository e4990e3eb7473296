#pragma once

#include <optional>

#include "idl/compiler/ast/const_value.hpp"

// Arithmetic on fixed-point constants, CORBA 3.0.3, 3.10.2: exact to 62 digits, then cut to 31.
namespace corbel::idl {

FixedValue add(const FixedValue& left, const FixedValue& right);
FixedValue negated(FixedValue value);
FixedValue multiply(const FixedValue& left, const FixedValue& right);
/// Empty for a division by zero.
std::optional<FixedValue> divide(const FixedValue& left, const FixedValue& right);

/// `value` with at most `scale` digits behind the point, the others cut off, and without zeros that
/// mean nothing.
FixedValue cut(FixedValue value, std::size_t scale);

/// The digits in front of the point.
std::size_t integer_digits(const FixedValue& value);

/// At most 31 digits: those behind the point that are too many are cut off. Empty if there are more
/// in front of it.
std::optional<FixedValue> fitted(const FixedValue& value);

}  // namespace corbel::idl
