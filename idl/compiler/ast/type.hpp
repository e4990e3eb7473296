#pragma once

#include <cstdint>
#include <variant>
#include <vector>

namespace corbel::idl {

struct Declaration;
struct Type;

/// Types without parameters. `void` appears only as the result of an operation.
enum class Primitive {
  kVoid,
  kBoolean,
  kOctet,
  kChar,
  kWChar,
  kInt8,
  kUInt8,
  kShort,
  kUShort,
  kLong,
  kULong,
  kLongLong,
  kULongLong,
  kFloat,
  kDouble,
  kLongDouble,
  kAny,
  kObject,
  kTypeCode,
  kValueBase,
};

struct PrimitiveType {
  Primitive primitive = Primitive::kVoid;
};

/// `string`, `string<N>`, `wstring`, `wstring<N>`.
struct StringType {
  bool wide = false;
  /// 0 means unbounded.
  std::uint32_t bound = 0;
};

struct SequenceType {
  const Type* element = nullptr;
  /// 0 means unbounded.
  std::uint32_t bound = 0;
};

/// `T name[2][3]`: element T, dimensions {2, 3}, outermost first. The element may itself be a
/// typedef of an array.
struct ArrayType {
  const Type* element = nullptr;
  std::vector<std::uint32_t> dimensions;
};

/// `fixed<digits, scale>`; `fixed` alone (constants only) has 0 digits.
struct FixedType {
  std::uint16_t digits = 0;
  std::int16_t scale = 0;
};

/// `map<K, V>` of IDL 4.2.
struct MapType {
  const Type* key = nullptr;
  const Type* value = nullptr;
  std::uint32_t bound = 0;
};

/// A name that stands for a typedef, struct, union, enum, interface, valuetype, value box, native,
/// bitmask or bitset. Never a forward declaration: the declaration is the thing itself, defined or
/// not.
struct NamedType {
  const Declaration* declaration = nullptr;
};

/// A type as it is used somewhere: in a member, parameter, typedef, constant.
/// Types are owned by the CheckedFile and never shared between files; compare with same_type(), not
/// by address.
struct Type {
  using Variant = std::variant<PrimitiveType, StringType, SequenceType, ArrayType, FixedType,
                               MapType, NamedType>;
  Variant value;
};

/// The alternative T of `type`, or null.
template <typename T>
const T* as(const Type& type) {
  return std::get_if<T>(&type.value);
}

/// `type` with all typedefs at its outermost level replaced by what they stand for.
const Type& resolve_typedefs(const Type& type);

/// True if both are the same type; typedefs are looked through when `through_typedefs`.
bool same_type(const Type& left, const Type& right, bool through_typedefs = true);

/// True for `primitive` itself and for typedefs of it.
bool is_primitive(const Type& type, Primitive primitive);

}  // namespace corbel::idl
