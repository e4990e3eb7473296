#pragma once

#include <corbel/reference.hpp>
#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/ior/object_key.hpp>
#include <orb/ior/profile.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::detail {

/// What an ObjectRef knows. Immutable once made; shared by copies of the reference.
struct ReferenceData {
  std::string type_id;
  /// All profiles as they came, also those that nobody here understands.
  std::vector<TaggedProfile> profiles;
  /// Those that parse, in the same order.
  std::vector<ior::IiopProfile> iiop;
  /// The others: indexes in `profiles`.
  std::vector<std::size_t> opaque_profiles;

  /// Every address to try, in order: each profile's own, then its alternates.
  std::vector<Endpoint> endpoints;
  /// For each of `endpoints` the index in `iiop` of the profile to call there: its key, version and
  /// code sets.
  std::vector<std::size_t> endpoint_profiles;

  /// The parts of the first IIOP profile's key when a Corbel adapter made it, else empty.
  ior::ObjectKey own_key;
  bool has_own_key = false;

  std::string name_to_resolve;
  std::string initial_reference;

  std::size_t hash = 0;

  /// The connection that the reference came over, if calls to the object may go there. No part of
  /// the object's identity.
  std::shared_ptr<ReferenceOrigin> origin;

  const ior::IiopProfile& profile_of(std::size_t endpoint) const {
    return iiop[endpoint_profiles[endpoint]];
  }
};

}  // namespace corbel::detail

namespace corbel::ior {

/// Derives everything else from type id and profiles.
std::shared_ptr<detail::ReferenceData> make_reference_data(std::string type_id,
                                                           std::vector<TaggedProfile> profiles);

/// The parts of the nil reference.
const std::shared_ptr<const detail::ReferenceData>& nil_reference_data();

/// How several addresses of one object are told.
enum class MoreAddresses {
  alternates,  ///< one profile with TAG_ALTERNATE_IIOP_ADDRESS components (from IIOP 1.2 on)
  profiles,    ///< a profile each
};

/// A reference to an object of ours: ORB_TYPE and CODE_SETS components as clients expect them.
/// endpoints[0] is the profile's own address. In 1.0 and 1.1 further addresses become profiles.
ObjectRef make_reference(std::string_view type_id, std::span<const Endpoint> endpoints,
                         std::string_view object_key, GiopVersion version = {1, 2},
                         MoreAddresses more = MoreAddresses::alternates);

/// A reference made from addresses typed by somebody: nothing is known about components.
/// One profile for each address, in the given order.
struct TypedAddress {
  GiopVersion version{1, 0};
  Endpoint endpoint;
};
std::shared_ptr<detail::ReferenceData> make_reference_data(std::span<const TypedAddress> addresses,
                                                           std::string_view object_key);

/// What corbaname: and corbaloc:rir: add to the address of a naming context.
std::shared_ptr<detail::ReferenceData> make_reference_data(const detail::ReferenceData& context,
                                                           std::string initial_reference,
                                                           std::string name_to_resolve);

/// Reads and writes the IOR struct (CORBA 3.3 part 2, 7.6.2). A failure stays in the decoder and
/// gives the nil reference.
std::shared_ptr<const detail::ReferenceData> read_ior(cdr::Decoder& decoder);
/// Throws BadParam for a reference that only a URL can express (corbaloc:rir:).
void write_ior(cdr::Encoder& encoder, const detail::ReferenceData& data);

/// The same object under another interface's id.
ObjectRef with_type_id(const ObjectRef& ref, std::string type_id);

}  // namespace corbel::ior
