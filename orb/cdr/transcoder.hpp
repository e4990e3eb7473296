#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <corbel/typecode.hpp>

/// Values whose type is only known at run time, walked by their TypeCode.
namespace corbel::cdr {

/// Reads a value of `type` and writes it again, whatever byte order, GIOP version and code sets are
/// on either side; value and string indirections get new offsets. Everything read is checked; a
/// failure stays in `from`, and what was written so far is of no use then.
/// Throws like Encoder where the destination cannot carry the value (DataConversion, Marshal).
void transcode(const TypeCode& type, Decoder& from, Encoder& to);

/// Moves past a value of `type`, checking it; a failure stays in `from`.
void validate(const TypeCode& type, Decoder& from);

/// Whether an exception's repository id stands next (read up to the id's last octet then), as it
/// does before the members of an exception in an any, unless omniORB wrote it.
bool starts_with_id(Decoder& decoder, std::string_view id);

}  // namespace corbel::cdr
