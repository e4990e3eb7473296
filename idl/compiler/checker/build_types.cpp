#include <algorithm>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

bool is_type(const Declaration* declaration) {
  if (declaration == nullptr) return false;
  switch (declaration->kind) {
    case DeclarationKind::kInterface:
    case DeclarationKind::kTypedef:
    case DeclarationKind::kStruct:
    case DeclarationKind::kUnion:
    case DeclarationKind::kEnum:
    case DeclarationKind::kValueType:
    case DeclarationKind::kValueBox:
    case DeclarationKind::kNative:
    case DeclarationKind::kBitmask:
    case DeclarationKind::kBitset:
      return true;
    default:
      return false;
  }
}

}  // namespace

const Type* TreeBuilder::make(Type::Variant value, const TypeFacts::Facts& facts) {
  const Type* made = file_.make_type(std::move(value));
  facts_.set(*made, facts);
  return made;
}

bool TreeBuilder::check_depth(std::uint32_t depth, const Location& where) {
  if (depth <= TypeFacts::kMaxDepth) return true;
  reporter_.error(where, "types are nested more than 128 deep here");
  return false;
}

const Type* TreeBuilder::type(const syntax::Type& node) {
  using Kind = syntax::Type::Kind;
  switch (node.kind) {
    case Kind::kPrimitive:
      if (node.primitive == Primitive::kValueBase) {
        refuse(node.location, "the type ValueBase is");
        return nullptr;
      }
      return make(PrimitiveType{node.primitive}, {});
    case Kind::kString:
    case Kind::kWString:
      return string_type(node);
    case Kind::kSequence:
      return sequence_type(node);
    case Kind::kFixed:
      refuse(node.location, "the type fixed is");
      return nullptr;
    case Kind::kMap:
      refuse(node.location, "the type map is");
      return nullptr;
    case Kind::kNamed:
      return named_type(node);
    case Kind::kDefinition:
      return defined_in_place(node);
  }
  return nullptr;
}

const Type* TreeBuilder::named_type(const syntax::Type& node) {
  Entry* entry = names_.resolve(node.name);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return nullptr;
  if (entry->kind == Entry::Kind::kTypeCode) {
    refuse(node.location, "the type CORBA::TypeCode is");
    return nullptr;
  }
  if (!is_type(entry->declaration)) {
    reporter_.error(node.location, "expected a type, found the " + describe(*entry));
    return nullptr;
  }
  TypeFacts::Facts facts;
  facts.depth = facts_.depth_of(*entry->declaration);
  if (const auto* structure = as<Struct>(entry->declaration)) {
    if (!structure->is_defined) facts.needs = structure;
  } else if (const auto* alias = as<Typedef>(entry->declaration)) {
    facts = facts_.of(*alias->type);
    ++facts.depth;
  }
  if (!check_depth(facts.depth, node.location)) return nullptr;
  return make(NamedType{entry->declaration}, facts);
}

const Type* TreeBuilder::sequence_type(const syntax::Type& node) {
  const Type* element = type(*node.element);
  std::uint32_t bound = 0;
  if (node.bound) {
    const auto value = constants_.evaluate_bound(*node.bound, "a bound");
    if (!value) return nullptr;
    bound = *value;
  }
  if (element == nullptr) return nullptr;
  TypeFacts::Facts facts = facts_.of(*element);
  ++facts.depth;
  if (facts.needs != nullptr) facts.sequence_of = std::exchange(facts.needs, nullptr);
  if (!check_depth(facts.depth, node.location)) return nullptr;
  return make(SequenceType{element, bound}, facts);
}

const Type* TreeBuilder::string_type(const syntax::Type& node) {
  StringType made;
  made.wide = node.kind == syntax::Type::Kind::kWString;
  if (node.bound) {
    const auto value = constants_.evaluate_bound(*node.bound, "a bound");
    if (!value) return nullptr;
    made.bound = *value;
  }
  return make(made, {});
}

const Type* TreeBuilder::defined_in_place(const syntax::Type& node) {
  const Location begin = definition_begin_;
  const std::size_t errors = reporter_.diagnostics().error_count();
  definition_begin_ = node.location;
  definition(*node.definition);
  definition_begin_ = begin;
  if (reporter_.diagnostics().error_count() != errors) return nullptr;
  const auto* made = names_.current().definitions->back();
  TypeFacts::Facts facts;
  facts.depth = facts_.depth_of(*made);
  if (!check_depth(facts.depth, node.location)) return nullptr;
  return make(NamedType{made}, facts);
}

const Type* TreeBuilder::array_type(const Type* type, const syntax::Declarator& declarator) {
  if (declarator.dimensions.empty()) return type;
  ArrayType array;
  array.element = type;
  for (const syntax::ExpressionPtr& dimension : declarator.dimensions) {
    const auto value = constants_.evaluate_bound(*dimension, "an array size");
    if (!value) return nullptr;
    array.dimensions.push_back(*value);
  }
  TypeFacts::Facts facts = facts_.of(*type);
  facts.depth += static_cast<std::uint32_t>(array.dimensions.size());
  if (!check_depth(facts.depth, declarator.name.location)) return nullptr;
  return make(std::move(array), facts);
}

bool TreeBuilder::is_complete(const Type& type, const Location& where) {
  const TypeFacts::Facts facts = facts_.of(type);
  const Struct* missing = facts.needs != nullptr ? facts.needs : facts.sequence_of;
  if (missing == nullptr) return true;
  const std::string name = "'" + missing->name + "'";
  if (being_defined_.contains(missing)) {
    reporter_.error(where, "struct " + name + " cannot contain itself: expected a sequence of it");
  } else {
    reporter_.error(where, "struct " + name +
                               " is only announced so far: expected its definition before this use"
                               " (a sequence of it may be a member of a struct)");
    reporter_.note(missing->location, name + " is announced here");
  }
  return false;
}

const Type* TreeBuilder::parameter_type(const syntax::Type& node) {
  using Kind = syntax::Type::Kind;
  if (node.kind == Kind::kSequence || node.kind == Kind::kMap) {
    reporter_.error(node.location,
                    "a parameter, result or attribute cannot be a sequence without a name: "
                    "expected a typedef of it");
    return nullptr;
  }
  const Type* found = type(node);
  if (found == nullptr || !is_complete(*found, node.location)) return nullptr;
  return found;
}

}  // namespace corbel::idl
