#include <orb/cdr/typecode_node.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace corbel::detail {
namespace {

using enum TCKind;

constexpr std::size_t kKinds = 34;

std::uint32_t saturated(std::uint64_t size) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(size, std::numeric_limits<std::uint32_t>::max()));
}

struct Layout {
  std::uint32_t size;
  std::uint8_t alignment;
};

Layout basic_layout(TCKind kind) {
  switch (kind) {
    case tk_null:
    case tk_void:
      return {0, 1};
    case tk_boolean:
    case tk_char:
    case tk_octet:
      return {1, 1};
    case tk_wchar:
      return {2, 2};
    case tk_short:
    case tk_ushort:
      return {2, 2};
    case tk_long:
    case tk_ulong:
    case tk_float:
    case tk_enum:
    case tk_string:
    case tk_wstring:
    case tk_Principal:
      return {4, 4};
    case tk_longlong:
    case tk_ulonglong:
    case tk_double:
      return {8, 8};
    case tk_longdouble:
      return {16, 8};
    case tk_any:
    case tk_TypeCode:
    case tk_value:
    case tk_value_box:
      return {4, 8};
    case tk_abstract_interface:
      return {5, 8};
    case tk_objref:
      return {8, 4};
    default:
      return {0, 8};
  }
}

Layout members_layout(const TypeCodeNode& node) {
  std::uint64_t size = 0;
  std::uint8_t alignment = node.kind == tk_except ? 4 : 1;
  for (const auto& member : node.members) {
    size += member.type->smallest_size;
    alignment = std::max(alignment, member.type->alignment);
  }
  return {saturated(size), alignment};
}

Layout layout(const TypeCodeNode& node) {
  switch (node.kind) {
    case tk_struct:
    case tk_except:
      return members_layout(node);
    case tk_union: {
      const Layout members = members_layout(node);
      return {node.content->smallest_size, std::max(members.alignment, node.content->alignment)};
    }
    case tk_sequence:
      return {4, std::max<std::uint8_t>(4, node.content->alignment)};
    case tk_array:
      return {saturated(std::uint64_t{node.length} * node.content->smallest_size),
              node.content->alignment};
    case tk_alias:
      return {node.content->smallest_size, node.content->alignment};
    case tk_fixed:
      return {(node.digits + 2u) / 2u, 1};
    default:
      return basic_layout(node.kind);
  }
}

bool is_basic(TCKind kind) {
  switch (kind) {
    case tk_null:
    case tk_void:
    case tk_short:
    case tk_long:
    case tk_ushort:
    case tk_ulong:
    case tk_float:
    case tk_double:
    case tk_boolean:
    case tk_char:
    case tk_octet:
    case tk_any:
    case tk_TypeCode:
    case tk_Principal:
    case tk_longlong:
    case tk_ulonglong:
    case tk_longdouble:
    case tk_wchar:
    case tk_string:
    case tk_wstring:
      return true;
    default:
      return false;
  }
}

}  // namespace

TypeCode share(std::shared_ptr<TypeCodeArena> arena, const TypeCodeNode& root) {
  return TypeCode(std::shared_ptr<const TypeCodeNode>(std::move(arena), &root));
}

void finish(TypeCodeNode& node) {
  const Layout shape = layout(node);
  node.smallest_size = shape.size;
  node.alignment = shape.alignment;
  if (node.kind != tk_union) return;
  node.labels.clear();
  for (std::uint32_t i = 0; i < node.members.size(); ++i) {
    if (static_cast<std::int64_t>(i) != node.default_index)
      node.labels.emplace_back(node.members[i].label, i);
  }
  std::sort(node.labels.begin(), node.labels.end());
}

const TypeCodeNode* basic_node(TCKind kind) noexcept {
  if (!is_basic(kind)) return nullptr;
  // Never destroyed: type codes in static storage may outlive it otherwise.
  static const auto& nodes = *[] {
    auto* made = new std::array<TypeCodeNode, kKinds>;
    for (std::size_t i = 0; i < kKinds; ++i) {
      if (!is_basic(static_cast<TCKind>(i))) continue;
      (*made)[i].kind = static_cast<TCKind>(i);
      finish((*made)[i]);
    }
    return made;
  }();
  return &nodes[static_cast<std::size_t>(kind)];
}

const TypeCodeNode::Member* select_member(const TypeCodeNode& union_node,
                                          std::int64_t label) noexcept {
  const auto found = std::lower_bound(union_node.labels.begin(), union_node.labels.end(),
                                      std::pair{label, std::uint32_t{0}});
  if (found != union_node.labels.end() && found->first == label)
    return &union_node.members[found->second];
  if (union_node.default_index < 0) return nullptr;
  return &union_node.members[static_cast<std::size_t>(union_node.default_index)];
}

bool is_discriminator(TCKind kind) noexcept {
  switch (kind) {
    case tk_short:
    case tk_long:
    case tk_ushort:
    case tk_ulong:
    case tk_longlong:
    case tk_ulonglong:
    case tk_boolean:
    case tk_char:
    case tk_wchar:
    case tk_octet:
    case tk_enum:
      return true;
    default:
      return false;
  }
}

std::string_view kind_name(TCKind kind) noexcept {
  static constexpr std::string_view kNames[kKinds] = {
      "tk_null",           "tk_void",       "tk_short",
      "tk_long",           "tk_ushort",     "tk_ulong",
      "tk_float",          "tk_double",     "tk_boolean",
      "tk_char",           "tk_octet",      "tk_any",
      "tk_TypeCode",       "tk_Principal",  "tk_objref",
      "tk_struct",         "tk_union",      "tk_enum",
      "tk_string",         "tk_sequence",   "tk_array",
      "tk_alias",          "tk_except",     "tk_longlong",
      "tk_ulonglong",      "tk_longdouble", "tk_wchar",
      "tk_wstring",        "tk_fixed",      "tk_value",
      "tk_value_box",      "tk_native",     "tk_abstract_interface",
      "tk_local_interface"};
  const auto index = static_cast<std::size_t>(kind);
  return index < kKinds ? kNames[index] : "unresolved recursive type";
}

}  // namespace corbel::detail
