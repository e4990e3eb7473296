#include <algorithm>

#include "idl/compiler/checker/tree_builder.hpp"
#include "idl/compiler/checker/union_labels.hpp"

namespace corbel::idl {

void TreeBuilder::on(const syntax::Union& node) {
  if (node.is_forward) {
    announce<Union>(node.name);
    return;
  }
  Entry* entry = nullptr;
  Union* choice = begin_definition<Union>(node.name, entry);
  if (choice == nullptr) return;
  if (entry != nullptr) list(*choice);
  being_defined_.insert(choice);
  choice->discriminator_annotations = annotations(node.discriminator_annotations);
  Scope& scope = names_.open(Scope::Kind::kMembers, node.name.text, choice);
  scope.definitions = &choice->definitions;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  TypeFacts::Facts facts;
  choice->discriminator = discriminator(*node.discriminator);
  if (choice->discriminator != nullptr) {
    UnionLabels taken(*choice->discriminator);
    for (const syntax::UnionCase& part : node.cases) branch(part, *choice, taken, facts);
    choice->unnamed_value = taken.unnamed_value();
  }
  ids_.leave_scope();
  names_.leave();
  ++facts.depth;
  facts_.set(*choice, facts);
  being_defined_.erase(choice);
  choice->is_defined = true;
  const auto is_default = [](const UnionCase* part) { return part->is_default; };
  const auto with_default = std::find_if(choice->cases.begin(), choice->cases.end(), is_default);
  if (with_default != choice->cases.end() && !choice->unnamed_value) {
    reporter_.error((*with_default)->location,
                    "the default branch '" + (*with_default)->name +
                        "' can never be chosen: every value of the discriminator has a label");
  }
}

const Type* TreeBuilder::discriminator(const syntax::Type& node) {
  const Type* found = type(node);
  if (found == nullptr || is_discriminator(*found)) return found;
  reporter_.error(node.location,
                  "a union cannot switch on this type: expected an integer, char, wchar, octet, "
                  "boolean or enum type");
  return nullptr;
}

void TreeBuilder::branch(const syntax::UnionCase& node, Union& owner, UnionLabels& taken,
                         TypeFacts::Facts& facts) {
  begin_part(node.labels.front().location, {});
  const Type* base = type(*node.type);
  if (base != nullptr) check_member_type(node.type->location, *base);
  const Type* complete = member_type(base, node.declarator);
  begin_part(node.labels.front().location, node.annotations);
  auto* made = make_declaration<UnionCase>(node.declarator.name);
  made->type = complete;
  for (const syntax::UnionCase::Label& label : node.labels) {
    if (label.value != nullptr) continue;
    const auto is_default = [](const UnionCase* other) { return other->is_default; };
    if (made->is_default || std::any_of(owner.cases.begin(), owner.cases.end(), is_default)) {
      reporter_.error(label.location, "this union has a default branch already");
    }
    made->is_default = true;
  }
  labels(node, *made, taken);
  const bool declared = names_.declare(node.declarator.name, made) != nullptr;
  if (complete == nullptr || !declared) return;
  check_default(node.annotations, *made, *complete);
  owner.cases.push_back(made);
  const TypeFacts::Facts its_facts = facts_.of(*complete);
  facts.depth = std::max(facts.depth, its_facts.depth);
  if (facts.local == nullptr) facts.local = its_facts.local;
}

void TreeBuilder::labels(const syntax::UnionCase& node, UnionCase& made, UnionLabels& taken) {
  const auto* owner = as<Union>(names_.current().declaration);
  for (const syntax::UnionCase::Label& label : node.labels) {
    if (label.value == nullptr) continue;
    auto value = constants_.evaluate(*label.value, *owner->discriminator);
    if (!value) continue;
    if (const Location* earlier = taken.add(*value, label.value->location)) {
      reporter_.error(label.value->location, "another branch of this union has this label already");
      reporter_.note(*earlier, "it has the label here");
      continue;
    }
    made.labels.push_back(std::move(*value));
  }
}

}  // namespace corbel::idl
