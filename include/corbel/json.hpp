#pragma once

#include <corbel/dynamic_value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

/// Any value as JSON text and back, by its TypeCode. Link Corbel::dynamic.
///
///   boolean                      true, false
///   numbers                      number; NaN, Infinity, -Infinity and 64-bit integers beyond 2^53
///                                as strings
///   char, wchar                  string of one character
///   string, wstring              string
///   enum                         string, the enumerator's name
///   fixed                        string, "12.50"
///   struct, exception            object, its members in order
///   union                        {"discriminator": ..., "value": ...}, the latter if there is a
///                                branch
///   sequence, array              array; of octets a string in base64
///   any                          {"type": ..., "value": ...}; null if it holds nothing
///   Object, interfaces           string, "IOR:..."; null for nil
///   valuetype                    object, inherited members first; null
///   value box                    {"value": ...}; null
///   TypeCode                     "long", {"kind": "sequence", "element": "long"}, ...
///
/// A valuetype that is met again, also one around itself, is {"$ref": "$.items[3].owner"}: the path
/// to where it stands. Where a struct's members have no names (a TypeCode may leave them out) it is
/// an array, and an enumerator without a name a number.
namespace corbel {

struct JsonOptions {
  /// Blanks for each level; 0: all in one line.
  std::size_t indent = 0;
};

/// Throws BadParam for a TypeCode inside that cannot be written (a type of no kind in IDL).
std::string to_json(const DynamicValue& value, const JsonOptions& options = {});
std::string to_json(const TypeCode& type, const JsonOptions& options = {});

/// Besides the forms that to_json() writes, reads numbers as strings and fixed as numbers, arrays
/// of numbers for octets, {"branch": ...} for a union, characters as numbers, any reference text.
///
/// Throws BadParam saying where and why: "$.items[3].price: expected number, got string", or
/// "line 2, column 7: ..." for text that is no JSON (RFC 8259).
DynamicValue from_json(const TypeCode& type, std::string_view text);
TypeCode type_code_from_json(std::string_view text);

}  // namespace corbel
