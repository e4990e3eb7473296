#include <corbel/stub/encoder.hpp>
#include <orb/cdr/decimal.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/value_source.hpp>
#include <orb/cdr/value_tags.hpp>
#include <orb/cdr/value_visitor.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace corbel::cdr {
namespace {

using enum TCKind;

// The value of a discriminator, as a label counts it.
template <class T>
std::int64_t label_of(const T& value) {
  if constexpr (std::is_same_v<T, char>) {
    return static_cast<unsigned char>(value);
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::int64_t>(value);
  } else {
    return 0;
  }
}

class ValueTour final : private ValueSource {
 public:
  ValueTour(Decoder& from, ValueVisitor& visitor) : ValueSource(from), visitor_(visitor) {}
  ~ValueTour() = default;

  void value(const Node& type) {
    if (done()) return;
    if (const auto scalar = read_scalar(type)) {
      if (!failed()) visitor_.scalar(type, *scalar);
    } else {
      composite(type);
    }
  }

 private:
  using Scalar = ValueVisitor::Scalar;

  bool done() const noexcept { return failed() || !visitor_.wants_more(); }
  void end(const Node& type) {
    if (!done()) visitor_.end(type);
  }

  std::optional<Scalar> read_scalar(const Node& type);
  std::optional<Scalar> read_long_scalar(const Node& type);
  std::string_view fixed(const Node& type);
  TypeCode type_code();
  void composite(const Node& type);
  void reference(const Node& type);
  void abstract_interface(const Node& type);
  void members(const Node& type, std::uint64_t& index);
  void structure(const Node& type);
  void union_(const Node& type);
  void sequence(const Node& type, const Node& element);
  void elements(const Node& type, std::uint64_t count);
  void any(const Node& type);
  void valuetype(const Node& type);

  ValueVisitor& visitor_;
  std::vector<TypeCode> kept_;  // types of inner anys, while values may refer to them
  std::string decimal_;
};

std::optional<ValueVisitor::Scalar> ValueTour::read_scalar(const Node& type) {
  switch (type.kind) {
    case tk_boolean:
      return read<bool>();
    case tk_char:
      return static_cast<char>(read<std::uint8_t>());
    case tk_octet:
      return read<std::uint8_t>();
    case tk_short:
      return read<std::int16_t>();
    case tk_ushort:
      return read<std::uint16_t>();
    case tk_long:
      return read<std::int32_t>();
    case tk_ulong:
      return read<std::uint32_t>();
    case tk_float:
      return read<float>();
    case tk_longlong:
      return read<std::int64_t>();
    case tk_ulonglong:
      return read<std::uint64_t>();
    case tk_double:
      return read<double>();
    case tk_enum: {
      const auto ordinal = read<std::uint32_t>();
      if (ordinal >= type.members.size()) fail("enum value out of range");
      return ordinal;
    }
    default:
      return read_long_scalar(type);
  }
}

std::optional<ValueVisitor::Scalar> ValueTour::read_long_scalar(const Node& type) {
  switch (type.kind) {
    case tk_longdouble: {
      prepare(8, 16);
      const auto first = read<std::uint64_t>();
      const auto second = read<std::uint64_t>();
      const bool big = kNativeOrder == ByteOrder::big;
      return big ? Binary128{first, second} : Binary128{second, first};
    }
    case tk_wchar: {
      prepare(1, 1);
      const char16_t unit = decoder().read_wchar();
      check_chunk();
      return unit;
    }
    case tk_string:
      return text(1, [](Decoder& from) { return from.read_string_view(); });
    case tk_wstring:
      return text(1, [](Decoder& from) { return from.read_wstring(); });
    case tk_fixed:
      return fixed(type);
    case tk_TypeCode:
      return type_code();
    default:
      return std::nullopt;
  }
}

// Two digits an octet, the sign in the last half octet.
std::string_view ValueTour::fixed(const Node& type) {
  std::string digits;
  bool negative = false;
  const unsigned size = (type.digits + 2u) / 2u;
  for (unsigned i = 0; i < size && !failed(); ++i) {
    const auto octet = read<std::uint8_t>();
    const unsigned high = octet >> 4;
    const unsigned low = octet & 15u;
    const bool is_last = i + 1 == size;
    if (high > 9 || (is_last ? low != 0xc && low != 0xd : low > 9))
      fail("fixed with a wrong digit or sign");
    if (i != 0 || type.digits % 2 != 0) digits.push_back(static_cast<char>('0' + high));
    if (!is_last) digits.push_back(static_cast<char>('0' + low));
    negative = low == 0xd;
  }
  decimal_ = decimal_text(digits, type.scale, negative);
  return decimal_;
}

TypeCode ValueTour::type_code() {
  prepare(4, 4);
  TypeCode type = TypeCode::decode(decoder());
  check_chunk();
  return type;
}

void ValueTour::composite(const Node& type) {
  if (!decoder().claim(0, 1) || !decoder().enter()) return;
  switch (type.kind) {
    case tk_null:
    case tk_void:
      visitor_.nothing(type);
      break;
    case tk_alias:
      value(detail::strip_aliases(type));
      break;
    case tk_struct:
    case tk_except:
      structure(type);
      break;
    case tk_union:
      union_(type);
      break;
    case tk_sequence:
      sequence(type, detail::strip_aliases(*type.content));
      break;
    case tk_Principal:
      sequence(type, *detail::basic_node(tk_octet));
      break;
    case tk_array:
      visitor_.begin(type, type.length);
      elements(detail::strip_aliases(*type.content), type.length);
      end(type);
      break;
    case tk_any:
      any(type);
      break;
    case tk_objref:
      reference(type);
      break;
    case tk_abstract_interface:
      abstract_interface(type);
      break;
    case tk_value:
    case tk_value_box:
      valuetype(type);
      break;
    default:
      fail("value of a type that does not travel");
  }
  decoder().leave();
}

void ValueTour::reference(const Node& type) {
  const std::string id(text(1, [](Decoder& from) { return from.read_string_view(); }));
  prepare(4, 4);
  const auto profiles = decoder().read_count(8, 8);
  if (failed()) return;
  Encoder whole;
  write_string_octets(whole, id);
  whole.write(profiles);
  for (std::uint32_t i = 0; i < profiles && !failed(); ++i) {
    whole.write(read<std::uint32_t>());
    prepare(4, 4);
    const auto size = decoder().read_count(1, 0, true);
    whole.write(size);
    for (std::uint64_t left = size; left > 0 && !failed();) {
      const auto piece = ChunkedSource::elements(1, left);
      whole.write_octets(piece);
      left -= piece.size();
    }
  }
  if (!failed()) visitor_.reference(type, id, profiles, whole.octets());
}

void ValueTour::abstract_interface(const Node& type) {
  if (read<bool>()) {
    reference(type);
  } else if (!failed()) {
    if (read_value_tag() != kNullTag) fail("value of a type that its TypeCode does not describe");
    if (!failed()) visitor_.null_value(type);
  }
}

void ValueTour::members(const Node& type, std::uint64_t& index) {
  for (const auto& member : type.members) {
    if (done()) return;
    visitor_.part(index++, &member);
    value(*member.type);
  }
}

void ValueTour::structure(const Node& type) {
  if (type.kind == tk_except && stands_before_id(type))
    text(1, [](Decoder& from) { return from.read_string_view(); });
  if (failed()) return;
  visitor_.begin(type, type.members.size());
  std::uint64_t index = 0;
  members(type, index);
  end(type);
}

void ValueTour::union_(const Node& type) {
  const Node& discriminator = detail::strip_aliases(*type.content);
  const auto label = read_scalar(discriminator);
  if (failed() || !label) return;
  const auto* member = detail::select_member(
      type, std::visit([](const auto& value) { return label_of(value); }, *label));
  visitor_.begin(type, member != nullptr ? 2 : 1);
  visitor_.part(0, nullptr);
  visitor_.scalar(discriminator, *label);
  if (member != nullptr && !done()) {
    visitor_.part(1, member);
    value(*member->type);
  }
  end(type);
}

void ValueTour::sequence(const Node& type, const Node& element) {
  prepare(4, 4);
  const auto count = decoder().read_count(element.smallest_size, 0, true, type.length);
  if (failed()) return;
  visitor_.begin(type, count);
  elements(element, count);
  end(type);
}

void ValueTour::elements(const Node& type, std::uint64_t count) {
  if (const std::size_t size = packed_size(type.kind); size != 0) {
    while (count > 0 && !done()) {
      const auto piece = ChunkedSource::elements(size, count);
      if (failed()) return;
      visitor_.packed(type.kind, piece);
      count -= piece.size() / size;
    }
    return;
  }
  for (std::uint64_t i = 0; i < count && !done(); ++i) {
    if (type.smallest_size == 0 && !decoder().claim(0, 1)) return;
    visitor_.part(i, nullptr);
    value(type);
  }
}

void ValueTour::any(const Node& type) {
  const TypeCode inner = type_code();
  if (failed()) return;
  kept_.push_back(inner);
  visitor_.begin(type, 1);
  visitor_.any_type(inner);
  visitor_.part(0, nullptr);
  value(*inner.node());
  end(type);
}

void ValueTour::valuetype(const Node& type) {
  const ValueStart start = start_of_value(type);
  if (failed()) return;
  if (start.start == Start::null) return visitor_.null_value(type);
  if (start.start == Start::shared) return visitor_.shared_value(type, start.ordinal);
  const auto outer = begin_value((start.header.tag & kIsChunked) != 0);
  if (type.kind == tk_value_box) {
    visitor_.begin(type, 1);
    visitor_.part(0, nullptr);
    value(*type.content);
  } else {
    check_has_state(type);
    const auto chain = chain_of(type);
    std::uint64_t count = 0;
    for (const Node* part : chain) count += part->members.size();
    visitor_.begin(type, count);
    std::uint64_t index = 0;
    for (const Node* part : chain) members(*part, index);
  }
  if (!done()) end_value(outer, start.truncated);
  end(type);
}

}  // namespace

std::size_t packed_size(TCKind kind) noexcept {
  switch (kind) {
    case tk_boolean:
    case tk_char:
    case tk_octet:
      return 1;
    case tk_short:
    case tk_ushort:
      return 2;
    case tk_long:
    case tk_ulong:
    case tk_float:
      return 4;
    case tk_longlong:
    case tk_ulonglong:
    case tk_double:
      return 8;
    default:
      return 0;
  }
}

void visit(const TypeCode& type, Decoder& from, ValueVisitor& visitor) {
  ValueTour(from, visitor).value(*type.node());
}

}  // namespace corbel::cdr
