#include <tests/unit/cdr/random_value.hpp>

namespace corbel::testing {

using enum TCKind;
using cdr::Encoder;

void RandomValue::value(const TypeCode& type, Encoder& encoder) {
  switch (type.kind()) {
    case tk_alias:
      return value(type.content_type(), encoder);
    case tk_string:
    case tk_wstring:
      return text_value(type, encoder);
    case tk_union:
      return union_value(type, encoder);
    case tk_objref:
      return reference_value(encoder);
    case tk_value:
    case tk_value_box:
      return valuetype_value(type, encoder);
    case tk_enum:
      return encoder.write(below(type.member_count()));
    case tk_except:
      encoder.write_string(type.id());
      [[fallthrough]];
    case tk_struct:
      ++depth_;
      for (std::uint32_t i = 0; i < type.member_count(); ++i) value(type.member_type(i), encoder);
      --depth_;
      return;
    case tk_sequence: {
      const std::uint32_t count = depth_ > 8 ? 0 : below(4);
      encoder.write(count);
      for (std::uint32_t i = 0; i < count; ++i) value(type.content_type(), encoder);
      return;
    }
    case tk_array:
      for (std::uint32_t i = 0; i < type.length(); ++i) value(type.content_type(), encoder);
      return;
    default:
      return basic_value(type, encoder);
  }
}

void RandomValue::basic_value(const TypeCode& type, Encoder& encoder) {
  switch (type.kind()) {
    case tk_boolean:
      return encoder.write(below(2) == 1);
    case tk_char:
      return encoder.write_char(static_cast<char>(below(128)));
    case tk_octet:
      return encoder.write(static_cast<std::uint8_t>(random_()));
    case tk_wchar:
      return encoder.write(static_cast<char16_t>(below(0xd800)));
    case tk_short:
    case tk_ushort:
      return encoder.write(static_cast<std::uint16_t>(random_()));
    case tk_long:
    case tk_ulong:
    case tk_float:
      return encoder.write(static_cast<std::uint32_t>(random_()));
    case tk_longlong:
    case tk_ulonglong:
    case tk_double:
      return encoder.write(static_cast<std::uint64_t>(random_()));
    case tk_longdouble:
      return encoder.write(static_cast<long double>(random_()) / 3);
    case tk_TypeCode:
      return this->type(3).encode(encoder);
    case tk_any: {
      const TypeCode inner = this->type(depth_ > 8 ? 5 : 3);
      ++depth_;
      inner.encode(encoder);
      value(inner, encoder);
      --depth_;
      return;
    }
    case tk_fixed: {
      const unsigned digits = type.fixed_digits();
      const unsigned size = (digits + 2) / 2;
      for (unsigned i = 0; i < size; ++i) {
        const unsigned high = i == 0 && digits % 2 == 0 ? 0 : below(10);
        const unsigned low = i + 1 == size ? 0xc + below(2) : below(10);
        encoder.write(static_cast<std::uint8_t>(high << 4 | low));
      }
      return;
    }
    default:
      return;
  }
}

void RandomValue::text_value(const TypeCode& type, Encoder& encoder) {
  static constexpr std::string_view kLatin1[] = {"a", "Z", " ", "\u00e9", "\u00ff"};
  static constexpr std::string_view kAny[] = {"a", "\u20ac", "\u00e9", "\U0001f600", "x"};
  static constexpr std::u16string_view kWide[] = {u"a", u"\u20ac", u"\ufeff", u"\U0001f600",
                                                  u"\ufffe"};
  std::string narrow;
  std::u16string wide;
  for (unsigned count = below(6); count > 0; --count) {
    const auto pick = below(5);
    narrow += options_.latin1 ? kLatin1[pick] : kAny[pick];
    wide += kWide[pick];
  }
  if (type.kind() == tk_wstring) return encoder.write_wstring(wide);
  encoder.write_string(narrow);
}

void RandomValue::union_value(const TypeCode& type, Encoder& encoder) {
  const TCKind kind = type.discriminator_type().kind();
  std::uint32_t index = below(type.member_count());
  const bool is_default = static_cast<std::int32_t>(index) == type.default_index();
  const auto label = is_default ? std::int64_t{77} : type.member_label(index);
  switch (kind) {
    case tk_boolean:
    case tk_char:
      encoder.write(static_cast<std::uint8_t>(label));
      break;
    case tk_short:
    case tk_ushort:
      encoder.write(static_cast<std::uint16_t>(label));
      break;
    case tk_long:
    case tk_ulong:
      encoder.write(static_cast<std::uint32_t>(label));
      break;
    default:
      encoder.write(label);
  }
  value(type.member_type(index), encoder);
}

void RandomValue::reference_value(Encoder& encoder) {
  encoder.write_string("IDL:random/Reference:1.0");
  const std::uint32_t profiles = below(3);
  encoder.write(profiles);
  for (std::uint32_t i = 0; i < profiles; ++i) {
    encoder.write(below(5));
    const auto scope = encoder.begin_encapsulation();
    encoder.write(std::uint8_t{7});
    // A profile keeps its own order, so it must be the same octets whatever the stream's is.
    encoder.patch_octet(scope.length_position + 4, 0);
    encoder.end_encapsulation(scope);
  }
}

void RandomValue::header_string(const std::string& text, Encoder& encoder) {
  encoder.align(4);
  const auto [known, is_new] = header_strings_.emplace(text, encoder.size());
  if (is_new) return encoder.write_string(text);
  encoder.write(std::uint32_t{0xffffffff});
  encoder.write(static_cast<std::uint32_t>(known->second - encoder.size()));
}

void RandomValue::state(const TypeCode& type, Encoder& encoder) {
  if (type.kind() == tk_value_box) return value(type.content_type(), encoder);
  if (type.concrete_base_type().kind() == tk_value) state(type.concrete_base_type(), encoder);
  for (std::uint32_t i = 0; i < type.member_count(); ++i) value(type.member_type(i), encoder);
}

void RandomValue::valuetype_value(const TypeCode& type, Encoder& encoder) {
  if (depth_ > 8 || below(3) == 0) return encoder.write(std::uint32_t{0});
  ++depth_;
  encoder.write(std::uint32_t{0x7fffff02});
  header_string(type.id(), encoder);
  state(type, encoder);
  --depth_;
}

}  // namespace corbel::testing
