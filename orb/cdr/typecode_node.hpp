#pragma once

#include <corbel/typecode.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace corbel::detail {

/// Not a kind on the wire: stands for the enclosing type of the same id until that type is made.
inline constexpr TCKind kPlaceholder = static_cast<TCKind>(0xfffffffe);

/// One type of a type description. Nodes point at each other freely, recursive types in circles: an
/// arena owns them, and whoever holds a node holds its arena. Immutable once the arena is shared.
struct TypeCodeNode {
  struct Member {
    std::string name;
    const TypeCodeNode* type = nullptr;
    std::int64_t label = 0;       // unions
    std::int16_t visibility = 1;  // valuetypes
  };

  TCKind kind = TCKind::tk_null;
  std::string id;
  std::string name;
  std::uint32_t length = 0;               // bound, array length
  const TypeCodeNode* content = nullptr;  // element, original, boxed, discriminator, concrete base
  std::int32_t default_index = -1;
  std::uint16_t digits = 0;
  std::int16_t scale = 0;
  std::int16_t modifier = 0;
  std::vector<Member> members;

  // Derived by finish().
  std::vector<std::pair<std::int64_t, std::uint32_t>> labels;  // sorted: label, member
  std::uint32_t smallest_size = 0;                             // octets on the wire, at least
  std::uint8_t alignment = 8;    // no part is aligned to more (8 where unknown)
  bool has_placeholder = false;  // itself or below
};

/// Owns the nodes made together and keeps alive the arenas that they point into.
struct TypeCodeArena {
  std::deque<TypeCodeNode> nodes;
  std::vector<std::shared_ptr<const TypeCodeNode>> parts;

  TypeCodeNode& make(TCKind kind) {
    nodes.emplace_back().kind = kind;
    return nodes.back();
  }
};

/// The node as a TypeCode that keeps its arena alive.
TypeCode share(std::shared_ptr<TypeCodeArena> arena, const TypeCodeNode& root);

/// Fills in what is derived from the other members, once they are complete.
void finish(TypeCodeNode& node);

/// The node of a type without parameters; lives for ever. Null for other kinds.
const TypeCodeNode* basic_node(TCKind kind) noexcept;

/// The type behind aliases.
inline const TypeCodeNode& strip_aliases(const TypeCodeNode& node) noexcept {
  const TypeCodeNode* at = &node;
  while (at->kind == TCKind::tk_alias) at = at->content;
  return *at;
}

/// The member that a discriminator value selects: labelled, else default, else none.
const TypeCodeNode::Member* select_member(const TypeCodeNode& union_node,
                                          std::int64_t label) noexcept;

/// A kind that may be the type of a union's discriminator.
bool is_discriminator(TCKind kind) noexcept;

/// "tk_struct".
std::string_view kind_name(TCKind kind) noexcept;

/// "bank::Point", from the repository id if it tells, else from the name.
std::string scoped_name(std::string_view id, std::string_view name);

/// How two descriptions are compared.
enum class Likeness {
  equal,       ///< all parts, names too
  equivalent,  ///< CORBA equivalent(): two ids decide
  same_octets  ///< ids must not differ and the values must look the same on the wire
};
bool alike(const TypeCodeNode& left, const TypeCodeNode& right, Likeness likeness);

}  // namespace corbel::detail
