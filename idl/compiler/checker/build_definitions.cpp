#include <variant>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {

void TreeBuilder::definition(const syntax::Definition& definition) {
  for (const syntax::Annotation& annotation : definition.annotations) {
    refuse(annotation.name.location(), "the annotation '@" + to_string(annotation.name) + "' is");
  }
  definition_begin_ = definition.location;
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
  for (const syntax::Name& name : node.enumerators) {
    definition_begin_ = name.location;
    auto* enumerator = make_declaration<Enumerator>(name);
    enumerator->parent = enumeration;
    enumerator->value = static_cast<std::uint32_t>(enumeration->enumerators.size());
    enumeration->enumerators.push_back(enumerator);
    names_.declare(name, enumerator);
  }
  definition_begin_ = begin;
}

void TreeBuilder::on(const syntax::Constant& node) {
  const Type* its_type = type(*node.type);
  if (its_type == nullptr) return names_.declare_broken(node.name);
  const Type& resolved = resolve_typedefs(*its_type);
  const auto* simple = as<PrimitiveType>(resolved);
  const auto* name = as<NamedType>(resolved);
  const bool allowed =
      as<StringType>(resolved) != nullptr ||
      (name != nullptr && as<Enum>(name->declaration) != nullptr) ||
      (simple != nullptr && simple->primitive != Primitive::kAny &&
       simple->primitive != Primitive::kObject && simple->primitive != Primitive::kVoid);
  if (!allowed) {
    reporter_.error(node.type->location,
                    "a constant cannot have this type: expected an integer, floating-point, "
                    "boolean, character, string or enum type");
    return names_.declare_broken(node.name);
  }
  auto value = constants_.evaluate(*node.value, *its_type);
  if (!value) return names_.declare_broken(node.name);
  auto* constant = make_declaration<Constant>(node.name);
  constant->type = its_type;
  constant->value = std::move(*value);
  if (names_.declare(node.name, constant) != nullptr) list(*constant);
}

void TreeBuilder::on(const syntax::Union& node) {
  refuse(node.name.location, "unions are");
  names_.declare_broken(node.name);
}

void TreeBuilder::on(const syntax::ValueType& node) {
  refuse(node.name.location, "valuetypes are");
  names_.declare_broken(node.name);
}

void TreeBuilder::on(const syntax::ValueBox& node) {
  refuse(node.name.location, "value boxes are");
  names_.declare_broken(node.name);
}

// These two stand in valuetypes only, which are refused as a whole.
void TreeBuilder::on(const syntax::StateMember&) {}
void TreeBuilder::on(const syntax::Factory&) {}

void TreeBuilder::on(const syntax::Native& node) {
  refuse(node.name.location, "native types are");
  names_.declare_broken(node.name);
}

void TreeBuilder::on(const syntax::TypeIdentity& node) {
  const Location& where = node.target.parts.empty() ? node.text.location : node.target.location();
  refuse(where, node.is_prefix ? "'typeprefix' is" : "'typeid' is");
}

void TreeBuilder::on(const syntax::Skipped& node) {
  refuse(definition_begin_, node.construct + (node.construct.front() == '\'' ? " is" : " are"));
  names_.declare_broken(node.name);
}

}  // namespace corbel::idl
