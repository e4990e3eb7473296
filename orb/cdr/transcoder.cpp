#include <orb/cdr/code_set.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/transcoder.hpp>
#include <orb/cdr/value_walk.hpp>

#include <cstring>

namespace corbel::cdr {

using enum TCKind;

bool starts_with_id(Decoder& decoder, std::string_view id) {
  if (decoder.read<std::uint32_t>() != id.size() + 1 || decoder.remaining() < id.size())
    return false;
  const auto octets = decoder.read_octets(id.size());
  return !decoder.failed() && std::memcmp(octets.data(), id.data(), id.size()) == 0;
}

void transcode(const TypeCode& type, Decoder& from, Encoder& to) {
  ValueWalk walk(from, &to);
  walk.value(*type.node());
  walk.finish();
}

void validate(const TypeCode& type, Decoder& from) { ValueWalk(from, nullptr).value(*type.node()); }

void ValueWalk::value(const Node& type) {
  if (failed()) return;
  switch (type.kind) {
    case tk_null:
    case tk_void:
      break;
    case tk_boolean:
      primitive<bool>();
      break;
    case tk_char:
    case tk_octet:
      primitive<std::uint8_t>();
      break;
    case tk_short:
    case tk_ushort:
      primitive<std::uint16_t>();
      break;
    case tk_long:
    case tk_ulong:
    case tk_float:
      primitive<std::uint32_t>();
      break;
    case tk_longlong:
    case tk_ulonglong:
    case tk_double:
      primitive<std::uint64_t>();
      break;
    case tk_longdouble:
      long_double();
      break;
    case tk_wchar:
      wide_character();
      break;
    case tk_string:
      string(type);
      break;
    case tk_wstring:
      wstring(type);
      break;
    case tk_enum:
      enumeration(type);
      break;
    case tk_fixed:
      fixed(type);
      break;
    case tk_TypeCode:
      type_code();
      break;
    case tk_Principal:
      octet_sequence();
      break;
    case tk_objref:
      object_reference();
      break;
    case tk_alias:
      value(detail::strip_aliases(type));
      break;
    default:
      constructed(type);
  }
}

// Kinds that hold others: each costs an object and a level, however few octets it has.
void ValueWalk::constructed(const Node& type) {
  if (!decoder().claim(0, 1) || !decoder().enter()) return;
  switch (type.kind) {
    case tk_struct:
      members(type);
      break;
    case tk_except:
      if (stands_before_id(type)) text_octets();
      members(type);
      break;
    case tk_union:
      union_(type);
      break;
    case tk_sequence:
      sequence(type);
      break;
    case tk_array:
      elements(detail::strip_aliases(*type.content), type.length);
      break;
    case tk_any:
      any();
      break;
    case tk_value:
    case tk_value_box:
      valuetype(type);
      break;
    case tk_abstract_interface:
      abstract_interface();
      break;
    default:
      fail("value of a type that does not travel");
  }
  decoder().leave();
}

void ValueWalk::members(const Node& type) {
  for (const auto& member : type.members) {
    if (failed()) return;
    value(*member.type);
  }
}

void ValueWalk::string(const Node& type) {
  const CodeSet chars = decoder().encoding().chars;
  Encoder* to = sink_.data();
  if (to != nullptr && to->encoding().chars != chars) {
    to->write_string(text(1, [&](Decoder& from) { return from.read_string(type.length); }));
    return;
  }
  const auto octets = text(1, [](Decoder& from) { return from.read_string_view(); });
  if (type.length != 0 && octets.size() > type.length) fail("string longer than its bound");
  if (chars == CodeSet::utf8 && !is_utf8(octets))
    decoder().fail("string is not UTF-8, the code set agreed on", true);
  if (!failed() && to != nullptr) write_string_octets(*to, octets);
}

void ValueWalk::wstring(const Node& type) {
  const std::size_t unit = decoder().encoding().version < kGiop1_2 ? 2 : 1;
  const auto units = text(unit, [&](Decoder& from) { return from.read_wstring(type.length); });
  if (failed()) return;
  if (Encoder* to = sink_.data()) to->write_wstring(units);
}

void ValueWalk::wide_character() {
  const std::size_t size = decoder().encoding().version < kGiop1_2 ? 2 : 1;
  prepare(size, size);
  const char16_t unit = decoder().read_wchar();
  check_chunk();
  if (failed()) return;
  if (Encoder* to = sink_.data()) to->write(unit);
}

// The halves change places with the byte order; no detour over the machine's long double, which
// has fewer bits.
void ValueWalk::long_double() {
  prepare(8, 16);
  const auto first = read<std::uint64_t>();
  const auto second = read<std::uint64_t>();
  Encoder* to = sink_.data();
  if (to == nullptr) return;
  const bool same_order = to->encoding().order == decoder().encoding().order;
  to->write(same_order ? first : second);
  to->write(same_order ? second : first);
}

// Two digits an octet, the sign in the last half octet; with an even number of digits the first
// half octet is zero.
void ValueWalk::fixed(const Node& type) {
  const unsigned size = (type.digits + 2u) / 2u;
  for (unsigned i = 0; i < size && !failed(); ++i) {
    const auto octet = read<std::uint8_t>();
    const unsigned high = octet >> 4;
    const unsigned low = octet & 15u;
    const bool is_last = i + 1 == size;
    const bool low_is_right = is_last ? (low == 0xc || low == 0xd) : low <= 9;
    const bool high_is_right = high <= (i == 0 && type.digits % 2 == 0 ? 0u : 9u);
    if (!low_is_right || !high_is_right) fail("fixed with a wrong digit or sign");
    sink_.write(octet);
  }
}

void ValueWalk::enumeration(const Node& type) {
  const auto ordinal = read<std::uint32_t>();
  if (ordinal >= type.members.size()) fail("enum value out of range");
  sink_.write(ordinal);
}

template <class T>
std::int64_t ValueWalk::discriminator_of() {
  const T label = read<T>();
  sink_.write(label);
  return static_cast<std::int64_t>(label);
}

std::int64_t ValueWalk::discriminator(const Node& type) {
  switch (type.kind) {
    case tk_boolean:
      return discriminator_of<bool>();
    case tk_char:
    case tk_octet:
      return discriminator_of<std::uint8_t>();
    case tk_short:
      return discriminator_of<std::int16_t>();
    case tk_ushort:
      return discriminator_of<std::uint16_t>();
    case tk_long:
      return discriminator_of<std::int32_t>();
    case tk_ulong:
      return discriminator_of<std::uint32_t>();
    case tk_longlong:
    case tk_ulonglong:
      return discriminator_of<std::int64_t>();
    case tk_enum: {
      const auto ordinal = discriminator_of<std::uint32_t>();
      if (ordinal >= static_cast<std::int64_t>(type.members.size()))
        fail("enum value out of range");
      return ordinal;
    }
    default: {
      prepare(1, 1);
      const char16_t unit = decoder().read_wchar();
      check_chunk();
      if (Encoder* to = failed() ? nullptr : sink_.data()) to->write(unit);
      return unit;
    }
  }
}

void ValueWalk::union_(const Node& type) {
  const std::int64_t label = discriminator(detail::strip_aliases(*type.content));
  if (failed()) return;
  if (const auto* member = detail::select_member(type, label)) value(*member->type);
}

TypeCode ValueWalk::type_code() {
  prepare(4, 4);
  TypeCode type = TypeCode::decode(decoder());
  check_chunk();
  if (!failed()) {
    if (Encoder* to = sink_.data()) type.encode(*to);
  }
  return type;
}

void ValueWalk::any() {
  const TypeCode type = type_code();
  if (detail::basic_node(type.kind()) != type.node().get()) kept_.push_back(type);
  value(*type.node());
}

void ValueWalk::text_octets() {
  const auto octets = text(1, [](Decoder& from) { return from.read_string_view(); });
  if (failed()) return;
  if (Encoder* to = sink_.data()) write_string_octets(*to, octets);
}

// Type id and profiles, which are encapsulations: they keep their own byte order.
void ValueWalk::object_reference() {
  text_octets();
  prepare(4, 4);
  const auto profiles = decoder().read_count(8, 8);
  sink_.write(profiles);
  for (std::uint32_t i = 0; i < profiles && !failed(); ++i) {
    primitive<std::uint32_t>();
    octet_sequence();
  }
}

}  // namespace corbel::cdr
