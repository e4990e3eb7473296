#include <algorithm>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {

void TreeBuilder::on(const syntax::Struct& node) {
  if (node.is_exception) return define_exception(node);
  if (node.is_forward) {
    announce<Struct>(node.name);
  } else {
    define_struct(node);
  }
}

const Struct* TreeBuilder::struct_base(const syntax::Struct& node) {
  if (node.bases.empty()) return nullptr;
  const syntax::ScopedName& name = node.bases.front();
  const Entry* entry = names_.resolve(name, NameTable::Counts::kNotAsUse);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return nullptr;
  const auto* base = as<Struct>(entry->declaration);
  if (const auto* alias = as<Typedef>(entry->declaration)) {
    const auto* named = as<NamedType>(resolve_typedefs(*alias->type));
    if (named != nullptr) base = as<Struct>(named->declaration);
  }
  if (base == nullptr) {
    reporter_.error(name.location(),
                    "expected a struct to inherit from, found the " + describe(*entry));
  } else if (!base->is_defined) {
    reporter_.error(name.location(), "struct '" + to_string(name) +
                                         "' is not defined yet: expected its definition before a "
                                         "struct inherits from it");
    base = nullptr;
  }
  return base;
}

void TreeBuilder::define_struct(const syntax::Struct& node) {
  const Struct* base = struct_base(node);
  Entry* entry = nullptr;
  Struct* structure = begin_definition<Struct>(node.name, entry);
  if (structure == nullptr) return;
  if (entry != nullptr) list(*structure);
  being_defined_.insert(structure);
  structure->base = base;
  Scope& scope = names_.open(Scope::Kind::kMembers, node.name.text, structure);
  scope.definitions = &structure->definitions;
  if (base != nullptr) scope.bases = scopes_of({base});
  scopes_[structure] = &scope;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  TypeFacts::Facts facts = members(node, *structure);
  ids_.leave_scope();
  names_.leave();
  if (base != nullptr) {
    const TypeFacts::Facts of_base = facts_.of(*base);
    facts.depth = std::max(facts.depth, of_base.depth);
    if (facts.local == nullptr) facts.local = of_base.local;
    check_depth(facts.depth, node.name.location);
  }
  ++facts.depth;
  facts_.set(*structure, facts);
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
  facts_.set(*exception, members(node, *exception));
  ids_.leave_scope();
  names_.leave();
}

/// Adds the members and returns what holds of all their types together.
template <typename Owner>
TypeFacts::Facts TreeBuilder::members(const syntax::Struct& node, Owner& owner) {
  TypeFacts::Facts facts;
  for (const syntax::Member& member : node.members) {
    begin_part(member.location, {});
    const Type* base = type(*member.type);
    if (base != nullptr) check_member_type(member.type->location, *base);
    for (const syntax::Declarator& declarator : member.declarators) {
      const Type* complete = member_type(base, declarator);
      begin_part(member.location, member.annotations);
      auto* made = make_declaration<Member>(declarator.name);
      made->type = complete;
      const bool declared = names_.declare(declarator.name, made) != nullptr;
      if (complete == nullptr || !declared) continue;
      check_default(member.annotations, *made, *complete);
      owner.members.push_back(made);
      const TypeFacts::Facts its_facts = facts_.of(*complete);
      facts.depth = std::max(facts.depth, its_facts.depth);
      if (facts.local == nullptr) facts.local = its_facts.local;
    }
  }
  return facts;
}

const Type* TreeBuilder::member_type(const Type* base, const syntax::Declarator& declarator) {
  return base == nullptr ? nullptr : array_type(base, declarator);
}

void TreeBuilder::check_member_type(const Location& where, const Type& type) {
  const TypeFacts::Facts facts = facts_.of(type);
  const bool in_exception = as<Exception>(names_.current().declaration) != nullptr;
  if (facts.needs != nullptr || (in_exception && facts.sequence_of != nullptr)) {
    is_complete(type, where);
  }
}

}  // namespace corbel::idl
