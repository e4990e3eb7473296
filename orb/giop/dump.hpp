#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace corbel::giop {

/// One line for the log, whatever the octets are, e.g. "Request 1.2 little-endian, 96 octets, id 5,
/// expects a reply, operation withdraw, key bank/6f70..., 2 service contexts".
std::string describe(std::span<const std::byte> message);

/// Offset, hexadecimal digits and printable characters, 16 octets a line, at most `max_octets`.
std::string hex_dump(std::span<const std::byte> octets, std::size_t max_octets = 512);

}  // namespace corbel::giop
