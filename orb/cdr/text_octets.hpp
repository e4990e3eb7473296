#pragma once

#include <corbel/stub/encoder.hpp>

#include <span>
#include <string_view>

namespace corbel::cdr {

/// Writes a string's octets as they are, without code set conversion: repository ids, identifiers
/// and text that is already in the right code set. The text must not hold a NUL.
inline void write_string_octets(Encoder& encoder, std::string_view text) {
  encoder.write_count(text.size() + 1);
  encoder.write_octets(std::as_bytes(std::span(text)));
  encoder.write(std::uint8_t{0});
}

}  // namespace corbel::cdr
