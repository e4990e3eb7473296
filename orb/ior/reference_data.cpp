#include <orb/ior/reference_data.hpp>

#include <corbel/exceptions.hpp>
#include <orb/ior/encapsulation.hpp>
#include <orb/ior/keyed_hash.hpp>

namespace corbel::ior {
namespace {

using detail::ReferenceData;

constexpr std::size_t kSmallestProfile = 8;

void collect_endpoints(ReferenceData& data) {
  const auto add = [&](std::size_t profile, const Endpoint& endpoint) {
    if (endpoint.port == 0) return;  // reached by TLS only
    data.endpoints.push_back(endpoint);
    data.endpoint_profiles.push_back(profile);
  };
  for (std::size_t i = 0; i < data.iiop.size(); ++i) add(i, data.iiop[i].endpoint);
  for (std::size_t i = 0; i < data.iiop.size(); ++i) {
    for (const Endpoint& alternate : data.iiop[i].alternates) add(i, alternate);
  }
}

// Over part of what equality compares: a peer may put a long key beside very many addresses, so not
// the key of each address.
std::size_t hash_of(const ReferenceData& data) {
  std::string octets;
  for (const Endpoint& endpoint : data.endpoints)
    octets.append(endpoint.to_string()).push_back(',');
  if (!data.endpoints.empty()) octets.append(data.profile_of(0).object_key).push_back('/');
  for (const std::size_t i : data.opaque_profiles) octets.append(as_text(data.profiles[i].data));
  octets.append(data.initial_reference).push_back('#');
  octets.append(data.name_to_resolve);
  return keyed_hash(octets);
}

// What parsing made of the profiles, beyond their octets.
std::size_t parsed_octets(const ReferenceData& data) noexcept {
  std::size_t octets = sizeof(ReferenceData);
  for (const IiopProfile& profile : data.iiop) {
    octets += sizeof(IiopProfile) + profile.components.size() * sizeof(TaggedComponent) +
              profile.alternates.size() * 2 * sizeof(Endpoint);
  }
  return octets;
}

}  // namespace

std::shared_ptr<ReferenceData> make_reference_data(std::string type_id,
                                                   std::vector<TaggedProfile> profiles) {
  auto data = std::make_shared<ReferenceData>();
  data->type_id = std::move(type_id);
  data->profiles = std::move(profiles);
  for (std::size_t i = 0; i < data->profiles.size(); ++i) {
    std::optional<IiopProfile> parsed;
    if (data->profiles[i].tag == kTagInternetIop)
      parsed = parse_iiop_profile(data->profiles[i].data);
    if (parsed) {
      data->iiop.push_back(std::move(*parsed));
    } else {
      data->opaque_profiles.push_back(i);
    }
  }
  collect_endpoints(*data);
  if (!data->iiop.empty()) {
    if (auto key = parse_object_key(data->iiop.front().object_key)) {
      data->own_key = std::move(*key);
      data->has_own_key = true;
    }
  }
  data->hash = hash_of(*data);
  return data;
}

std::shared_ptr<ReferenceData> make_reference_data(std::span<const TypedAddress> addresses,
                                                   std::string_view object_key) {
  std::vector<TaggedProfile> profiles;
  for (const TypedAddress& address : addresses) {
    IiopProfile profile;
    profile.version = address.version;
    profile.endpoint = address.endpoint;
    profile.object_key = object_key;
    profiles.push_back(build_iiop_profile(profile));
  }
  return make_reference_data("", std::move(profiles));
}

const std::shared_ptr<const ReferenceData>& nil_reference_data() {
  // Never destroyed: objects with static storage may hold references.
  static const auto& nil = *new std::shared_ptr<const ReferenceData>(make_reference_data("", {}));
  return nil;
}

std::shared_ptr<ReferenceData> make_reference_data(const ReferenceData& context,
                                                   std::string initial_reference,
                                                   std::string name_to_resolve) {
  auto data = std::make_shared<ReferenceData>(context);
  data->initial_reference = std::move(initial_reference);
  data->name_to_resolve = std::move(name_to_resolve);
  data->hash = hash_of(*data);
  return data;
}

ObjectRef make_reference(std::string_view type_id, std::span<const Endpoint> endpoints,
                         std::string_view object_key, GiopVersion version, MoreAddresses more) {
  const bool has_alternates = more == MoreAddresses::alternates && version >= kGiop1_2;
  std::vector<TaggedProfile> profiles;
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    if (i != 0 && has_alternates) break;
    IiopProfile profile;
    profile.version = version;
    profile.endpoint = endpoints[i];
    profile.object_key = object_key;
    profile.components = {make_orb_type(), make_code_sets(own_code_sets())};
    for (std::size_t j = 1; has_alternates && j < endpoints.size(); ++j) {
      profile.components.push_back(make_alternate_address(endpoints[j]));
    }
    profiles.push_back(build_iiop_profile(profile));
  }
  return ObjectRef(make_reference_data(std::string(type_id), std::move(profiles)));
}

std::shared_ptr<const ReferenceData> read_ior(cdr::Decoder& decoder) {
  const std::string_view type_id = decoder.read_string_view();
  const std::uint32_t count = decoder.read_count(kSmallestProfile, sizeof(TaggedProfile));
  std::vector<TaggedProfile> profiles;
  for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
    const auto tag = decoder.read<std::uint32_t>();
    const auto octets = read_octet_sequence(decoder);
    if (!decoder.claim(2 * octets.size(), 1)) break;  // kept raw and parsed
    profiles.push_back({tag, {octets.begin(), octets.end()}});
  }
  if (!decoder.failed()) decoder.claim(type_id.size(), 1);
  if (decoder.failed() || (profiles.empty() && type_id.empty())) return nil_reference_data();
  auto data = make_reference_data(std::string(type_id), std::move(profiles));
  if (!decoder.claim(parsed_octets(*data), 0)) return nil_reference_data();
  return data;
}

void write_ior(cdr::Encoder& encoder, const ReferenceData& data) {
  if (data.profiles.empty() && !data.initial_reference.empty()) {
    throw BadParam("the reference corbaloc:rir:/" + data.initial_reference +
                   " names an initial reference of this process; resolve it before passing it on");
  }
  write_raw_string(encoder, data.type_id);
  encoder.write_count(data.profiles.size());
  for (const TaggedProfile& profile : data.profiles) {
    encoder.write(profile.tag);
    write_octet_sequence(encoder, profile.data);
  }
}

ObjectRef with_type_id(const ObjectRef& ref, std::string type_id) {
  auto data = std::make_shared<ReferenceData>(ref.data());
  data->type_id = std::move(type_id);
  return ObjectRef(std::shared_ptr<const ReferenceData>(std::move(data)));
}

}  // namespace corbel::ior
