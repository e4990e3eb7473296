#pragma once

#include "naming-service/contexts.hpp"
#include "naming-service/failure.hpp"

#include <CosNaming.idl.hpp>

#include <vector>

/// Between the tree's names and failures and those of CosNaming.
namespace corbel::naming_service {

/// A received name as the tree takes it; borrows its texts.
class LentName {
 public:
  explicit LentName(const CosNaming::Name& name) {
    components_.reserve(name.size());
    for (const auto& component : name) components_.emplace_back(component.id, component.kind);
  }
  operator NameView() const noexcept { return components_; }  // NOLINT: the same name

 private:
  std::vector<ComponentView> components_;
};

CosNaming::Name to_wire(const std::vector<NameComponent>& name);
std::vector<NameComponent> from_wire(const CosNaming::Name& name);

/// Throws what the specification (or CORBA, for limits) has for the failure of an operation on
/// `name`.
[[noreturn]] void throw_failure(const Failure& failure, const CosNaming::Name& name,
                                const Contexts& contexts);

}  // namespace corbel::naming_service
