#pragma once

#include <corbel/reference.hpp>
#include <corbel/stub/encoding.hpp>
#include <orb/ior/tagged_component.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::ior {

inline constexpr std::uint32_t kTagInternetIop = 0;
inline constexpr std::uint32_t kTagMultipleComponents = 1;

/// An IIOP profile: where an object is reached and under which key.
struct IiopProfile {
  GiopVersion version;
  Endpoint endpoint;
  std::string object_key;
  /// As they came; empty in version 1.0, which has none.
  std::vector<TaggedComponent> components;

  // What the components say, as far as they make sense.
  std::optional<std::uint32_t> orb_type;
  std::optional<CodeSetInfo> code_sets;
  std::optional<SslComponent> ssl;
  /// Further addresses of the same object.
  std::vector<Endpoint> alternates;
};

/// Reads the data of a TAG_INTERNET_IOP profile (an encapsulation). A minor version above 2 is read
/// as 1.2; octets after the profile are ignored. nullopt when it does not parse, names another
/// major version, no host, or port 0 without TLS.
std::optional<IiopProfile> parse_iiop_profile(std::span<const std::byte> data);

/// Only the key, in place: for requests that name their target by profile.
std::optional<std::string_view> view_profile_key(std::span<const std::byte> data) noexcept;

/// The profile's data: version, endpoint, key, and from 1.1 on the components.
TaggedProfile build_iiop_profile(const IiopProfile& profile);

}  // namespace corbel::ior
