#include "idl/compiler/ast/type.hpp"

#include "idl/compiler/ast/definitions.hpp"

namespace corbel::idl {
namespace {

bool same(const PrimitiveType& left, const PrimitiveType& right, bool) {
  return left.primitive == right.primitive;
}
bool same(const StringType& left, const StringType& right, bool) {
  return left.wide == right.wide && left.bound == right.bound;
}
bool same(const SequenceType& left, const SequenceType& right, bool through_typedefs) {
  return left.bound == right.bound && same_type(*left.element, *right.element, through_typedefs);
}
bool same(const ArrayType& left, const ArrayType& right, bool through_typedefs) {
  return left.dimensions == right.dimensions &&
         same_type(*left.element, *right.element, through_typedefs);
}
bool same(const FixedType& left, const FixedType& right, bool) {
  return left.digits == right.digits && left.scale == right.scale;
}
bool same(const MapType& left, const MapType& right, bool through_typedefs) {
  return left.bound == right.bound && same_type(*left.key, *right.key, through_typedefs) &&
         same_type(*left.value, *right.value, through_typedefs);
}
bool same(const NamedType& left, const NamedType& right, bool) {
  return left.declaration == right.declaration;
}

}  // namespace

const Type& resolve_typedefs(const Type& type) {
  const Type* resolved = &type;
  while (const auto* named = as<NamedType>(*resolved)) {
    const auto* alias = as<Typedef>(named->declaration);
    if (alias == nullptr) break;
    resolved = alias->type;
  }
  return *resolved;
}

bool same_type(const Type& left, const Type& right, bool through_typedefs) {
  const Type& one = through_typedefs ? resolve_typedefs(left) : left;
  const Type& other = through_typedefs ? resolve_typedefs(right) : right;
  if (one.value.index() != other.value.index()) return false;
  return std::visit(
      [&](const auto& alternative) {
        using Alternative = std::decay_t<decltype(alternative)>;
        return same(alternative, std::get<Alternative>(other.value), through_typedefs);
      },
      one.value);
}

bool is_primitive(const Type& type, Primitive primitive) {
  const auto* found = as<PrimitiveType>(resolve_typedefs(type));
  return found != nullptr && found->primitive == primitive;
}

}  // namespace corbel::idl
