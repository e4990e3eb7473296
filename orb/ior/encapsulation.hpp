#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace corbel::ior {

/// A decoder behind the byte order octet of an encapsulation whose content is `data` (tagged
/// profiles and components, service contexts). Encapsulations use GIOP 1.0's rules, which for what
/// these contain are those of every version.
inline cdr::Decoder open_encapsulation(std::span<const std::byte> data) noexcept {
  cdr::Decoder decoder(data);
  const bool little = decoder.read<bool>();
  cdr::Encoding encoding = decoder.encoding();
  encoding.order = little ? cdr::ByteOrder::little : cdr::ByteOrder::big;
  decoder.set_encoding(encoding);
  return decoder;
}

/// An encoder behind the byte order octet; copy() is the encapsulation's content.
inline cdr::Encoder make_encapsulation() {
  cdr::Encoder encoder;
  encoder.write(static_cast<std::uint8_t>(encoder.encoding().order));
  return encoder;
}

/// A string of octets that no code set touches: hosts, repository ids, operation names.
inline void write_raw_string(cdr::Encoder& encoder, std::string_view octets) {
  encoder.write_count(octets.size() + 1);
  encoder.write_octets(std::as_bytes(std::span(octets)));
  encoder.write(std::uint8_t{0});
}

/// A sequence<octet> where it lies.
inline std::span<const std::byte> read_octet_sequence(cdr::Decoder& decoder) noexcept {
  const std::uint32_t count = decoder.read<std::uint32_t>();
  if (count > decoder.remaining()) decoder.fail("sequence of octets ends early");
  if (decoder.failed()) return {};
  return decoder.read_octets(count);
}

inline void write_octet_sequence(cdr::Encoder& encoder, std::span<const std::byte> octets) {
  encoder.write_count(octets.size());
  encoder.write_octets(octets);
}

inline std::string_view as_text(std::span<const std::byte> octets) noexcept {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}
inline std::span<const std::byte> as_octets(std::string_view text) noexcept {
  return std::as_bytes(std::span(text));
}

}  // namespace corbel::ior
