#include <orb/cdr/code_set.hpp>
#include <orb/cdr/decimal.hpp>
#include <orb/cdr/value_text.hpp>
#include <orb/value/dynamic_content.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace corbel::detail {
namespace {

using enum TCKind;

DynamicValue to_integer(const DynamicValue& value, const TypeCode& type, auto zero) {
  using Wanted = decltype(zero);
  return std::visit(
      [&]<class T>(const T& data) -> DynamicValue {
        if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                      !std::is_same_v<T, char> && !std::is_same_v<T, char16_t>) {
          if (value.kind() == tk_enum) refuse(type, value);
          if (!std::in_range<Wanted>(data)) refuse(type, value, "out of range");
          return DynamicParts::make(type, static_cast<Wanted>(data));
        } else {
          refuse(type, value);
        }
      },
      DynamicParts::content(value).data);
}

// Exact where the source is; nothing for what is no number.
std::optional<long double> number_of(const DynamicValue& value) {
  return std::visit(
      [&]<class T>(const T& data) -> std::optional<long double> {
        if constexpr (std::is_same_v<T, cdr::Binary128>) {
          return cdr::from_binary128(data);
        } else if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool> &&
                             !std::is_same_v<T, char> && !std::is_same_v<T, char16_t>) {
          if (value.kind() == tk_enum) return std::nullopt;
          return static_cast<long double>(data);
        } else {
          return std::nullopt;
        }
      },
      DynamicParts::content(value).data);
}

template <class Wanted>
DynamicValue to_floating(const DynamicValue& value, const TypeCode& type) {
  if (const auto* same = DynamicParts::get_if<Wanted>(value))
    return DynamicParts::make(type, *same);
  const auto number = number_of(value);
  if (!number) refuse(type, value);
  if (std::isfinite(*number) && std::fabs(*number) > std::numeric_limits<Wanted>::max())
    refuse(type, value, "out of range");
  return DynamicParts::make(type, static_cast<Wanted>(*number));
}

DynamicValue to_long_double(const DynamicValue& value, const TypeCode& type) {
  if (value.kind() == tk_longdouble) return DynamicParts::retyped(value, type);
  const auto number = number_of(value);
  if (!number) refuse(type, value);
  return DynamicParts::make(type, cdr::to_binary128(*number));
}

DynamicValue to_fixed(const DynamicValue& value, const TypeCode& type) {
  const auto& node = strip_aliases(*type.node());
  std::string text;
  if (value.kind() == tk_fixed || value.kind() == tk_string || value.kind() == tk_wstring) {
    text = value.to_text();
  } else if (value.kind() == tk_double || value.kind() == tk_float) {
    text = value.kind() == tk_float ? cdr::number_text(value.get<float>())
                                    : cdr::number_text(value.to_double());
  } else if (number_of(value) && value.kind() != tk_longdouble) {
    text = value.kind() == tk_ulonglong ? std::to_string(value.to_unsigned())
                                        : std::to_string(value.to_integer());
  } else {
    refuse(type, value);
  }
  const auto digits = cdr::fixed_digits(text, node.digits, node.scale);
  if (!digits) refuse(type, value, "no such number of so many digits");
  return DynamicParts::make(
      type, Decimal{cdr::decimal_text(digits->digits, node.scale, digits->negative)});
}

bool is_text(const DynamicValue& value) {
  const TCKind kind = value.kind();
  return kind == tk_string || kind == tk_wstring || kind == tk_char || kind == tk_wchar;
}

DynamicValue to_string_value(const DynamicValue& value, const TypeCode& type) {
  if (!is_text(value)) refuse(type, value);
  std::string text = value.to_text();
  const auto bound = strip_aliases(*type.node()).length;
  if (bound != 0 && text.size() > bound) refuse(type, value, "longer than its bound");
  if (text.find('\0') != text.npos) refuse(type, value, "a string holds no NUL");
  if (!cdr::is_utf8(text)) refuse(type, value, "not UTF-8");
  return DynamicParts::make(type, std::move(text));
}

DynamicValue to_wstring_value(const DynamicValue& value, const TypeCode& type) {
  if (!is_text(value)) refuse(type, value);
  std::u16string text;
  if (const auto* same = DynamicParts::get_if<std::u16string>(value)) {
    text = *same;
  } else {
    const std::string narrow = value.to_text();
    if (!cdr::is_utf8(narrow)) refuse(type, value, "not UTF-8");
    text = cdr::utf8_to_utf16(narrow);
  }
  const auto bound = strip_aliases(*type.node()).length;
  if (bound != 0 && text.size() > bound) refuse(type, value, "longer than its bound");
  if (text.find(u'\0') != text.npos) refuse(type, value, "a wstring holds no NUL");
  return DynamicParts::make(type, std::move(text));
}

DynamicValue to_character(const DynamicValue& value, const TypeCode& type) {
  const bool wide = strip_aliases(*type.node()).kind == tk_wchar;
  if (value.kind() == (wide ? tk_wchar : tk_char)) return DynamicParts::retyped(value, type);
  if (!is_text(value)) refuse(type, value);
  const auto text = cdr::utf8_to_utf16(value.to_text());
  if (text.size() != 1) refuse(type, value, "not one character");
  if (wide) return DynamicParts::make(type, text.front());
  if (text.front() > 0xff) refuse(type, value, "not a character of ISO-8859-1");
  return DynamicParts::make(type, static_cast<char>(text.front()));
}

DynamicValue to_enum(const DynamicValue& value, const TypeCode& type) {
  const auto& node = strip_aliases(*type.node());
  if (value.kind() == tk_string || value.kind() == tk_enum) {
    const std::string name = value.to_text();
    for (std::uint32_t i = 0; i < node.members.size(); ++i) {
      if (node.members[i].name == name) return DynamicParts::make(type, i);
    }
    // Names may be missing in a description from a peer.
    if (value.kind() == tk_enum && alike(node, DynamicParts::node(value), Likeness::same_octets))
      return DynamicParts::retyped(value, type);
    refuse(type, value, "no enumerator of that name");
  }
  if (!number_of(value)) refuse(type, value);
  const auto ordinal = value.to_integer();
  if (ordinal < 0 || ordinal >= static_cast<std::int64_t>(node.members.size()))
    refuse(type, value, "out of range");
  return DynamicParts::make(type, static_cast<std::uint32_t>(ordinal));
}

DynamicValue to_reference_value(const DynamicValue& value, const TypeCode& type) {
  if (value.kind() == tk_null) return DynamicParts::make(type, Reference{});
  if (value.kind() == tk_string) {
    const std::string text = value.to_text();
    if (text.empty()) return DynamicParts::make(type, Reference{});
    return DynamicParts::make(type, Reference{ObjectRef::parse(text), {}});
  }
  if (DynamicParts::get_if<Reference>(value) == nullptr) refuse(type, value);
  return DynamicParts::retyped(value, type);
}

DynamicValue to_value(const DynamicValue& value, const TypeCode& type) {
  if (value.kind() == tk_null) return DynamicParts::make(type, ValueLink{});
  const auto* link = DynamicParts::get_if<ValueLink>(value);
  if (link == nullptr) refuse(type, value);
  if (link->is_null()) return DynamicParts::retyped(value, type);
  const auto& wanted = strip_aliases(*type.node());
  const auto state = state_of(*link);
  const auto* at = state->type.node().get();
  while (at->kind == wanted.kind && at->id != wanted.id && at->kind == tk_value) at = at->content;
  if (at->kind != wanted.kind || at->id != wanted.id) refuse(type, value);
  return DynamicParts::retyped(value, type);
}

DynamicValue to_list(const DynamicValue& value, const TypeCode& type) {
  const auto& node = strip_aliases(*type.node());
  if (value.kind() != tk_sequence && value.kind() != tk_array) refuse(type, value);
  if (node.kind == tk_array && value.size() != node.length) {
    refuse(type, value,
           std::to_string(value.size()) + " elements instead of " + std::to_string(node.length));
  }
  DynamicValue made(type);
  if (node.kind == tk_sequence) made.resize(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) made.set(i, value[i]);
  return made;
}

DynamicValue to_composite(const DynamicValue& value, const TypeCode& type) {
  switch (strip_aliases(*type.node()).kind) {
    case tk_objref:
    case tk_abstract_interface:
      return to_reference_value(value, type);
    case tk_value:
    case tk_value_box:
      return to_value(value, type);
    case tk_sequence:
    case tk_array:
      return to_list(value, type);
    default:
      refuse(type, value);
  }
}

}  // namespace

DynamicValue converted(const DynamicValue& value, const TypeCode& type) {
  const auto& node = strip_aliases(*type.node());
  if (node.kind == tk_any) {
    if (value.kind() == tk_any) return DynamicParts::retyped(value, type);
    return DynamicParts::make(type, PartList{{value}});
  }
  if (value.kind() == tk_any) return converted(value.content(), type);
  const bool is_link = node.kind == tk_value || node.kind == tk_value_box;
  if (!is_link && alike(node, DynamicParts::node(value), Likeness::same_octets))
    return DynamicParts::retyped(value, type);
  switch (node.kind) {
    case tk_octet:
      return to_integer(value, type, std::uint8_t{});
    case tk_short:
      return to_integer(value, type, std::int16_t{});
    case tk_ushort:
      return to_integer(value, type, std::uint16_t{});
    case tk_long:
      return to_integer(value, type, std::int32_t{});
    case tk_ulong:
      return to_integer(value, type, std::uint32_t{});
    case tk_longlong:
      return to_integer(value, type, std::int64_t{});
    case tk_ulonglong:
      return to_integer(value, type, std::uint64_t{});
    case tk_float:
      return to_floating<float>(value, type);
    case tk_double:
      return to_floating<double>(value, type);
    case tk_longdouble:
      return to_long_double(value, type);
    case tk_fixed:
      return to_fixed(value, type);
    case tk_string:
      return to_string_value(value, type);
    case tk_wstring:
      return to_wstring_value(value, type);
    case tk_char:
    case tk_wchar:
      return to_character(value, type);
    case tk_enum:
      return to_enum(value, type);
    default:
      return to_composite(value, type);
  }
}

}  // namespace corbel::detail
