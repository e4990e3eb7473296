#include "idl/compiler/ast/declaration.hpp"

#include <algorithm>

namespace corbel::idl {

std::vector<std::string> name_path(const Declaration& declaration) {
  std::vector<std::string> path;
  for (const Declaration* at = &declaration; at != nullptr; at = at->parent) {
    path.push_back(at->name);
    if (at->kind == DeclarationKind::kEnumerator && at->parent != nullptr) at = at->parent;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::string scoped_name(const Declaration& declaration, const std::string& separator) {
  std::string name;
  for (const std::string& part : name_path(declaration)) {
    if (!name.empty()) name += separator;
    name += part;
  }
  return name;
}

const char* kind_name(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::kModule:
      return "module";
    case DeclarationKind::kInterface:
      return "interface";
    case DeclarationKind::kForward:
      return "forward declaration";
    case DeclarationKind::kTypedef:
      return "typedef";
    case DeclarationKind::kStruct:
      return "struct";
    case DeclarationKind::kUnion:
      return "union";
    case DeclarationKind::kEnum:
      return "enum";
    case DeclarationKind::kEnumerator:
      return "enumerator";
    case DeclarationKind::kException:
      return "exception";
    case DeclarationKind::kConstant:
      return "constant";
    case DeclarationKind::kMember:
    case DeclarationKind::kUnionCase:
    case DeclarationKind::kStateMember:
      return "member";
    case DeclarationKind::kOperation:
      return "operation";
    case DeclarationKind::kParameter:
      return "parameter";
    case DeclarationKind::kAttribute:
      return "attribute";
    case DeclarationKind::kValueType:
      return "valuetype";
    case DeclarationKind::kValueBox:
      return "value box";
    case DeclarationKind::kFactory:
      return "factory";
    case DeclarationKind::kNative:
      return "native type";
    case DeclarationKind::kBitmask:
      return "bitmask";
    case DeclarationKind::kBitset:
      return "bitset";
  }
  return "declaration";
}

}  // namespace corbel::idl
