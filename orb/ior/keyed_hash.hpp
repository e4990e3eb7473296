#pragma once

#include <cstddef>
#include <string_view>

namespace corbel::ior {

/// SipHash-1-3 under a key that is random in every process: nobody outside can choose octets that
/// collide. For tables whose keys come from peers (object keys, names). Threads: any.
std::size_t keyed_hash(std::string_view octets) noexcept;

/// For std::unordered_map; transparent, so that lookups need no std::string.
struct KeyedHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view octets) const noexcept { return keyed_hash(octets); }
};

}  // namespace corbel::ior
