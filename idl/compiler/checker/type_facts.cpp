#include "idl/compiler/checker/type_facts.hpp"

namespace corbel::idl {

bool is_defined(const Declaration& declaration) {
  if (const auto* structure = as<Struct>(&declaration)) return structure->is_defined;
  const auto* choice = as<Union>(&declaration);
  return choice == nullptr || choice->is_defined;
}

TypeFacts::Facts TypeFacts::of(const Type& type) const {
  const auto found = of_types_.find(&type);
  Facts facts = found == of_types_.end() ? Facts{} : found->second;
  if (facts.needs != nullptr && is_defined(*facts.needs)) facts.needs = nullptr;
  if (facts.sequence_of != nullptr && is_defined(*facts.sequence_of)) facts.sequence_of = nullptr;
  return facts;
}

TypeFacts::Facts TypeFacts::of(const Declaration& declaration) const {
  const auto found = of_declarations_.find(&declaration);
  return found == of_declarations_.end() ? Facts{} : found->second;
}

void TypeFacts::set(const Declaration& declaration, const Facts& facts) {
  of_declarations_[&declaration] = facts;
}

}  // namespace corbel::idl
