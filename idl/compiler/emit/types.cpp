#include "idl/compiler/emit/types.hpp"

#include <algorithm>
#include <limits>

#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/unsupported.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

struct PrimitiveInfo {
  Primitive primitive;
  const char* cpp;
  bool in_std;
  unsigned size;
  bool bulk;
};

// `bulk` elements are the same octets in memory and on the wire (cdr::Bulk).
constexpr PrimitiveInfo kPrimitives[] = {
    {Primitive::kVoid, "void", false, 0, false},
    {Primitive::kBoolean, "bool", false, 1, false},
    {Primitive::kOctet, "uint8_t", true, 1, true},
    {Primitive::kChar, "char", false, 1, false},
    {Primitive::kWChar, "char16_t", false, 2, false},
    {Primitive::kInt8, "int8_t", true, 1, true},
    {Primitive::kUInt8, "uint8_t", true, 1, true},
    {Primitive::kShort, "int16_t", true, 2, true},
    {Primitive::kUShort, "uint16_t", true, 2, true},
    {Primitive::kLong, "int32_t", true, 4, true},
    {Primitive::kULong, "uint32_t", true, 4, true},
    {Primitive::kLongLong, "int64_t", true, 8, true},
    {Primitive::kULongLong, "uint64_t", true, 8, true},
    {Primitive::kFloat, "float", false, 4, true},
    {Primitive::kDouble, "double", false, 8, true},
    {Primitive::kLongDouble, "long double", false, 16, false},
};

const PrimitiveInfo* info(Primitive primitive) {
  for (const PrimitiveInfo& entry : kPrimitives) {
    if (entry.primitive == primitive) return &entry;
  }
  return nullptr;
}

std::uint64_t add(std::uint64_t left, std::uint64_t right) {
  const auto most = std::numeric_limits<std::uint32_t>::max();
  return std::min<std::uint64_t>(most, left + right);
}

std::uint64_t elements(const ArrayType& array) {
  std::uint64_t count = 1;
  for (const std::uint32_t dimension : array.dimensions) {
    count = std::min<std::uint64_t>(std::numeric_limits<std::uint32_t>::max(), count * dimension);
  }
  return count;
}

bool is_undefined_interface(const Declaration& declaration) {
  const auto* interface = as<Interface>(&declaration);
  return interface != nullptr && !interface->is_defined;
}

}  // namespace

const Declaration* named_declaration(const Type& type) {
  const auto* named = as<NamedType>(resolve_typedefs(type));
  return named == nullptr ? nullptr : named->declaration;
}

bool is_local_object(const Declaration& declaration) {
  const auto* interface = as<Interface>(&declaration);
  const auto* native = as<Native>(&declaration);
  return (native != nullptr && !native->by_value) || (interface != nullptr && interface->is_local);
}

std::string bound_argument(std::uint32_t bound) {
  return bound == 0 ? "" : ", " + std::to_string(bound);
}

std::string Types::std_prefix(const Place& place) const {
  return place.in_corbel ? "std::" : names_.std_prefix();
}
std::string Types::corbel_prefix(const Place& place) const {
  return place.in_corbel ? "" : names_.corbel_prefix();
}
std::string Types::stub_prefix(const Place& place) const {
  return place.in_corbel ? "stub::" : names_.stub_prefix();
}

std::string Types::primitive(Primitive primitive, const Place& place) const {
  if (const PrimitiveInfo* entry = info(primitive)) {
    return (entry->in_std ? std_prefix(place) : "") + entry->cpp;
  }
  switch (primitive) {
    case Primitive::kAny:
      return corbel_prefix(place) + "Any";
    case Primitive::kObject:
      return corbel_prefix(place) + "Object";
    case Primitive::kTypeCode:
      return corbel_prefix(place) + "TypeCode";
    default:
      return std_prefix(place) + "shared_ptr<" + corbel_prefix(place) + "ValueBase>";
  }
}

std::string Types::array(const ArrayType& type, std::string element,
                         const std::string& of_what) const {
  for (auto dimension = type.dimensions.rbegin(); dimension != type.dimensions.rend();
       ++dimension) {
    element = of_what + "<" + element + ", " + std::to_string(*dimension) + ">";
  }
  return element;
}

std::string Types::name(const Type& type, const Place& place) const {
  if (const auto* basic = as<PrimitiveType>(type)) return primitive(basic->primitive, place);
  if (const auto* text = as<StringType>(type)) {
    return std_prefix(place) + (text->wide ? "u16string" : "string");
  }
  if (const auto* sequence = as<SequenceType>(type)) {
    return std_prefix(place) + "vector<" + name(*sequence->element, place) + ">";
  }
  if (const auto* fixed_size = as<ArrayType>(type)) {
    return array(*fixed_size, name(*fixed_size->element, place), std_prefix(place) + "array");
  }
  if (const auto* named = as<NamedType>(type)) {
    // An interface that is only announced is an object of which nothing else is known.
    if (is_undefined_interface(*named->declaration)) return corbel_prefix(place) + "Object";
    const std::string reference = names_.reference(*named->declaration, place);
    const bool is_pointer = is_local_object(*named->declaration) || is_value(*named->declaration);
    return is_pointer ? std_prefix(place) + "shared_ptr<" + reference + ">" : reference;
  }
  if (const auto* decimal = as<FixedType>(type)) {
    return corbel_prefix(place) + "Fixed<" + std::to_string(decimal->digits) + ", " +
           std::to_string(decimal->scale) + ">";
  }
  const MapType& map = *as<MapType>(type);
  return std_prefix(place) + "map<" + name(*map.key, place) + ", " + name(*map.value, place) + ">";
}

bool Types::is_small(const Type& type) const {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* basic = as<PrimitiveType>(resolved)) return info(basic->primitive) != nullptr;
  const auto* named = as<NamedType>(resolved);
  return named != nullptr && named->declaration->kind == DeclarationKind::kEnum;
}

bool Types::is_span(const Type& type) const {
  const auto* sequence = as<SequenceType>(resolve_typedefs(type));
  if (sequence == nullptr) return false;
  const auto* element = as<PrimitiveType>(resolve_typedefs(*sequence->element));
  const PrimitiveInfo* entry = element == nullptr ? nullptr : info(element->primitive);
  return entry != nullptr && entry->bulk;
}

std::string Types::span_element(const Type& type, const Place& place) const {
  return name(*as<SequenceType>(resolve_typedefs(type))->element, place);
}

std::string Types::parameter(const Type& type, const Place& place) const {
  if (is_small(type)) return name(type, place);
  if (const auto* text = as<StringType>(resolve_typedefs(type))) {
    return std_prefix(place) + (text->wide ? "u16string_view" : "string_view");
  }
  if (is_span(type)) return std_prefix(place) + "span<const " + span_element(type, place) + ">";
  return "const " + name(type, place) + "&";
}

bool Types::needs_codec(const Type& type) const {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* text = as<StringType>(resolved)) return text->bound != 0;
  if (const auto* sequence = as<SequenceType>(resolved)) {
    return sequence->bound != 0 || needs_codec(*sequence->element);
  }
  if (const auto* map = as<MapType>(resolved)) {
    return map->bound != 0 || needs_codec(*map->key) || needs_codec(*map->value);
  }
  const auto* fixed_size = as<ArrayType>(resolved);
  return fixed_size != nullptr && needs_codec(*fixed_size->element);
}

std::string Types::codec(const Type& type, const Place& place) const {
  const std::string stub = stub_prefix(place);
  if (is_primitive(type, Primitive::kVoid)) return stub + "Void";
  if (!needs_codec(type)) return stub + "Plain<" + name(type, place) + ">";
  const Type& resolved = resolve_typedefs(type);
  if (const auto* text = as<StringType>(resolved)) {
    return stub + (text->wide ? "BoundedWString<" : "BoundedString<") +
           std::to_string(text->bound) + ">";
  }
  if (const auto* sequence = as<SequenceType>(resolved)) {
    const std::string bound = bound_argument(sequence->bound);
    if (needs_codec(*sequence->element)) {
      return stub + "Sequence<" + codec(*sequence->element, place) + bound + ">";
    }
    return stub + "BoundedSequence<" + name(*sequence->element, place) + bound + ">";
  }
  if (const auto* map = as<MapType>(resolved)) {
    return stub + "Map<" + codec(*map->key, place) + ",\f" + codec(*map->value, place) +
           bound_argument(map->bound) + ">";
  }
  const ArrayType& fixed_size = *as<ArrayType>(resolved);
  return array(fixed_size, codec(*fixed_size.element, place), stub + "Array");
}

std::uint64_t Types::smallest_size(const Type& type) const {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* basic = as<PrimitiveType>(resolved)) {
    if (const PrimitiveInfo* entry = info(basic->primitive)) return entry->size;
    return basic->primitive == Primitive::kObject ? 8 : 4;
  }
  if (const auto* fixed_size = as<ArrayType>(resolved)) {
    const std::uint64_t one = smallest_size(*fixed_size->element);
    return std::min<std::uint64_t>(std::numeric_limits<std::uint32_t>::max(),
                                   one * elements(*fixed_size));
  }
  if (const auto* decimal = as<FixedType>(resolved)) return (decimal->digits + 2U) / 2U;
  const auto* named = as<NamedType>(resolved);
  if (named == nullptr) return 4;
  if (const auto* mask = as<Bitmask>(named->declaration)) return word_size(*mask);
  if (const auto* bits = as<Bitset>(named->declaration)) return word_size(*bits);
  if (const auto* definition = as<Union>(named->declaration)) {
    return smallest_size(*definition->discriminator);
  }
  if (const auto* structure = as<Struct>(named->declaration)) {
    const auto known = struct_sizes_.find(structure);
    if (known != struct_sizes_.end()) return known->second;
    std::uint64_t size = 0;
    if (structure->base != nullptr) size = smallest_size(Type{NamedType{structure->base}});
    for (const Member* member : structure->members) size = add(size, smallest_size(*member->type));
    return struct_sizes_[structure] = size;
  }
  const auto* interface = as<Interface>(named->declaration);
  if (interface == nullptr) return 4;
  return interface->is_abstract && interface->is_defined ? 5 : 8;
}

}  // namespace corbel::idl
