#include "idl/compiler/emit/tree.hpp"

#include <algorithm>
#include <unordered_set>

namespace corbel::idl {
namespace {

using Children = std::vector<const Declaration*>;

template <typename T>
void append(Children& all, const std::vector<T*>& some) {
  all.insert(all.end(), some.begin(), some.end());
}

template <typename T>
const T& the(const Declaration& declaration) {
  return *as<T>(&declaration);
}

/// A type defined inside a member's declaration stands before the member.
template <typename T>
Children with_definitions(const T& aggregate) {
  Children found;
  append(found, aggregate.definitions);
  append(found, aggregate.members);
  return found;
}

Children children_of(const Union& definition) {
  Children found;
  append(found, definition.definitions);
  append(found, definition.cases);
  return found;
}

template <typename T>
Children listed(const std::vector<T*>& some) {
  return Children(some.begin(), some.end());
}

bool find(const SourceFile& from, const SourceFile& to,
          std::unordered_set<const SourceFile*>& seen) {
  if (&from == &to) return true;
  if (!seen.insert(&from).second) return false;
  return std::any_of(from.includes.begin(), from.includes.end(), [&](const Include& include) {
    return include.file != nullptr && find(*include.file, to, seen);
  });
}

}  // namespace

std::vector<const Declaration*> children(const Declaration& declaration) {
  switch (declaration.kind) {
    case DeclarationKind::kModule:
      return listed(the<Module>(declaration).definitions);
    case DeclarationKind::kInterface:
      return listed(the<Interface>(declaration).definitions);
    case DeclarationKind::kStruct:
      return with_definitions(the<Struct>(declaration));
    case DeclarationKind::kException:
      return with_definitions(the<Exception>(declaration));
    case DeclarationKind::kUnion:
      return children_of(the<Union>(declaration));
    case DeclarationKind::kEnum:
      return listed(the<Enum>(declaration).enumerators);
    case DeclarationKind::kOperation:
      return listed(the<Operation>(declaration).parameters);
    case DeclarationKind::kValueType:
      return listed(the<ValueType>(declaration).definitions);
    case DeclarationKind::kFactory:
      return listed(the<Factory>(declaration).parameters);
    case DeclarationKind::kForward:
    case DeclarationKind::kTypedef:
    case DeclarationKind::kEnumerator:
    case DeclarationKind::kConstant:
    case DeclarationKind::kMember:
    case DeclarationKind::kUnionCase:
    case DeclarationKind::kParameter:
    case DeclarationKind::kAttribute:
    case DeclarationKind::kValueBox:
    case DeclarationKind::kStateMember:
    case DeclarationKind::kNative:
    case DeclarationKind::kBitmask:
    case DeclarationKind::kBitset:
      return {};
  }
  return {};
}

const Declaration& entity(const Declaration& declaration) {
  if (const auto* module = as<Module>(&declaration)) return *module->first;
  const auto* forward = as<Forward>(&declaration);
  return forward != nullptr && forward->target != nullptr ? *forward->target : declaration;
}

const Declaration* scope_of(const Declaration& declaration) {
  return declaration.parent == nullptr ? nullptr : &entity(*declaration.parent);
}

std::vector<const Member*> all_members(const Struct& definition) {
  std::vector<const Member*> members;
  if (definition.base != nullptr) members = all_members(*definition.base);
  members.insert(members.end(), definition.members.begin(), definition.members.end());
  return members;
}

const SourceFile& home(const Declaration& declaration) {
  const Declaration* outermost = &declaration;
  while (outermost->parent != nullptr) outermost = outermost->parent;
  return *outermost->location.file;
}

bool reaches(const SourceFile& from, const SourceFile& to) {
  std::unordered_set<const SourceFile*> seen;
  return find(from, to, seen);
}

std::vector<const Declaration*> named_in(const Type& type) {
  if (const auto* named = as<NamedType>(type)) return {named->declaration};
  if (const auto* sequence = as<SequenceType>(type)) return named_in(*sequence->element);
  if (const auto* array = as<ArrayType>(type)) return named_in(*array->element);
  if (const auto* map = as<MapType>(type)) {
    std::vector<const Declaration*> found = named_in(*map->key);
    append(found, named_in(*map->value));
    return found;
  }
  return {};
}

}  // namespace corbel::idl
