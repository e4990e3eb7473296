#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "idl/compiler/ast/interface.hpp"
#include "idl/compiler/lexer/token.hpp"

// The syntax tree: what stands in the source, with names not yet looked up.
namespace corbel::idl::syntax {

struct Definition;
struct Expression;
struct Type;
using DefinitionPtr = std::unique_ptr<Definition>;
using ExpressionPtr = std::unique_ptr<Expression>;
using TypePtr = std::unique_ptr<Type>;

struct Name {
  std::string text;
  Location location;
};

/// `A::B`, `::A::B`.
struct ScopedName {
  bool absolute = false;
  std::vector<Name> parts;

  const Location& location() const { return parts.front().location; }
};

std::string to_string(const ScopedName& name);

struct Expression {
  enum class Kind { kNumber, kCharacter, kString, kBoolean, kName, kUnary, kBinary };
  Kind kind = Kind::kNumber;
  Location location;
  /// The literal's spelling, TRUE or FALSE, or the operator. Adjacent strings stand in `strings`.
  std::string text;
  std::vector<Token> strings;
  ScopedName name;
  /// A unary operator has a right side only.
  ExpressionPtr left;
  ExpressionPtr right;
};

struct Annotation {
  ScopedName name;
  /// An unnamed single argument is called "value".
  std::vector<std::pair<std::string, ExpressionPtr>> arguments;
};

struct Type {
  enum class Kind {
    kPrimitive,
    kString,
    kWString,
    kSequence,
    kFixed,
    kMap,
    kNamed,
    /// A struct, union or enum defined in place.
    kDefinition,
  };
  Kind kind = Kind::kPrimitive;
  Location location;
  Primitive primitive = Primitive::kVoid;
  ScopedName name;
  /// The element of a sequence, the value of a map.
  TypePtr element;
  TypePtr key;
  /// Of a string or sequence; the digits of a fixed.
  ExpressionPtr bound;
  ExpressionPtr scale;
  DefinitionPtr definition;
};

struct Declarator {
  Name name;
  std::vector<ExpressionPtr> dimensions;
};

/// `#pragma`, or the beginning or end of an included file, between two definitions.
struct Directive {
  SourceEvent event;
};

struct Module {
  Name name;
  std::vector<DefinitionPtr> definitions;
};

struct Interface {
  Name name;
  bool is_forward = false;
  bool is_local = false;
  bool is_abstract = false;
  std::vector<ScopedName> bases;
  std::vector<DefinitionPtr> definitions;
};

struct Typedef {
  TypePtr type;
  std::vector<Declarator> declarators;
};

struct Member {
  TypePtr type;
  std::vector<Declarator> declarators;
  std::vector<Annotation> annotations;
  /// Its first token.
  Location location;
};

/// A struct or an exception.
struct Struct {
  Name name;
  bool is_exception = false;
  bool is_forward = false;
  std::vector<ScopedName> bases;
  std::vector<Member> members;
};

struct UnionCase {
  struct Label {
    Location location;
    /// Null for `default`.
    ExpressionPtr value;
  };
  std::vector<Label> labels;
  TypePtr type;
  Declarator declarator;
  std::vector<Annotation> annotations;
};

struct Union {
  Name name;
  bool is_forward = false;
  TypePtr discriminator;
  std::vector<Annotation> discriminator_annotations;
  std::vector<UnionCase> cases;
};

struct Enumerator {
  Name name;
  /// Its first token.
  Location location;
  std::vector<Annotation> annotations;
};

struct Enum {
  Name name;
  std::vector<Enumerator> enumerators;
};

using BitFlag = Enumerator;

struct Bitmask {
  Name name;
  std::vector<BitFlag> flags;
};

/// `bitfield<3, octet> name;`
struct BitField {
  Location location;
  std::vector<Annotation> annotations;
  ExpressionPtr width;
  /// May be null.
  TypePtr type;
  /// None for a gap.
  std::vector<Name> names;
};

struct Bitset {
  Name name;
  std::vector<ScopedName> bases;
  std::vector<BitField> fields;
};

struct Constant {
  TypePtr type;
  Name name;
  ExpressionPtr value;
};

struct Parameter {
  Direction direction = Direction::kIn;
  TypePtr type;
  Name name;
  std::vector<Annotation> annotations;
};

struct Operation {
  bool oneway = false;
  TypePtr result;
  Name name;
  std::vector<Parameter> parameters;
  std::vector<ScopedName> raises;
  std::vector<Token> context;
};

struct Attribute {
  bool readonly = false;
  TypePtr type;
  std::vector<Name> names;
  std::vector<ScopedName> get_raises;
  std::vector<ScopedName> set_raises;
};

struct ValueType {
  Name name;
  bool is_forward = false;
  bool is_abstract = false;
  bool is_custom = false;
  bool is_truncatable = false;
  std::vector<ScopedName> bases;
  std::vector<ScopedName> supports;
  std::vector<DefinitionPtr> definitions;
};

struct ValueBox {
  Name name;
  TypePtr type;
};

struct StateMember {
  bool is_public = false;
  TypePtr type;
  std::vector<Declarator> declarators;
};

struct Factory {
  Name name;
  std::vector<Parameter> parameters;
  std::vector<ScopedName> raises;
};

struct Native {
  Name name;
};

/// `typeid X "id";` or `typeprefix X "prefix";`
struct TypeIdentity {
  bool is_prefix = false;
  ScopedName target;
  Token text;
};

/// `import ::M;` or `import "text";`
struct Import {
  ScopedName target;
  Token text;
};

/// A component, home, eventtype, porttype or connector, of which only the name is kept.
struct Component {
  /// "component", "home", ...
  std::string construct;
  Name name;
  bool is_forward = false;
};

/// `@annotation name { ... }`: nothing depends on it.
struct AnnotationType {};

struct Definition {
  std::variant<Directive, Module, Interface, Typedef, Struct, Union, Enum, Constant, Operation,
               Attribute, ValueType, ValueBox, StateMember, Factory, Native, TypeIdentity, Bitmask,
               Bitset, Import, Component, AnnotationType>
      node;
  /// Its first token.
  Location location;
  std::vector<Annotation> annotations;
};

using Definitions = std::vector<DefinitionPtr>;

}  // namespace corbel::idl::syntax
