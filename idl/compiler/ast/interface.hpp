#pragma once

#include <string>
#include <vector>

#include "idl/compiler/ast/definitions.hpp"

namespace corbel::idl {

enum class Direction { kIn, kOut, kInOut };

struct Parameter : DeclarationOf<DeclarationKind::kParameter> {
  Direction direction = Direction::kIn;
  const Type* type = nullptr;
};

struct Operation : DeclarationOf<DeclarationKind::kOperation> {
  bool oneway = false;
  /// kVoid if there is none.
  const Type* result = nullptr;
  std::vector<const Parameter*> parameters;
  /// Each exception once, in the order of the raises clause.
  std::vector<const Declaration*> raises;
  /// The strings of a context clause; nothing is sent for them.
  std::vector<std::string> context;
};

/// One attribute; `attribute long a, b` makes two. A readonly one raises `get_raises` only.
struct Attribute : DeclarationOf<DeclarationKind::kAttribute> {
  bool readonly = false;
  const Type* type = nullptr;
  std::vector<const Declaration*> get_raises;
  std::vector<const Declaration*> set_raises;
};

struct Interface : DeclarationOf<DeclarationKind::kInterface> {
  /// False while only forward declarations were seen: such an interface can be passed but not
  /// called.
  bool is_defined = false;
  bool is_local = false;
  bool is_abstract = false;
  /// As written; each is defined.
  std::vector<const Interface*> bases;
  /// Types, constants, exceptions, operations and attributes in source order.
  std::vector<Declaration*> definitions;
};

/// All interfaces that `interface` inherits from, each once, every base before what derives from
/// it, in the order of the inheritance clauses (depth first); `interface` itself is not among them.
std::vector<const Interface*> ancestors(const Interface& interface);

/// The definitions of `interface` that are a T, in source order: own<Operation>(interface).
template <typename T>
std::vector<const T*> own(const Interface& interface) {
  std::vector<const T*> found;
  for (const Declaration* definition : interface.definitions) {
    if (const T* wanted = as<T>(definition)) found.push_back(wanted);
  }
  return found;
}

}  // namespace corbel::idl
