#pragma once

#include <corbel/typecode.hpp>
#include <dynamic/json_path.hpp>
#include <dynamic/json_text.hpp>

/// TypeCodes as JSON.
namespace corbel::json {

void write_type(const TypeCode& type, Writer& writer);
TypeCode read_type(const Value& value, Path& path);

}  // namespace corbel::json
