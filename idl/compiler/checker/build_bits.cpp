#include <algorithm>
#include <set>
#include <variant>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

constexpr std::uint32_t kMostBits = 64;

const syntax::Expression* argument_of(const std::vector<syntax::Annotation>& annotations,
                                      std::string_view name) {
  for (const syntax::Annotation& annotation : annotations) {
    if (to_string(annotation.name) == name && annotation.arguments.size() == 1) {
      return annotation.arguments.front().second.get();
    }
  }
  return nullptr;
}

// The bits of a type that a bitfield can have, or 0.
std::uint32_t width_of(const Type& type) {
  const auto* simple = as<PrimitiveType>(resolve_typedefs(type));
  if (simple == nullptr) return 0;
  switch (simple->primitive) {
    case Primitive::kBoolean:
      return 1;
    case Primitive::kOctet:
    case Primitive::kInt8:
    case Primitive::kUInt8:
      return 8;
    case Primitive::kShort:
    case Primitive::kUShort:
      return 16;
    case Primitive::kLong:
    case Primitive::kULong:
      return 32;
    case Primitive::kLongLong:
    case Primitive::kULongLong:
      return 64;
    default:
      return 0;
  }
}

std::uint32_t bits_of(const Bitset& bitset) {
  std::uint32_t bits = bitset.base == nullptr ? 0 : bits_of(*bitset.base);
  for (const BitField& field : bitset.fields) bits += field.width;
  return bits;
}

}  // namespace

void TreeBuilder::on(const syntax::Bitmask& node) {
  auto* bitmask = make_declaration<Bitmask>(node.name);
  if (names_.declare(node.name, bitmask) != nullptr) list(*bitmask);
  const std::uint32_t bound = bit_bound(*bitmask);
  bitmask->bound = static_cast<std::uint16_t>(bound);
  names_.open(Scope::Kind::kMembers, node.name.text, bitmask);
  std::set<std::uint32_t> taken;
  std::uint32_t next = 0;
  for (const syntax::BitFlag& flag : node.flags) {
    begin_part(flag.location, flag.annotations);
    if (const syntax::Expression* given = argument_of(flag.annotations, "position")) {
      const auto position = constants_.evaluate_size(*given, "a position", 0, kMostBits - 1);
      if (!position) continue;
      next = *position;
    }
    // The flag needs a declaration only to find two of the same name.
    auto* made = make_declaration<Member>(flag.name);
    if (names_.declare(flag.name, made) == nullptr) continue;
    const std::uint32_t position = next++;
    if (position >= bound) {
      reporter_.error(flag.name.location, "position " + std::to_string(position) +
                                              " does not fit into the " + std::to_string(bound) +
                                              " bits of this bitmask");
    } else if (!taken.insert(position).second) {
      reporter_.error(flag.name.location, "another flag of this bitmask has position " +
                                              std::to_string(position) + " already");
    }
    bitmask->flags.push_back({made->name, static_cast<std::uint16_t>(position), made->location,
                              made->documentation, made->annotations});
  }
  names_.leave();
}

std::uint32_t TreeBuilder::bit_bound(const Bitmask& bitmask) {
  for (const Annotation& annotation : bitmask.annotations) {
    if (annotation.name != "bit_bound") continue;
    const std::uint64_t* bound =
        annotation.parameters.size() != 1
            ? nullptr
            : std::get_if<std::uint64_t>(&annotation.parameters.front().second);
    if (bound != nullptr && *bound >= 1 && *bound <= kMostBits) {
      return static_cast<std::uint32_t>(*bound);
    }
    reporter_.error(bitmask.location, "expected @bit_bound of 1 to 64 before this bitmask");
    return kMostBits;
  }
  return bitmask.bound;
}

void TreeBuilder::on(const syntax::Bitset& node) {
  const Bitset* base = nullptr;
  if (!node.bases.empty()) {
    const Entry* entry = names_.resolve(node.bases.front(), NameTable::Counts::kNotAsUse);
    if (entry != nullptr && entry->kind != Entry::Kind::kBroken) {
      base = as<Bitset>(entry->declaration);
      if (base == nullptr) {
        reporter_.error(node.bases.front().location(),
                        "expected a bitset to inherit from, found the " + describe(*entry));
      }
    }
  }
  auto* bitset = make_declaration<Bitset>(node.name);
  bitset->base = base;
  if (base != nullptr && !note_inheritance(*bitset, node.name, {base})) bitset->base = nullptr;
  if (names_.declare(node.name, bitset) != nullptr) list(*bitset);
  Scope& scope = names_.open(Scope::Kind::kMembers, node.name.text, bitset);
  if (bitset->base != nullptr) scope.bases = scopes_of({base});
  scopes_[bitset] = &scope;
  std::uint32_t bits = bits_of(*bitset);
  for (const syntax::BitField& field : node.fields) bit_field(field, *bitset, bits);
  names_.leave();
}

void TreeBuilder::bit_field(const syntax::BitField& node, Bitset& bitset, std::uint32_t& bits) {
  begin_part(node.location, node.annotations);
  const auto width = constants_.evaluate_size(*node.width, "a width", 1, kMostBits);
  const Type* its_type = node.type == nullptr ? nullptr : type(*node.type);
  if (!width || (node.type != nullptr && its_type == nullptr)) return;
  const std::uint32_t room = its_type == nullptr ? kMostBits : width_of(*its_type);
  if (room == 0) {
    reporter_.error(node.type->location,
                    "a bitfield cannot have this type: expected boolean, octet or an integer");
  } else if (*width > room) {
    reporter_.error(node.width->location, std::to_string(*width) +
                                              " bits do not fit into this type, which has " +
                                              std::to_string(room));
  }
  const std::size_t count = std::max<std::size_t>(node.names.size(), 1);
  for (std::size_t i = 0; i < count; ++i) {
    BitField field{"", static_cast<std::uint16_t>(*width), its_type, node.location, "", {}};
    if (i < node.names.size()) {
      auto* made = make_declaration<Member>(node.names[i]);
      if (names_.declare(node.names[i], made) == nullptr) continue;
      field.name = made->name;
      field.location = made->location;
      field.documentation = made->documentation;
      field.annotations = made->annotations;
    }
    bitset.fields.push_back(std::move(field));
    const bool fitted = bits <= kMostBits;
    bits += *width;
    if (bits > kMostBits && fitted) {
      reporter_.error(bitset.fields.back().location,
                      "this bitset has more than 64 bits from here on");
    }
  }
}

}  // namespace corbel::idl
