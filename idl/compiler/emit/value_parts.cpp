#include "idl/compiler/emit/value_parts.hpp"

#include <algorithm>
#include <set>

#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

bool holds_values(const Declaration& declaration, std::set<const Declaration*>& seen);

bool holds_values(const Type& type, std::set<const Declaration*>& seen) {
  if (is_primitive(type, Primitive::kValueBase)) return true;
  const std::vector<const Declaration*> named = named_in(resolve_typedefs(type));
  return std::any_of(named.begin(), named.end(), [&](const Declaration* declaration) {
    return holds_values(*declaration, seen);
  });
}

bool holds_values(const Declaration& declaration, std::set<const Declaration*>& seen) {
  if (is_value(declaration)) return true;
  // Objects of the user's classes share and point as valuetypes do.
  if (const auto* native = as<Native>(&declaration)) return native->by_value.has_value();
  if (!seen.insert(&declaration).second) return false;
  if (const auto* alias = as<Typedef>(&declaration)) return holds_values(*alias->type, seen);
  if (const auto* interface = as<Interface>(&declaration)) return interface->is_abstract;
  const std::vector<const Declaration*> parts = children(declaration);
  return std::any_of(parts.begin(), parts.end(), [&](const Declaration* part) {
    if (const auto* member = as<Member>(part)) return holds_values(*member->type, seen);
    const auto* branch = as<UnionCase>(part);
    return branch != nullptr && holds_values(*branch->type, seen);
  });
}

// Bases may be reached in very many ways; each is looked at once.
void collect_supported(const ValueType& definition, std::set<const Interface*>& found,
                       std::set<const ValueType*>& visited) {
  if (!visited.insert(&definition).second) return;
  for (const Interface* interface : definition.supports) {
    found.insert(interface);
    for (const Interface* ancestor : ancestors(*interface)) found.insert(ancestor);
  }
  for (const ValueType* base : definition.bases) collect_supported(*base, found, visited);
}

/// The interfaces whose operations a valuetype brings in: not those of its bases.
std::vector<const Interface*> new_supports(const ValueType& definition) {
  std::set<const Interface*> seen;
  std::set<const ValueType*> visited;
  for (const ValueType* base : definition.bases) collect_supported(*base, seen, visited);
  std::vector<const Interface*> found;
  const auto add = [&](const Interface* interface) {
    if (seen.insert(interface).second) found.push_back(interface);
  };
  for (const Interface* interface : definition.supports) {
    for (const Interface* ancestor : ancestors(*interface)) add(ancestor);
    add(interface);
  }
  return found;
}

}  // namespace

bool is_value(const Declaration& declaration) {
  return declaration.kind == DeclarationKind::kValueType ||
         declaration.kind == DeclarationKind::kValueBox;
}

bool holds_values(const Type& type) {
  std::set<const Declaration*> seen;
  return holds_values(type, seen);
}

bool carries_values(const Method& method) {
  if (holds_values(*method.result)) return true;
  std::set<const Declaration*> seen;
  return std::any_of(method.arguments.begin(), method.arguments.end(),
                     [&](const Argument& argument) { return holds_values(*argument.type); }) ||
         std::any_of(method.raises.begin(), method.raises.end(),
                     [&](const Declaration* raised) { return holds_values(*raised, seen); });
}

std::vector<StatePart> own_state(const Declaration& definition) {
  if (const auto* box = as<ValueBox>(&definition)) {
    return {{nullptr, box->type, true, box->name == "value" ? "value_" : "value"}};
  }
  std::vector<StatePart> parts;
  for (const Declaration* child : children(definition)) {
    const auto* member = as<StateMember>(child);
    if (member != nullptr) parts.push_back({member, member->type, member->is_public});
  }
  return parts;
}

std::vector<StatePart> whole_state(const Declaration& definition) {
  const ValueType* base = stateful_base(definition);
  std::vector<StatePart> parts = base == nullptr ? std::vector<StatePart>() : whole_state(*base);
  const std::vector<StatePart> own = own_state(definition);
  parts.insert(parts.end(), own.begin(), own.end());
  return parts;
}

const ValueType* stateful_base(const Declaration& definition) {
  const auto* value = as<ValueType>(&definition);
  if (value == nullptr || value->bases.empty() || value->bases.front()->is_abstract) return nullptr;
  return value->bases.front();
}

std::vector<const ValueType*> abstract_bases(const Declaration& definition) {
  std::vector<const ValueType*> found;
  if (const auto* value = as<ValueType>(&definition)) {
    for (const ValueType* base : value->bases) {
      if (base->is_abstract) found.push_back(base);
    }
  }
  return found;
}

std::vector<const Interface*> abstract_supports(const Declaration& definition) {
  std::vector<const Interface*> found;
  const auto* value = as<ValueType>(&definition);
  if (value == nullptr) return found;
  for (const Interface* interface : new_supports(*value)) {
    if (interface->is_abstract) found.push_back(interface);
  }
  return found;
}

std::vector<Method> value_methods(const ValueType& definition) {
  std::vector<Method> methods;
  for (const Interface* interface : new_supports(definition)) {
    if (interface->is_abstract) continue;
    for (const Method& method : own_methods(*interface)) methods.push_back(method);
  }
  for (const Method& method : own_methods(definition.definitions)) methods.push_back(method);
  return methods;
}

Method method_of(const Factory& factory) {
  Method method;
  method.source = &factory;
  for (const Parameter* parameter : factory.parameters) {
    method.arguments.push_back({parameter, parameter->direction, parameter->type});
  }
  method.raises = factory.raises;
  return method;
}

}  // namespace corbel::idl
