#pragma once

#include <vector>

#include "idl/compiler/ast/interface.hpp"

namespace corbel::idl {

/// `public T name;` or `private T name;` in a valuetype.
struct StateMember : DeclarationOf<DeclarationKind::kStateMember> {
  bool is_public = false;
  const Type* type = nullptr;
};

/// `factory name(in T a) raises (E);` in a valuetype.
struct Factory : DeclarationOf<DeclarationKind::kFactory> {
  std::vector<const Parameter*> parameters;
  std::vector<const Declaration*> raises;
};

struct ValueType : DeclarationOf<DeclarationKind::kValueType> {
  bool is_defined = false;
  bool is_abstract = false;
  bool is_custom = false;
  /// `truncatable` stands before the first base.
  bool is_truncatable = false;
  std::vector<const ValueType*> bases;
  std::vector<const Interface*> supports;
  /// State members, factories, operations, attributes, types in source order.
  std::vector<Declaration*> definitions;
};

/// `valuetype X T;`
struct ValueBox : DeclarationOf<DeclarationKind::kValueBox> {
  const Type* type = nullptr;
};

}  // namespace corbel::idl
