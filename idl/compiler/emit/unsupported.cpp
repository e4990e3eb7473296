#include "idl/compiler/emit/unsupported.hpp"

#include "idl/compiler/emit/emission.hpp"

namespace corbel::idl {
namespace {

/// What keeps `declaration` from being mapped, in the plural; null if nothing does.
const char* obstacle(const Declaration& declaration) {
  switch (declaration.kind) {
    case DeclarationKind::kUnion:
      return "unions";
    case DeclarationKind::kValueType:
    case DeclarationKind::kStateMember:
    case DeclarationKind::kFactory:
      return "valuetypes";
    case DeclarationKind::kValueBox:
      return "value boxes";
    case DeclarationKind::kNative:
      return "native types";
    case DeclarationKind::kBitmask:
      return "bitmasks";
    case DeclarationKind::kBitset:
      return "bitsets";
    case DeclarationKind::kStruct:
      return as<Struct>(&declaration)->base != nullptr ? "structs with a base" : nullptr;
    case DeclarationKind::kInterface:
      if (as<Interface>(&declaration)->is_local) return "local interfaces";
      return as<Interface>(&declaration)->is_abstract ? "abstract interfaces" : nullptr;
    case DeclarationKind::kModule:
    case DeclarationKind::kForward:
    case DeclarationKind::kTypedef:
    case DeclarationKind::kEnum:
    case DeclarationKind::kEnumerator:
    case DeclarationKind::kException:
    case DeclarationKind::kConstant:
    case DeclarationKind::kMember:
    case DeclarationKind::kUnionCase:
    case DeclarationKind::kOperation:
    case DeclarationKind::kParameter:
    case DeclarationKind::kAttribute:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

void refuse_unmapped(const std::vector<const Declaration*>& declarations) {
  for (const Declaration* declaration : declarations) {
    if (const char* what = obstacle(*declaration)) {
      throw NotMapped(origin(*declaration) + ": " + what);
    }
  }
}

}  // namespace corbel::idl
