#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "idl/compiler/ast/declaration.hpp"

namespace corbel::idl {

/// One `module X { ... }`. A reopened module is a Module of its own for each opening; `first` is
/// the earliest one.
struct Module : DeclarationOf<DeclarationKind::kModule> {
  const Module* first = this;
  std::vector<Declaration*> definitions;
};

/// `interface X;`, `struct X;`, `union X;`, `valuetype X;`. Only what it announces has a type; this
/// marks the place.
struct Forward : DeclarationOf<DeclarationKind::kForward> {
  /// An Interface, Struct, Union or ValueType; its is_defined says whether a definition followed.
  const Declaration* target = nullptr;
};

struct Typedef : DeclarationOf<DeclarationKind::kTypedef> {
  const Type* type = nullptr;
};

/// A member of a struct or exception.
struct Member : DeclarationOf<DeclarationKind::kMember> {
  const Type* type = nullptr;
};

struct Struct : DeclarationOf<DeclarationKind::kStruct> {
  bool is_defined = false;
  /// IDL 4.2 only.
  const Struct* base = nullptr;
  /// Types defined inside, in a member's declaration.
  std::vector<Declaration*> definitions;
  std::vector<const Member*> members;
};

struct Exception : DeclarationOf<DeclarationKind::kException> {
  std::vector<Declaration*> definitions;
  std::vector<const Member*> members;
};

struct Enumerator : DeclarationOf<DeclarationKind::kEnumerator> {
  /// Counts from 0: what travels.
  std::uint32_t value = 0;
};

struct Enum : DeclarationOf<DeclarationKind::kEnum> {
  std::vector<const Enumerator*> enumerators;
};

struct UnionCase : DeclarationOf<DeclarationKind::kUnionCase> {
  std::vector<ConstValue> labels;
  bool is_default = false;
  const Type* type = nullptr;
};

struct Union : DeclarationOf<DeclarationKind::kUnion> {
  bool is_defined = false;
  /// An integer type, boolean, char, wchar, octet or an enum, perhaps behind typedefs.
  const Type* discriminator = nullptr;
  std::vector<Annotation> discriminator_annotations;
  std::vector<Declaration*> definitions;
  std::vector<const UnionCase*> cases;
  /// A discriminator that no label names: the default branch, or no branch at all. Of an enum the
  /// first such enumerator, else the first such value counted from 0 or FALSE, below 0 only if
  /// all others have labels. Empty when all values have labels.
  std::optional<ConstValue> unnamed_value;
};

struct Constant : DeclarationOf<DeclarationKind::kConstant> {
  const Type* type = nullptr;
  ConstValue value;
};

/// `@by_value(header = "shapes.hpp", type = "geo::Shape", derived = "geo::Circle, geo::Square")`.
struct ByValue {
  std::string header;
  std::string type;
  std::vector<std::string> derived;
};

/// A type of the language that is mapped to: of local objects, or a class that travels by value.
struct Native : DeclarationOf<DeclarationKind::kNative> {
  std::optional<ByValue> by_value;
};

struct BitFlag {
  std::string name;
  std::uint16_t position = 0;
  Location location;
  std::string documentation;
  std::vector<Annotation> annotations;
};

/// `bitmask` of IDL 4.2.
struct Bitmask : DeclarationOf<DeclarationKind::kBitmask> {
  /// 1 to 64, from `@bit_bound`.
  std::uint16_t bound = 32;
  std::vector<BitFlag> flags;
};

struct BitField {
  /// Empty for a gap.
  std::string name;
  std::uint16_t width = 0;
  /// boolean, octet or an integer type. Null: the smallest type that holds `width` bits.
  const Type* type = nullptr;
  Location location;
  std::string documentation;
  std::vector<Annotation> annotations;
};

/// `bitset` of IDL 4.2.
struct Bitset : DeclarationOf<DeclarationKind::kBitset> {
  const Bitset* base = nullptr;
  std::vector<BitField> fields;
};

}  // namespace corbel::idl
