#pragma once

#include <string>
#include <utility>
#include <vector>

#include "idl/compiler/ast/const_value.hpp"
#include "idl/compiler/ast/source_file.hpp"
#include "idl/compiler/ast/type.hpp"

namespace corbel::idl {

enum class DeclarationKind {
  kModule,
  kInterface,
  kForward,
  kTypedef,
  kStruct,
  kUnion,
  kEnum,
  kEnumerator,
  kException,
  kConstant,
  kMember,
  kUnionCase,
  kOperation,
  kParameter,
  kAttribute,
  kValueType,
  kValueBox,
  kStateMember,
  kFactory,
  kNative,
  kBitmask,
  kBitset,
};

/// `@name(parameter = value, ...)`; a single unnamed parameter is called "value". Any name is kept,
/// known to us or not. `@default` of a member is a value of the member's type; every other value
/// has the type of its literal, and a name that stands for no constant is a string as it is
/// spelled.
struct Annotation {
  std::string name;
  std::vector<std::pair<std::string, ConstValue>> parameters;
};

/// Anything that has a name. What kind it is says `kind`; `as<Struct>(declaration)` gives the
/// details.
struct Declaration {
  explicit Declaration(DeclarationKind its_kind) : kind(its_kind) {}
  virtual ~Declaration() = default;
  Declaration(const Declaration&) = delete;
  Declaration& operator=(const Declaration&) = delete;

  DeclarationKind kind;
  /// As written, without the underscore that escapes a keyword.
  std::string name;
  /// The module, interface, struct, ... it stands in; null in the global scope. Enumerators have
  /// their Enum as parent, although they are found in the scope around it.
  const Declaration* parent = nullptr;
  /// "IDL:omg.org/CosNaming/NamingContext:1.0". Empty where none exists: members, parameters,
  /// enumerators.
  std::string repository_id;
  /// Where the name stands. `location.file->is_main` says whether code is generated for it.
  Location location;
  /// The documentation comment before it without its markers; empty if there is none.
  std::string documentation;
  std::vector<Annotation> annotations;
};

/// `declaration` as a T, or null if it is something else (or null itself).
template <typename T>
const T* as(const Declaration* declaration) {
  if (declaration == nullptr || !T::has_kind(declaration->kind)) return nullptr;
  return static_cast<const T*>(declaration);
}

template <typename T>
T* as(Declaration* declaration) {
  return const_cast<T*>(as<T>(static_cast<const Declaration*>(declaration)));
}

/// Gives a declaration type its kind.
template <DeclarationKind Kind>
struct DeclarationOf : Declaration {
  DeclarationOf() : Declaration(Kind) {}
  static constexpr bool has_kind(DeclarationKind kind) { return kind == Kind; }
};

/// The names from the outermost module down to the declaration itself: {"CosNaming",
/// "NamingContext", "Name"}. For enumerators the enum itself is left out, as in IDL.
std::vector<std::string> name_path(const Declaration& declaration);

/// "CosNaming::NamingContext::Name", without a leading "::".
std::string scoped_name(const Declaration& declaration, const std::string& separator = "::");

/// "interface", "struct", ...: for messages and comments.
const char* kind_name(DeclarationKind kind);

}  // namespace corbel::idl
