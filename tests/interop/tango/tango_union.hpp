#pragma once

#include <corbel/any.hpp>

#include <tango_values.idl.hpp>

// A value of an attribute as versions 1 to 3 of the interface send it, an any, and as later ones
// do.

/// ATT_NO_DATA for an any that holds no such value.
Tango::AttrValUnion union_of(const corbel::Any& value);
corbel::Any any_of(const Tango::AttrValUnion& value);
