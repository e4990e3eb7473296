#include "idl/compiler/checker/type_facts.hpp"

namespace corbel::idl {

TypeFacts::Facts TypeFacts::of(const Type& type) const {
  const auto found = of_types_.find(&type);
  Facts facts = found == of_types_.end() ? Facts{} : found->second;
  if (facts.needs != nullptr && facts.needs->is_defined) facts.needs = nullptr;
  if (facts.sequence_of != nullptr && facts.sequence_of->is_defined) facts.sequence_of = nullptr;
  return facts;
}

std::uint32_t TypeFacts::depth_of(const Declaration& declaration) const {
  const auto found = of_declarations_.find(&declaration);
  return found == of_declarations_.end() ? 1 : found->second;
}

void TypeFacts::set_depth(const Declaration& declaration, std::uint32_t depth) {
  of_declarations_[&declaration] = depth;
}

}  // namespace corbel::idl
