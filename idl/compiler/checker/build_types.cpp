#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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

// The integer types of IDL 4.2 are names like any other: files that declare such a name mean
// theirs.
std::optional<Primitive> sized_integer(const syntax::ScopedName& name) {
  static constexpr std::array<std::pair<std::string_view, Primitive>, 8> kTypes{{
      {"int8", Primitive::kInt8},
      {"uint8", Primitive::kUInt8},
      {"int16", Primitive::kShort},
      {"uint16", Primitive::kUShort},
      {"int32", Primitive::kLong},
      {"uint32", Primitive::kULong},
      {"int64", Primitive::kLongLong},
      {"uint64", Primitive::kULongLong},
  }};
  if (name.absolute || name.parts.size() != 1) return std::nullopt;
  for (const auto& [spelling, primitive] : kTypes) {
    if (name.parts.front().text == spelling) return primitive;
  }
  return std::nullopt;
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
      return make(PrimitiveType{node.primitive}, {});
    case Kind::kString:
    case Kind::kWString:
      return string_type(node);
    case Kind::kSequence:
      return sequence_type(node);
    case Kind::kFixed:
      return fixed_type(node);
    case Kind::kMap:
      return map_type(node);
    case Kind::kNamed:
      return named_type(node);
    case Kind::kDefinition:
      return defined_in_place(node);
  }
  return nullptr;
}

const Type* TreeBuilder::named_type(const syntax::Type& node) {
  const auto integer = sized_integer(node.name);
  if (integer && names_.find_quietly(node.name) == nullptr) {
    return make(PrimitiveType{*integer}, {});
  }
  Entry* entry = names_.resolve(node.name);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return nullptr;
  if (entry->kind == Entry::Kind::kTypeCode) {
    return make(PrimitiveType{Primitive::kTypeCode}, {});
  }
  if (!is_type(entry->declaration)) {
    reporter_.error(node.location, "expected a type, found the " + describe(*entry));
    return nullptr;
  }
  TypeFacts::Facts facts = facts_.of(*entry->declaration);
  if (!is_defined(*entry->declaration)) facts.needs = entry->declaration;
  if (const auto* alias = as<Typedef>(entry->declaration)) {
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

const Type* TreeBuilder::map_type(const syntax::Type& node) {
  const Type* key = type(*node.key);
  const Type* value = type(*node.element);
  std::uint32_t bound = 0;
  if (node.bound) {
    const auto given = constants_.evaluate_bound(*node.bound, "a bound");
    if (!given) return nullptr;
    bound = *given;
  }
  if (key == nullptr || value == nullptr) return nullptr;
  const TypeFacts::Facts of_key = facts_.of(*key);
  TypeFacts::Facts facts = facts_.of(*value);
  facts.depth = std::max(facts.depth, of_key.depth) + 1;
  if (facts.local == nullptr) facts.local = of_key.local;
  if (of_key.needs != nullptr || of_key.sequence_of != nullptr) {
    is_complete(*key, node.key->location);
    return nullptr;
  }
  if (facts.needs != nullptr) facts.sequence_of = std::exchange(facts.needs, nullptr);
  if (!check_depth(facts.depth, node.location)) return nullptr;
  return make(MapType{key, value, bound}, facts);
}

const Type* TreeBuilder::fixed_type(const syntax::Type& node) {
  if (!node.bound) {
    reporter_.error(node.location, "expected the digits and the scale, as in fixed<10, 2>");
    return nullptr;
  }
  const auto digits = constants_.evaluate_size(*node.bound, "a number of digits", 1, 31);
  const auto scale = constants_.evaluate_size(*node.scale, "a scale", 0, 31);
  if (!digits || !scale) return nullptr;
  if (*scale > *digits) {
    reporter_.error(node.scale->location, "a scale of " + std::to_string(*scale) +
                                              " is more than the " + std::to_string(*digits) +
                                              " digits there are");
    return nullptr;
  }
  return make(FixedType{static_cast<std::uint16_t>(*digits), static_cast<std::int16_t>(*scale)},
              {});
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
  std::vector<Annotation> around = std::move(annotations_);
  const std::size_t errors = reporter_.diagnostics().error_count();
  definition(*node.definition);
  definition_begin_ = begin;
  annotations_ = std::move(around);
  if (reporter_.diagnostics().error_count() != errors) return nullptr;
  const auto* made = names_.current().definitions->back();
  const TypeFacts::Facts facts = facts_.of(*made);
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
  const Declaration* missing = facts.needs != nullptr ? facts.needs : facts.sequence_of;
  if (missing == nullptr) return true;
  const std::string name = "'" + missing->name + "'";
  const std::string thing = kind_name(missing->kind) + (" " + name);
  if (being_defined_.contains(missing)) {
    reporter_.error(where, thing + " cannot contain itself: expected a sequence of it");
  } else {
    reporter_.error(where, thing +
                               " is only announced so far: expected its definition before this use"
                               " (a sequence of it may be a member of a struct)");
    reporter_.note(missing->location, name + " is announced here");
  }
  return false;
}

const Type* TreeBuilder::parameter_type(const syntax::Type& node) {
  using Kind = syntax::Type::Kind;
  const bool is_fixed = node.kind == Kind::kFixed;
  if (is_fixed || node.kind == Kind::kSequence || node.kind == Kind::kMap) {
    const std::string what = is_fixed ? "fixed" : node.kind == Kind::kSequence ? "sequence" : "map";
    reporter_.error(node.location, "a parameter, result or attribute cannot be a " + what +
                                       " without a name: expected a typedef of it");
    return nullptr;
  }
  const Type* found = type(node);
  if (found == nullptr || !is_complete(*found, node.location)) return nullptr;
  return found;
}

}  // namespace corbel::idl
