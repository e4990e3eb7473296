#include "idl/compiler/emit/unsupported.hpp"

#include <utility>

namespace corbel::idl {
namespace {

/// What keeps `declaration` from being mapped, in the plural; null if nothing does.
const char* obstacle(const Declaration& declaration) {
  switch (declaration.kind) {
    case DeclarationKind::kValueType:
      return as<ValueType>(&declaration)->is_custom ? "custom valuetypes" : nullptr;
    case DeclarationKind::kInterface:
    case DeclarationKind::kModule:
    case DeclarationKind::kForward:
    case DeclarationKind::kUnion:
    case DeclarationKind::kNative:
    case DeclarationKind::kBitmask:
    case DeclarationKind::kBitset:
    case DeclarationKind::kStruct:
    case DeclarationKind::kTypedef:
    case DeclarationKind::kEnum:
    case DeclarationKind::kEnumerator:
    case DeclarationKind::kException:
    case DeclarationKind::kConstant:
    case DeclarationKind::kMember:
    case DeclarationKind::kUnionCase:
    case DeclarationKind::kOperation:
    case DeclarationKind::kParameter:
    case DeclarationKind::kAttribute:
    case DeclarationKind::kStateMember:
    case DeclarationKind::kFactory:
    case DeclarationKind::kValueBox:
      return nullptr;
  }
  return nullptr;
}

/// True for what std::map can have as key.
bool is_ordered(const Type& type) {
  const Type& key = resolve_typedefs(type);
  if (const auto* basic = as<PrimitiveType>(key)) {
    return basic->primitive != Primitive::kAny && basic->primitive != Primitive::kObject &&
           basic->primitive != Primitive::kTypeCode && basic->primitive != Primitive::kValueBase;
  }
  const auto* named = as<NamedType>(key);
  if (named != nullptr) return named->declaration->kind == DeclarationKind::kEnum;
  return as<StringType>(key) != nullptr || as<FixedType>(key) != nullptr;
}

/// The same for a type; what it names is looked at where it is declared.
const char* obstacle(const Type& type) {
  if (const auto* named = as<NamedType>(type)) {
    const auto* value = as<ValueType>(named->declaration);
    return value != nullptr && !value->is_defined ? "valuetypes that are never defined" : nullptr;
  }
  if (const auto* sequence = as<SequenceType>(type)) return obstacle(*sequence->element);
  if (const auto* array = as<ArrayType>(type)) return obstacle(*array->element);
  if (const auto* map = as<MapType>(type)) {
    return is_ordered(*map->key) ? obstacle(*map->value) : "maps whose keys have no order";
  }
  return nullptr;
}

/// The type that `declaration` is made of or has, or null.
const Type* type_of(const Declaration& declaration) {
  if (const auto* alias = as<Typedef>(&declaration)) return alias->type;
  if (const auto* member = as<Member>(&declaration)) return member->type;
  if (const auto* branch = as<UnionCase>(&declaration)) return branch->type;
  if (const auto* constant = as<Constant>(&declaration)) return constant->type;
  if (const auto* operation = as<Operation>(&declaration)) return operation->result;
  if (const auto* parameter = as<Parameter>(&declaration)) return parameter->type;
  if (const auto* attribute = as<Attribute>(&declaration)) return attribute->type;
  if (const auto* state = as<StateMember>(&declaration)) return state->type;
  if (const auto* box = as<ValueBox>(&declaration)) return box->type;
  return nullptr;
}

NotMapped::Refusal refusal(const Declaration& where, const std::string& what) {
  return {where.location, what + " cannot be expressed in C++ yet"};
}

}  // namespace

NotMapped::NotMapped(std::vector<Refusal> refusals)
    : std::runtime_error(refusals.front().message), refusals_(std::move(refusals)) {}

NotMapped::NotMapped(const Declaration& where, const std::string& what)
    : NotMapped({refusal(where, what)}) {}

void refuse_unmapped(const std::vector<const Declaration*>& declarations) {
  std::vector<NotMapped::Refusal> refusals;
  for (const Declaration* declaration : declarations) {
    const char* what = obstacle(*declaration);
    const Type* type = type_of(*declaration);
    if (what == nullptr && type != nullptr) what = obstacle(*type);
    if (what != nullptr) refusals.push_back(refusal(*declaration, what));
  }
  if (!refusals.empty()) throw NotMapped(std::move(refusals));
}

}  // namespace corbel::idl
