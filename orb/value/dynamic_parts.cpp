#include <orb/cdr/value_visitor.hpp>
#include <orb/value/dynamic_content.hpp>

#include <cstring>

namespace corbel {

using detail::DynamicParts;
using detail::PackedElements;
using detail::PartList;
using detail::UnionContent;
using detail::ValueLink;
using enum TCKind;

namespace {

[[noreturn]] void no_parts(const DynamicValue& value) {
  if (value.is_null()) throw BadParam("a null " + value.type().to_string() + " has no parts");
  throw BadTypecode("a value of type " + value.type().to_string() + " has no parts");
}

[[noreturn]] void out_of_range(const DynamicValue& value, std::size_t index) {
  throw BadParam("part " + std::to_string(index) + " of a " + value.type().to_string() + " of " +
                 std::to_string(value.size()));
}

std::size_t element_size(const DynamicValue& list) {
  const auto& node = DynamicParts::node(list);
  return node.kind == tk_Principal ? 1
                                   : cdr::packed_size(detail::strip_aliases(*node.content).kind);
}

template <class T>
DynamicValue unpacked(const TypeCode& type, const std::byte* from) {
  if constexpr (std::is_same_v<T, bool>) {
    return DynamicParts::make(type, *from != std::byte{0});
  } else {
    T value;
    std::memcpy(&value, from, sizeof(T));
    return DynamicParts::make(type, value);
  }
}

}  // namespace

namespace detail {

DynamicValue packed_element(const DynamicValue& sequence, std::size_t index) {
  const auto& node = DynamicParts::node(sequence);
  const auto& packed = *DynamicParts::get_if<PackedElements>(sequence);
  const std::byte* from = packed.octets.data() + index * element_size(sequence);
  if (node.kind == tk_Principal) return unpacked<std::uint8_t>(TypeCode(tk_octet), from);
  const TypeCode type = DynamicParts::part_type(sequence, node.content);
  switch (strip_aliases(*node.content).kind) {
    case tk_boolean:
      return unpacked<bool>(type, from);
    case tk_char:
      return unpacked<char>(type, from);
    case tk_octet:
      return unpacked<std::uint8_t>(type, from);
    case tk_short:
      return unpacked<std::int16_t>(type, from);
    case tk_ushort:
      return unpacked<std::uint16_t>(type, from);
    case tk_long:
      return unpacked<std::int32_t>(type, from);
    case tk_ulong:
      return unpacked<std::uint32_t>(type, from);
    case tk_float:
      return unpacked<float>(type, from);
    case tk_longlong:
      return unpacked<std::int64_t>(type, from);
    case tk_ulonglong:
      return unpacked<std::uint64_t>(type, from);
    default:
      return unpacked<double>(type, from);
  }
}

void set_packed_element(DynamicValue& sequence, std::size_t index, const DynamicValue& element) {
  const auto& node = DynamicParts::node(sequence);
  const TypeCode type = node.kind == tk_Principal ? TypeCode(tk_octet)
                                                  : DynamicParts::part_type(sequence, node.content);
  const DynamicValue fitting = converted(element, type);
  const std::size_t size = element_size(sequence);
  std::byte* to = DynamicParts::own<PackedElements>(sequence).octets.data() + index * size;
  std::visit(
      [&]<class T>(const T& data) {
        if constexpr (std::is_arithmetic_v<T>) std::memcpy(to, &data, sizeof(T));
      },
      DynamicParts::content(fitting).data);
}

}  // namespace detail

std::size_t DynamicValue::size() const {
  if (const auto* list = DynamicParts::get_if<PartList>(*this))
    return kind() == tk_any ? list->parts.front().size() : list->parts.size();
  if (const auto* packed = DynamicParts::get_if<PackedElements>(*this))
    return packed->octets.size() / element_size(*this);
  if (const auto* content = DynamicParts::get_if<UnionContent>(*this))
    return content->parts.size() - 1;
  if (const auto* link = DynamicParts::get_if<ValueLink>(*this)) {
    if (link->is_null()) return 0;
    const auto state = state_of(*link);
    return kind() == tk_value_box ? state->parts.front().size() : state->parts.size();
  }
  return 0;
}

DynamicValue DynamicValue::operator[](std::size_t index) const {
  if (kind() == tk_any || (kind() == tk_value_box && !is_null())) return content()[index];
  if (const auto* link = DynamicParts::get_if<ValueLink>(*this); link != nullptr && !is_null()) {
    const auto state = state_of(*link);
    if (index >= state->parts.size()) out_of_range(*this, index);
    return state->parts[index];
  }
  if (index >= size()) {
    if (size() == 0 && DynamicParts::get_if<PartList>(*this) == nullptr &&
        DynamicParts::get_if<PackedElements>(*this) == nullptr && kind() != tk_union) {
      no_parts(*this);
    }
    out_of_range(*this, index);
  }
  if (const auto* list = DynamicParts::get_if<PartList>(*this)) return list->parts[index];
  if (const auto* content = DynamicParts::get_if<UnionContent>(*this))
    return content->parts[index + 1];
  return detail::packed_element(*this, index);
}

const std::string& DynamicValue::name(std::size_t index) const {
  const auto& node = DynamicParts::node(*this);
  if (node.kind == tk_any || (node.kind == tk_value_box && !is_null())) {
    const DynamicValue inner = content();
    // The name belongs to the type, which this value keeps alive through what it holds.
    return inner.name(index);
  }
  if (index >= size()) out_of_range(*this, index);
  switch (node.kind) {
    case tk_struct:
    case tk_except:
    case tk_value:
      if (node.kind != tk_value) return node.members[index].name;
      return detail::state_members(
                 *state_of(*DynamicParts::get_if<ValueLink>(*this))->type.node())[index]
          ->name;
    case tk_union:
      return node.members[DynamicParts::get_if<UnionContent>(*this)->member].name;
    default:
      throw BadTypecode("the parts of a " + type_.to_string() + " have no names");
  }
}

DynamicValue DynamicValue::discriminator() const {
  if (kind() == tk_any) return content().discriminator();
  const auto* data = DynamicParts::get_if<UnionContent>(*this);
  if (data == nullptr) throw BadTypecode("a " + type_.to_string() + " has no discriminator");
  return data->parts.front();
}

void DynamicValue::set_discriminator(const DynamicValue& label) {
  const auto* before = DynamicParts::get_if<UnionContent>(*this);
  if (before == nullptr) throw BadTypecode("a " + type_.to_string() + " has no discriminator");
  const auto& node = DynamicParts::node(*this);
  DynamicValue fitting = detail::converted(label, DynamicParts::part_type(*this, node.content));
  const auto number = std::visit(
      []<class T>(const T& data) -> std::int64_t {
        if constexpr (std::is_same_v<T, char>) {
          return static_cast<unsigned char>(data);
        } else if constexpr (std::is_integral_v<T>) {
          return static_cast<std::int64_t>(data);
        } else {
          return 0;
        }
      },
      DynamicParts::content(fitting).data);
  const auto* member = detail::select_member(node, number);
  UnionContent after{{std::move(fitting)}, 0};
  if (member != nullptr) {
    after.member = static_cast<std::uint32_t>(member - node.members.data());
    const bool same =
        before->parts.size() == 2 &&
        (before->member == after.member || node.members[before->member].name == member->name);
    after.parts.push_back(same ? before->parts[1]
                               : DynamicValue(DynamicParts::part_type(*this, member->type)));
  }
  *this = DynamicParts::make(type_, std::move(after));
}

}  // namespace corbel
