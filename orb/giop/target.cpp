#include <orb/giop/target.hpp>

#include <orb/base/hot.hpp>
#include <orb/ior/encapsulation.hpp>
#include <orb/ior/profile.hpp>

namespace corbel::giop {
namespace {

constexpr std::size_t kSmallestProfile = 8;

Target read_profile(cdr::Decoder& decoder) noexcept {
  const auto tag = decoder.read<std::uint32_t>();
  const auto data = ior::read_octet_sequence(decoder);
  if (tag == ior::kTagInternetIop) {
    if (const auto key = ior::view_profile_key(data)) return {*key, false};
  }
  return {{}, true};
}

/// GIOP::IORAddressingInfo: the index of the profile that was used, then the whole IOR.
Target read_reference(cdr::Decoder& decoder) noexcept {
  const auto selected = decoder.read<std::uint32_t>();
  decoder.read_string_view();
  const std::uint32_t count = decoder.read_count(kSmallestProfile, 0, true);
  Target target{{}, true};
  for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
    const Target profile = read_profile(decoder);
    if (i == selected) target = profile;
  }
  if (selected >= count) decoder.fail("the selected profile is not in the reference");
  return target;
}

}  // namespace

CORBEL_HOT Target decode_target(cdr::Decoder& decoder) noexcept {
  const auto disposition = static_cast<AddressingDisposition>(decoder.read<std::uint16_t>());
  if (decoder.failed()) return {};
  switch (disposition) {
    case AddressingDisposition::key:
      return {ior::as_text(ior::read_octet_sequence(decoder)), false};
    case AddressingDisposition::profile:
      return read_profile(decoder);
    case AddressingDisposition::reference:
      return read_reference(decoder);
  }
  decoder.fail("the addressing disposition is neither 0, 1 nor 2");
  return {};
}

void write_target(cdr::Encoder& encoder, const Addressee& addressee) {
  encoder.write(static_cast<std::uint16_t>(addressee.disposition));
  switch (addressee.disposition) {
    case AddressingDisposition::key:
      ior::write_octet_sequence(encoder, ior::as_octets(addressee.object_key));
      break;
    case AddressingDisposition::profile: {
      const TaggedProfile& profile = addressee.reference->profiles()[addressee.profile];
      encoder.write(profile.tag);
      ior::write_octet_sequence(encoder, profile.data);
      break;
    }
    case AddressingDisposition::reference:
      encoder.write_count(addressee.profile);
      Type<ObjectRef>::encode(encoder, *addressee.reference);
      break;
  }
}

}  // namespace corbel::giop
