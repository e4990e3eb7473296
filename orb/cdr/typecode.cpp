#include <corbel/exceptions.hpp>
#include <orb/cdr/typecode_node.hpp>

#include <initializer_list>

namespace corbel {
namespace {

using detail::TypeCodeNode;
using enum TCKind;

const TypeCodeNode& checked(const TypeCode& type, std::initializer_list<TCKind> kinds,
                            const char* part) {
  for (const TCKind kind : kinds) {
    if (type.kind() == kind) return *type.node();
  }
  throw BadTypecode("a " + std::string(detail::kind_name(type.kind())) + " has no " + part);
}

const TypeCodeNode::Member& member_at(const TypeCodeNode& node, std::uint32_t index) {
  if (index >= node.members.size()) {
    throw BadParam("member " + std::to_string(index) + " of a type with " +
                   std::to_string(node.members.size()));
  }
  return node.members[index];
}

TypeCode part_of(const TypeCode& whole, const TypeCodeNode* part) {
  return TypeCode(std::shared_ptr<const TypeCodeNode>(whole.node(), part));
}

const TypeCodeNode& named(const TypeCode& type, const char* part) {
  return checked(type,
                 {tk_objref, tk_struct, tk_union, tk_enum, tk_alias, tk_except, tk_value,
                  tk_value_box, tk_native, tk_abstract_interface, tk_local_interface},
                 part);
}

}  // namespace

TCKind TypeCode::kind() const noexcept { return node_->kind; }

const std::string& TypeCode::id() const { return named(*this, "id").id; }
const std::string& TypeCode::name() const { return named(*this, "name").name; }

std::uint32_t TypeCode::member_count() const {
  const auto& node = checked(*this, {tk_struct, tk_union, tk_enum, tk_except, tk_value}, "members");
  return static_cast<std::uint32_t>(node.members.size());
}
const std::string& TypeCode::member_name(std::uint32_t index) const {
  return member_at(checked(*this, {tk_struct, tk_union, tk_enum, tk_except, tk_value}, "members"),
                   index)
      .name;
}
TypeCode TypeCode::member_type(std::uint32_t index) const {
  const auto& node = checked(*this, {tk_struct, tk_union, tk_except, tk_value}, "member types");
  return part_of(*this, member_at(node, index).type);
}
std::int64_t TypeCode::member_label(std::uint32_t index) const {
  return member_at(checked(*this, {tk_union}, "labels"), index).label;
}
std::int16_t TypeCode::member_visibility(std::uint32_t index) const {
  return member_at(checked(*this, {tk_value}, "visibility"), index).visibility;
}
TypeCode TypeCode::discriminator_type() const {
  return part_of(*this, checked(*this, {tk_union}, "discriminator").content);
}
std::int32_t TypeCode::default_index() const {
  return checked(*this, {tk_union}, "default index").default_index;
}
std::uint32_t TypeCode::length() const {
  return checked(*this, {tk_string, tk_wstring, tk_sequence, tk_array}, "length").length;
}
TypeCode TypeCode::content_type() const {
  return part_of(
      *this,
      checked(*this, {tk_sequence, tk_array, tk_alias, tk_value_box}, "content type").content);
}
std::uint16_t TypeCode::fixed_digits() const { return checked(*this, {tk_fixed}, "digits").digits; }
std::int16_t TypeCode::fixed_scale() const { return checked(*this, {tk_fixed}, "scale").scale; }
std::int16_t TypeCode::type_modifier() const {
  return checked(*this, {tk_value}, "modifier").modifier;
}
TypeCode TypeCode::concrete_base_type() const {
  return part_of(*this, checked(*this, {tk_value}, "concrete base").content);
}

TypeCode TypeCode::unaliased() const { return part_of(*this, &detail::strip_aliases(*node_)); }

bool TypeCode::equal(const TypeCode& other) const {
  return detail::alike(*node_, *other.node_, detail::Likeness::equal);
}
bool TypeCode::equivalent(const TypeCode& other) const {
  return detail::alike(*node_, *other.node_, detail::Likeness::equivalent);
}

}  // namespace corbel
