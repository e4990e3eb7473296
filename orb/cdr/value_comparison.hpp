#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/typecode.hpp>

namespace corbel::cdr {

/// Whether two values of equivalent types, in an any's canonical encoding, are the same although
/// their octets differ: -0.0 and 0.0, a valuetype in chunks and one without, the types of inner
/// anys with and without aliases. Which valuetypes are shared is part of a value.
bool same_value(const TypeCode& left_type, Decoder left, const TypeCode& right_type, Decoder right);

}  // namespace corbel::cdr
