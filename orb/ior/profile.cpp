#include <orb/ior/profile.hpp>

#include <orb/ior/encapsulation.hpp>

#include <algorithm>

namespace corbel::ior {
namespace {

constexpr std::size_t kSmallestComponent = 8;

void read_components(cdr::Decoder& decoder, std::vector<TaggedComponent>& components) {
  const std::uint32_t count = decoder.read_count(kSmallestComponent, sizeof(TaggedComponent));
  for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
    const auto tag = decoder.read<std::uint32_t>();
    const auto data = read_octet_sequence(decoder);
    if (!decoder.claim(data.size(), 0)) return;
    components.push_back({tag, {data.begin(), data.end()}});
  }
}

/// The first component of a kind counts; the specification allows one.
template <class T>
void keep_first(std::optional<T>& known, std::optional<T> read) {
  if (!known) known = std::move(read);
}

void interpret_components(IiopProfile& profile) {
  for (const TaggedComponent& component : profile.components) {
    switch (component.tag) {
      case kTagOrbType:
        keep_first(profile.orb_type, parse_orb_type(component.data));
        break;
      case kTagCodeSets:
        keep_first(profile.code_sets, parse_code_sets(component.data));
        break;
      case kTagSslSecTrans:
        keep_first(profile.ssl, parse_ssl(component.data));
        break;
      case kTagAlternateIiopAddress:
        if (auto address = parse_alternate_address(component.data)) {
          profile.alternates.push_back(std::move(*address));
        }
        break;
      default:
        break;
    }
  }
}

/// Up to the key, which all versions have in common.
struct ProfileStart {
  GiopVersion version;
  std::string_view host;
  std::uint16_t port = 0;
  std::string_view object_key;
};

ProfileStart read_start(cdr::Decoder& decoder) noexcept {
  ProfileStart start;
  start.version.major = decoder.read<std::uint8_t>();
  start.version.minor = decoder.read<std::uint8_t>();
  if (start.version.major != 1) decoder.fail("IIOP profile of another major version");
  // Higher minor versions only add to what 1.2 has.
  if (start.version.minor > 2) start.version.minor = 2;
  start.host = decoder.read_string_view();
  start.port = decoder.read<std::uint16_t>();
  start.object_key = as_text(read_octet_sequence(decoder));
  return start;
}

// Whatever resolves or logs it later gets no control characters.
bool is_host(std::string_view host) noexcept {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7f;
  });
}

}  // namespace

std::optional<IiopProfile> parse_iiop_profile(std::span<const std::byte> data) {
  auto decoder = open_encapsulation(data);
  const ProfileStart start = read_start(decoder);
  if (decoder.failed()) return std::nullopt;
  IiopProfile profile;
  profile.version = start.version;
  profile.endpoint = {std::string(start.host), start.port};
  profile.object_key = start.object_key;
  // Some peers leave out an empty list.
  if (start.version.minor != 0 && decoder.remaining() != 0) {
    read_components(decoder, profile.components);
    interpret_components(profile);
  }
  const bool reachable = start.port != 0 || (profile.ssl && profile.ssl->port != 0);
  if (decoder.failed() || !is_host(start.host) || !reachable) return std::nullopt;
  return profile;
}

std::optional<std::string_view> view_profile_key(std::span<const std::byte> data) noexcept {
  auto decoder = open_encapsulation(data);
  const ProfileStart start = read_start(decoder);
  if (decoder.failed()) return std::nullopt;
  return start.object_key;
}

TaggedProfile build_iiop_profile(const IiopProfile& profile) {
  auto encoder = make_encapsulation();
  encoder.write(profile.version.major);
  encoder.write(profile.version.minor);
  write_raw_string(encoder, profile.endpoint.host);
  encoder.write(profile.endpoint.port);
  write_octet_sequence(encoder, as_octets(profile.object_key));
  if (profile.version.minor != 0) {
    encoder.write_count(profile.components.size());
    for (const TaggedComponent& component : profile.components) {
      encoder.write(component.tag);
      write_octet_sequence(encoder, component.data);
    }
  }
  return {kTagInternetIop, encoder.copy()};
}

}  // namespace corbel::ior
