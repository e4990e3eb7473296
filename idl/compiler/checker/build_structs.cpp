#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {

void TreeBuilder::on(const syntax::Struct& node) {
  if (!node.bases.empty()) {
    refuse(node.bases.front().location(), "inheritance of structs is");
    return names_.declare_broken(node.name);
  }
  if (node.is_exception) return define_exception(node);
  if (node.is_forward) return forward_struct(node);
  define_struct(node);
}

// The struct that a forward declaration announced in this scope, or null; `entry` is then a clash.
Struct* TreeBuilder::announced_struct(const syntax::Name& name, Entry*& entry) {
  entry = names_.current().find_own(name.text);
  if (entry == nullptr || entry->name != name.text) return nullptr;
  return as<Struct>(entry->declaration);
}

void TreeBuilder::forward_struct(const syntax::Struct& node) {
  Entry* entry = nullptr;
  Struct* structure = announced_struct(node.name, entry);
  if (structure != nullptr) {
    if (same_prefix(*structure, node.name)) note_forward(*structure, node.name);
    return;
  }
  structure = make_declaration<Struct>(node.name);
  if (names_.declare(node.name, structure) != nullptr) note_forward(*structure, node.name);
}

void TreeBuilder::define_struct(const syntax::Struct& node) {
  Entry* entry = nullptr;
  Struct* structure = announced_struct(node.name, entry);
  if (structure != nullptr && (structure->is_defined || being_defined_.contains(structure))) {
    return names_.report_redefinition(node.name, *entry);
  }
  if (structure != nullptr) {
    if (!same_prefix(*structure, node.name)) return;
    const std::string id = structure->repository_id;
    place(*structure, node.name);
    structure->repository_id = id;
    entry->location = node.name.location;
  } else {
    structure = make_declaration<Struct>(node.name);
    entry = names_.declare(node.name, structure);
  }
  if (entry != nullptr) list(*structure);
  being_defined_.insert(structure);
  Scope& scope = names_.open(Scope::Kind::kMembers, node.name.text, structure);
  scope.definitions = &structure->definitions;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  facts_.set_depth(*structure, members(node, *structure) + 1);
  ids_.leave_scope();
  names_.leave();
  being_defined_.erase(structure);
  structure->is_defined = true;
}

void TreeBuilder::define_exception(const syntax::Struct& node) {
  auto* exception = make_declaration<Exception>(node.name);
  Entry* entry = names_.declare(node.name, exception);
  if (entry != nullptr) list(*exception);
  Scope& scope = names_.open(Scope::Kind::kMembers, node.name.text, exception);
  scope.definitions = &exception->definitions;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  members(node, *exception);
  ids_.leave_scope();
  names_.leave();
}

/// Adds the members and returns the greatest depth of their types.
template <typename Owner>
std::uint32_t TreeBuilder::members(const syntax::Struct& node, Owner& owner) {
  std::uint32_t depth = 1;
  for (const syntax::Member& member : node.members) {
    for (const syntax::Annotation& annotation : member.annotations) {
      refuse(annotation.name.location(), "the annotation '@" + to_string(annotation.name) + "' is");
    }
    definition_begin_ = member.type->location;
    const Type* base = type(*member.type);
    if (base != nullptr) check_member_type(member, *base);
    for (const syntax::Declarator& declarator : member.declarators) {
      const Type* complete = base == nullptr ? nullptr : array_type(base, declarator);
      definition_begin_ = member.type->location;
      auto* made = make_declaration<Member>(declarator.name);
      made->type = complete;
      const bool declared = names_.declare(declarator.name, made) != nullptr;
      if (complete == nullptr || !declared) continue;
      owner.members.push_back(made);
      depth = std::max(depth, facts_.of(*complete).depth);
    }
  }
  return depth;
}

void TreeBuilder::check_member_type(const syntax::Member& member, const Type& type) {
  const TypeFacts::Facts facts = facts_.of(type);
  const bool in_exception = as<Exception>(names_.current().declaration) != nullptr;
  if (facts.needs != nullptr || (in_exception && facts.sequence_of != nullptr)) {
    is_complete(type, member.type->location);
  }
}

}  // namespace corbel::idl
