#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace corbel {

/// 16 octets of a random (version 4) UUID from the system's entropy: unique over space and time,
/// not guessable, safe across fork. Threads: any.
std::array<std::byte, 16> random_id();

/// "123e4567-e89b-42d3-a456-426614174000".
std::string to_text(const std::array<std::byte, 16>& id);

}  // namespace corbel
