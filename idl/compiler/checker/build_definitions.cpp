#include <utility>
#include <variant>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {

void TreeBuilder::definition(const syntax::Definition& definition) {
  begin_part(definition.location, definition.annotations);
  std::visit([&](const auto& node) { on(node); }, definition.node);
}

void TreeBuilder::on(const syntax::Directive& node) {
  switch (node.event.kind) {
    case SourceEvent::Kind::kPragma:
      return pragma(node.event);
    case SourceEvent::Kind::kEnterFile:
      return ids_.enter_file();
    case SourceEvent::Kind::kLeaveFile:
      return ids_.leave_file();
  }
}

void TreeBuilder::on(const syntax::Module& node) {
  Entry* entry = names_.current().find_own(node.name.text);
  const bool reopens = entry != nullptr && entry->name == node.name.text &&
                       entry->kind == Entry::Kind::kDeclared && entry->scope != nullptr &&
                       entry->scope->kind == Scope::Kind::kModule;
  auto* module = make_declaration<Module>(node.name);
  if (!reopens) {
    entry = names_.declare(node.name, module);
    names_.open(Scope::Kind::kModule, node.name.text, module);
    if (entry != nullptr) entry->scope = &names_.current();
  } else {
    if (entry->declaration == nullptr) {
      entry->declaration = module;
      entry->location = node.name.location;
    }
    module->first = as<Module>(entry->declaration);
    module->repository_id = module->first->repository_id;
    names_.enter(*entry->scope);
  }
  Scope& scope = names_.current();
  scope.parent->definitions->push_back(module);
  // A module can be reopened inside of itself only through a name further in, so nothing needs to
  // be put back.
  scope.declaration = module;
  scope.definitions = &module->definitions;
  ids_.enter_scope();
  if (scope.type_prefix) ids_.set_prefix(*scope.type_prefix);
  build(node.definitions);
  ids_.leave_scope();
  names_.leave();
}

void TreeBuilder::on(const syntax::Typedef& node) {
  const Type* aliased = type(*node.type);
  if (aliased == nullptr) {
    for (const auto& declarator : node.declarators) names_.declare_broken(declarator.name);
    return;
  }
  const TypeFacts::Facts facts = facts_.of(*aliased);
  if (facts.needs != nullptr) {
    is_complete(*aliased, node.type->location);
    return;
  }
  for (const syntax::Declarator& declarator : node.declarators) {
    const Type* complete = array_type(aliased, declarator);
    auto* alias = make_declaration<Typedef>(declarator.name);
    alias->type = complete;
    if (complete == nullptr) {
      names_.declare_broken(declarator.name);
    } else if (names_.declare(declarator.name, alias) != nullptr) {
      list(*alias);
    }
  }
}

void TreeBuilder::on(const syntax::Enum& node) {
  auto* enumeration = make_declaration<Enum>(node.name);
  if (names_.declare(node.name, enumeration) != nullptr) list(*enumeration);
  const Location begin = definition_begin_;
  for (const auto& [name, where, its_annotations] : node.enumerators) {
    begin_part(where, its_annotations);
    auto* enumerator = make_declaration<Enumerator>(name);
    enumerator->parent = enumeration;
    enumerator->value = static_cast<std::uint32_t>(enumeration->enumerators.size());
    enumeration->enumerators.push_back(enumerator);
    names_.declare(name, enumerator);
  }
  definition_begin_ = begin;
}

const Type* TreeBuilder::constant_type(const syntax::Type& node) {
  // Its digits and scale are those of the value.
  if (node.kind == syntax::Type::Kind::kFixed) {
    if (!node.bound) return make(FixedType{}, {});
    reporter_.error(node.location,
                    "expected 'fixed' alone, whose digits are those of the value, or a typedef");
    return nullptr;
  }
  const Type* its_type = type(node);
  if (its_type == nullptr) return nullptr;
  const Type& resolved = resolve_typedefs(*its_type);
  const auto* simple = as<PrimitiveType>(resolved);
  const auto* name = as<NamedType>(resolved);
  const bool allowed =
      as<StringType>(resolved) != nullptr || as<FixedType>(resolved) != nullptr ||
      (name != nullptr && as<Enum>(name->declaration) != nullptr) ||
      (simple != nullptr && simple->primitive != Primitive::kAny &&
       simple->primitive != Primitive::kObject && simple->primitive != Primitive::kTypeCode &&
       simple->primitive != Primitive::kValueBase && simple->primitive != Primitive::kVoid);
  if (allowed) return its_type;
  reporter_.error(node.location,
                  "a constant cannot have this type: expected an integer, floating-point, "
                  "fixed-point, boolean, character, string or enum type");
  return nullptr;
}

void TreeBuilder::on(const syntax::Constant& node) {
  const Type* its_type = constant_type(*node.type);
  if (its_type == nullptr) return names_.declare_broken(node.name);
  auto value = constants_.evaluate(*node.value, *its_type);
  if (!value) return names_.declare_broken(node.name);
  auto* constant = make_declaration<Constant>(node.name);
  constant->type = its_type;
  constant->value = std::move(*value);
  if (names_.declare(node.name, constant) != nullptr) list(*constant);
}

void TreeBuilder::on(const syntax::Native& node) {
  auto* native = make_declaration<Native>(node.name);
  read_by_value(*native, node.name.location);
  if (names_.declare(node.name, native) != nullptr) list(*native);
}

// Of components only the names are kept, so that references to them can be passed.
void TreeBuilder::on(const syntax::Component& node) {
  if (with_components_.insert(definition_begin_.file).second) {
    reporter_.warning(definition_begin_,
                      "nothing is generated for the components in this file: they are skipped");
  }
  Entry* earlier = names_.current().find_own(node.name.text);
  if (earlier != nullptr && earlier->skipped == node.construct &&
      (earlier->is_only_announced || node.is_forward)) {
    earlier->is_only_announced = earlier->is_only_announced && node.is_forward;
    return;
  }
  Entry* entry = names_.declare_skipped(node.name, node.construct);
  if (entry == nullptr) return;
  entry->is_only_announced = node.is_forward;
  if (node.construct != "component" && node.construct != "home") return;
  entry->kind = Entry::Kind::kDeclared;
  entry->declaration = make_declaration<Interface>(node.name);
}

}  // namespace corbel::idl
