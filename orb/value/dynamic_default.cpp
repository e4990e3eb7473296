#include <orb/cdr/decimal.hpp>
#include <orb/cdr/value_visitor.hpp>
#include <orb/value/dynamic_content.hpp>

#include <algorithm>

namespace corbel {
namespace {

using detail::DynamicParts;
using detail::TypeCodeNode;
using enum TCKind;

constexpr std::uint64_t kMostParts = 1'000'000;
constexpr std::uint64_t kOctetsOfAPart = 128;  // packed octets that count as a part
constexpr unsigned kDeepestDefault = 64;

// The first value of a type. A description from a peer may stand for an endless or huge one.
class FirstValue {
 public:
  DynamicValue of(const TypeCode& type) {
    if (++parts_ > kMostParts) throw ImpLimit("the smallest value of a type has too many parts");
    if (++depth_ > kDeepestDefault) throw ImpLimit("the smallest value of a type nests too deeply");
    DynamicValue value = scalar(type, detail::strip_aliases(*type.node()));
    --depth_;
    return value;
  }

 private:
  template <class T>
  static DynamicValue made(const TypeCode& type, T&& data) {
    return DynamicParts::make(type, std::forward<T>(data));
  }
  static TypeCode part(const TypeCode& whole, const TypeCodeNode* node) {
    return TypeCode(std::shared_ptr<const TypeCodeNode>(whole.node(), node));
  }

  DynamicValue scalar(const TypeCode& type, const TypeCodeNode& node);
  DynamicValue composite(const TypeCode& type, const TypeCodeNode& node);
  DynamicValue union_(const TypeCode& type, const TypeCodeNode& node);
  DynamicValue array(const TypeCode& type, const TypeCodeNode& node);

  std::uint64_t parts_ = 0;
  unsigned depth_ = 0;
};

DynamicValue FirstValue::scalar(const TypeCode& type, const TypeCodeNode& node) {
  switch (node.kind) {
    case tk_boolean:
      return made(type, false);
    case tk_char:
      return made(type, '\0');
    case tk_wchar:
      return made(type, u'\0');
    case tk_octet:
      return made(type, std::uint8_t{0});
    case tk_short:
      return made(type, std::int16_t{0});
    case tk_ushort:
      return made(type, std::uint16_t{0});
    case tk_long:
      return made(type, std::int32_t{0});
    case tk_ulong:
    case tk_enum:
      return made(type, std::uint32_t{0});
    case tk_longlong:
      return made(type, std::int64_t{0});
    case tk_ulonglong:
      return made(type, std::uint64_t{0});
    case tk_float:
      return made(type, 0.0f);
    case tk_double:
      return made(type, 0.0);
    case tk_longdouble:
      return made(type, cdr::Binary128{});
    case tk_string:
      return made(type, std::string());
    case tk_wstring:
      return made(type, std::u16string());
    case tk_fixed:
      return made(type, detail::Decimal{
                            cdr::decimal_text(std::string(node.digits, '0'), node.scale, false)});
    default:
      return composite(type, node);
  }
}

DynamicValue FirstValue::composite(const TypeCode& type, const TypeCodeNode& node) {
  switch (node.kind) {
    case tk_null:
    case tk_void:
      return made(type, std::monostate());
    case tk_TypeCode:
      return made(type, TypeCode());
    case tk_any:
      return made(type, detail::PartList{{DynamicValue()}});
    case tk_objref:
    case tk_abstract_interface:
      return made(type, detail::Reference{});
    case tk_struct:
    case tk_except: {
      detail::PartList list;
      for (const auto& member : node.members) list.parts.push_back(of(part(type, member.type)));
      return made(type, std::move(list));
    }
    case tk_union:
      return union_(type, node);
    case tk_array:
      return array(type, node);
    case tk_sequence:
      if (cdr::packed_size(detail::strip_aliases(*node.content).kind) == 0)
        return made(type, detail::PartList{});
      [[fallthrough]];
    case tk_Principal:
      return made(type, detail::PackedElements{});
    case tk_value:
    case tk_value_box:
      return made(type, detail::ValueLink{});
    default:
      throw BadTypecode("there are no values of the type " + type.to_string());
  }
}

DynamicValue FirstValue::union_(const TypeCode& type, const TypeCodeNode& node) {
  DynamicValue label = of(part(type, node.content));
  if (node.members.empty()) return made(type, detail::UnionContent{{std::move(label)}, 0});
  label = DynamicParts::label_of_member(type, 0);
  DynamicValue branch = of(part(type, node.members.front().type));
  return made(type, detail::UnionContent{{std::move(label), std::move(branch)}, 0});
}

DynamicValue FirstValue::array(const TypeCode& type, const TypeCodeNode& node) {
  const TypeCode element = part(type, node.content);
  if (const auto size = cdr::packed_size(detail::strip_aliases(*node.content).kind); size != 0) {
    parts_ += std::uint64_t{node.length} * size / kOctetsOfAPart;
    if (parts_ > kMostParts)
      throw ImpLimit("an array of " + std::to_string(node.length) + " elements");
    return made(type, detail::PackedElements{std::vector<std::byte>(node.length * size)});
  }
  detail::PartList list;
  for (std::uint32_t i = 0; i < node.length; ++i) list.parts.push_back(of(element));
  return made(type, std::move(list));
}

}  // namespace

namespace detail {

// The member's own label; for the default member the lowest value that no label names.
DynamicValue DynamicParts::label_of_member(const TypeCode& type, std::uint32_t index) {
  const TypeCodeNode& node = strip_aliases(*type.node());
  const TypeCode discriminator(std::shared_ptr<const TypeCodeNode>(type.node(), node.content));
  std::int64_t label = node.members[index].label;
  if (static_cast<std::int64_t>(index) == node.default_index) {
    label = 0;
    for (const auto& [known, member] : node.labels) {
      if (known == label) ++label;
    }
  }
  return label_value(discriminator, label);
}

DynamicValue DynamicParts::label_value(const TypeCode& discriminator, std::int64_t label) {
  switch (strip_aliases(*discriminator.node()).kind) {
    case tk_boolean:
      return make(discriminator, label != 0);
    case tk_char:
      return make(discriminator, static_cast<char>(label));
    case tk_wchar:
      return make(discriminator, static_cast<char16_t>(label));
    case tk_octet:
      return make(discriminator, static_cast<std::uint8_t>(label));
    case tk_short:
      return make(discriminator, static_cast<std::int16_t>(label));
    case tk_ushort:
      return make(discriminator, static_cast<std::uint16_t>(label));
    case tk_long:
      return make(discriminator, static_cast<std::int32_t>(label));
    case tk_longlong:
      return make(discriminator, label);
    case tk_ulonglong:
      return make(discriminator, static_cast<std::uint64_t>(label));
    default:  // unsigned long, enum
      return make(discriminator, static_cast<std::uint32_t>(label));
  }
}

}  // namespace detail

DynamicValue::DynamicValue()
    : DynamicValue(detail::DynamicParts::make(TypeCode(), std::monostate())) {}

DynamicValue::DynamicValue(TypeCode type) : DynamicValue(FirstValue().of(type)) {}

}  // namespace corbel
