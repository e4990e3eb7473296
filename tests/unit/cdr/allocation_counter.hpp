#pragma once

#include <cstddef>

namespace corbel::testing {

/// Octets that this thread has asked operator new for so far.
std::size_t allocated_octets() noexcept;

}  // namespace corbel::testing
