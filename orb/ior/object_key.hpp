#pragma once

#include <corbel/reference.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace corbel::ior {

/// The parts of an object key that a Corbel adapter made.
///
///   octets 0-3   "CORB"
///   octet  4     version, 1
///   octet  5     flags: bit 0, the adapter is persistent; the others are 0
///   octets 6-13  timestamp, nanoseconds since the epoch
///   2 octets     length of the adapter's name, then the name
///   4 octets     length of the object id, then the id, to the end of the key
///
/// Numbers are big-endian, whatever machine made the key.
struct ObjectKey {
  std::uint64_t timestamp = 0;
  std::string adapter;
  ObjectId id;
  bool persistent = false;

  bool operator==(const ObjectKey&) const = default;
};

/// The same where it lies in a message: nothing is copied, the octets must stay.
struct ObjectKeyView {
  std::uint64_t timestamp = 0;
  std::string_view adapter;
  std::string_view id;
  bool persistent = false;
};

/// The key's octets. Throws BadParam when the adapter's name has more than 65535 octets.
std::string encode_object_key(const ObjectKey& key);

/// nullopt for every key that is not Corbel's (other ORBs' keys, well-known names).
std::optional<ObjectKeyView> view_object_key(std::string_view octets) noexcept;
std::optional<ObjectKey> parse_object_key(std::string_view octets);

}  // namespace corbel::ior
