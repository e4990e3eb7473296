#include <orb/cdr/value_walk.hpp>

#include <algorithm>
#include <array>
#include <cstring>

/// Sequences and arrays; elements without structure are moved in one piece where byte orders agree.
namespace corbel::cdr {

using enum TCKind;

void ValueWalk::sequence(const Node& type) {
  const Node& element = detail::strip_aliases(*type.content);
  prepare(4, 4);
  const auto count = decoder().read_count(element.smallest_size, 0, true, type.length);
  if (failed()) return;
  sink_.write(count);
  elements(element, count);
}

void ValueWalk::elements(const Node& type, std::uint64_t count) {
  if (count == 0 || bulk_elements(type.kind, count)) return;
  for (std::uint64_t i = 0; i < count && !failed(); ++i) {
    if (type.smallest_size == 0 && !decoder().claim(0, 1)) return;
    value(type);
  }
}

template <Primitive T>
void ValueWalk::write_swapped(std::span<const std::byte> octets, Encoder& to) {
  std::array<T, 256> native;
  while (!octets.empty()) {
    const std::size_t count = std::min(native.size(), octets.size() / sizeof(T));
    std::memcpy(native.data(), octets.data(), count * sizeof(T));
    if (decoder().encoding().order != kNativeOrder) {
      for (std::size_t i = 0; i < count; ++i) native[i] = swap_octets(native[i]);
    }
    to.write_array(std::span<const T>(native).first(count));
    octets = octets.subspan(count * sizeof(T));
  }
}

template <Primitive T>
void ValueWalk::bulk(std::uint64_t count) {
  while (count > 0 && !failed()) {
    const auto piece = ChunkedSource::elements(sizeof(T), count);
    Encoder* to = sink_.data();
    if (to != nullptr && !piece.empty()) {
      to->align(sizeof(T));
      if (sizeof(T) == 1 || to->encoding().order == decoder().encoding().order) {
        to->write_elements(piece, sizeof(T));
      } else {
        write_swapped<T>(piece, *to);
      }
    }
    count -= piece.size() / sizeof(T);
  }
}

void ValueWalk::booleans(std::uint64_t count) {
  while (count > 0 && !failed()) {
    const auto piece = ChunkedSource::elements(1, count);
    for (const std::byte octet : piece) {
      if (std::to_integer<unsigned>(octet) > 1) fail("boolean is neither 0 nor 1");
    }
    if (Encoder* to = sink_.data()) to->write_octets(piece);
    count -= piece.size();
  }
}

bool ValueWalk::bulk_elements(TCKind kind, std::uint64_t count) {
  switch (kind) {
    case tk_boolean:
      booleans(count);
      return true;
    case tk_char:
    case tk_octet:
      bulk<std::uint8_t>(count);
      return true;
    case tk_short:
    case tk_ushort:
      bulk<std::uint16_t>(count);
      return true;
    case tk_long:
    case tk_ulong:
    case tk_float:
      bulk<std::uint32_t>(count);
      return true;
    case tk_longlong:
    case tk_ulonglong:
    case tk_double:
      bulk<std::uint64_t>(count);
      return true;
    case tk_null:
    case tk_void:
      // What has no octets must cost something all the same.
      decoder().claim(0, static_cast<std::size_t>(count));
      return true;
    default:
      return false;
  }
}

void ValueWalk::octet_sequence() {
  prepare(4, 4);
  const auto count = decoder().read_count(1, 0, true);
  sink_.write(count);
  bulk<std::uint8_t>(count);
}

}  // namespace corbel::cdr
