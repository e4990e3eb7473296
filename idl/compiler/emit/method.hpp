#pragma once

#include <string>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

enum class Access { kCall, kGet, kSet };

/// A parameter as the mapping sees it; the value of a setter has no Parameter in the tree.
struct Argument {
  const Parameter* parameter = nullptr;
  Direction direction = Direction::kIn;
  const Type* type = nullptr;
};

/// Something that can be called: an operation, or reading or writing an attribute.
struct Method {
  const Interface* owner = nullptr;
  /// The Operation or Attribute.
  const Declaration* source = nullptr;
  Access access = Access::kCall;
  bool oneway = false;
  const Type* result = nullptr;
  std::vector<Argument> arguments;
  std::vector<const Declaration*> raises;

  /// As it stands in a request: "withdraw", "_get_owner".
  std::string wire_name() const;
  /// Has out or inout parameters, so that the asynchronous forms need a struct of results.
  bool has_outs() const;
  bool returns_value() const;
};

/// The same for definitions outside of interfaces, which have no owner.
std::vector<Method> own_methods(const std::vector<Declaration*>& definitions,
                                const Interface* owner = nullptr);
/// Operations and attribute accesses that `interface` declares itself, in source order.
std::vector<Method> own_methods(const Interface& interface);

}  // namespace corbel::idl
