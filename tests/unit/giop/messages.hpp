#pragma once

#include <gtest/gtest.h>

#include <orb/giop/header.hpp>
#include <tests/support/wire_sample.hpp>

#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace corbel::giop {

/// A version and byte order, as the names of the wire samples say them.
struct Flavour {
  std::uint8_t minor;
  cdr::ByteOrder order;

  GiopVersion version() const { return {1, minor}; }
  std::string suffix() const {
    return "_1" + std::to_string(minor) + (order == cdr::ByteOrder::big ? "_big" : "_little");
  }
  std::vector<std::byte> sample(const std::string& name) const {
    return testing::wire_sample(name + suffix());
  }
  cdr::Encoder encoder() const { return cdr::Encoder({.order = order}); }
};
inline std::ostream& operator<<(std::ostream& out, const Flavour& flavour) {
  return out << flavour.suffix();
}

inline const auto kEveryFlavour =
    ::testing::Values(Flavour{0, cdr::ByteOrder::big}, Flavour{0, cdr::ByteOrder::little},
                      Flavour{1, cdr::ByteOrder::big}, Flavour{1, cdr::ByteOrder::little},
                      Flavour{2, cdr::ByteOrder::big}, Flavour{2, cdr::ByteOrder::little});

class EveryFlavour : public ::testing::TestWithParam<Flavour> {};

inline MessageHeader header_of(std::span<const std::byte> message) {
  return parse_header(message.first<kHeaderSize>(), std::numeric_limits<std::size_t>::max())
      .value();
}

/// A decoder behind the header of a well-framed message.
inline cdr::Decoder decoder_for(std::span<const std::byte> message) {
  return message_decoder(message, header_of(message));
}

/// The messages that follow each other in `octets`.
inline std::vector<std::span<const std::byte>> split(std::span<const std::byte> octets) {
  std::vector<std::span<const std::byte>> messages;
  while (!octets.empty()) {
    const std::size_t size = header_of(octets).message_size();
    messages.push_back(octets.first(size));
    octets = octets.subspan(size);
  }
  return messages;
}

}  // namespace corbel::giop
