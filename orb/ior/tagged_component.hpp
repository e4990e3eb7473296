#pragma once

#include <corbel/reference.hpp>
#include <orb/ior/code_sets.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace corbel::ior {

/// IOP::ComponentId values that mean something to us; all others are kept and passed on.
inline constexpr std::uint32_t kTagOrbType = 0;
inline constexpr std::uint32_t kTagCodeSets = 1;
inline constexpr std::uint32_t kTagAlternateIiopAddress = 3;
inline constexpr std::uint32_t kTagSslSecTrans = 20;

/// Our TAG_ORB_TYPE: "COR\0".
inline constexpr std::uint32_t kCorbelOrbType = 0x434F5200;

/// Additional information in an IIOP profile, as it came.
struct TaggedComponent {
  std::uint32_t tag = 0;
  std::vector<std::byte> data;
  bool operator==(const TaggedComponent&) const = default;
};

/// Association options and port of TAG_SSL_SEC_TRANS.
struct SslComponent {
  std::uint16_t target_supports = 0;
  std::uint16_t target_requires = 0;
  std::uint16_t port = 0;
  bool operator==(const SslComponent&) const = default;
};

// Each takes a component's data; octets after what is expected are ignored, nullopt means that the
// data make no sense.
std::optional<std::uint32_t> parse_orb_type(std::span<const std::byte> data) noexcept;
std::optional<CodeSetInfo> parse_code_sets(std::span<const std::byte> data);
std::optional<Endpoint> parse_alternate_address(std::span<const std::byte> data);
std::optional<SslComponent> parse_ssl(std::span<const std::byte> data) noexcept;

TaggedComponent make_orb_type(std::uint32_t orb_type = kCorbelOrbType);
TaggedComponent make_code_sets(const CodeSetInfo& info);
TaggedComponent make_alternate_address(const Endpoint& endpoint);

}  // namespace corbel::ior
