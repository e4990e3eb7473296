#include <corbel/reference.hpp>

#include <corbel/exceptions.hpp>
#include <orb/base/ids.hpp>
#include <orb/ior/corbaloc.hpp>
#include <orb/ior/ior_text.hpp>
#include <orb/ior/reference_data.hpp>
#include <orb/ior/text.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace corbel {
namespace {

bool is_printable(char c) noexcept { return c >= 0x20 && c < 0x7f; }

const std::string kNoText;

}  // namespace

std::string ObjectId::to_string() const {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  const bool printable = std::all_of(octets_.begin(), octets_.end(), is_printable);
  if (printable) return octets_;
  if (octets_.size() == 16) {
    std::array<std::byte, 16> id;
    std::memcpy(id.data(), octets_.data(), id.size());
    return to_text(id);
  }
  std::string text;
  for (const char c : octets_) {
    if (is_printable(c)) {
      text.push_back(c);
    } else {
      const auto octet = static_cast<unsigned char>(c);
      text.push_back('%');
      text.push_back(kDigits[octet >> 4]);
      text.push_back(kDigits[octet & 15]);
    }
  }
  return text;
}

std::string Endpoint::to_string() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

ObjectRef::ObjectRef() : data_(ior::nil_reference_data()) {}

ObjectRef::ObjectRef(std::string type_id, std::vector<TaggedProfile> profiles)
    : data_(ior::make_reference_data(std::move(type_id), std::move(profiles))) {}

ObjectRef ObjectRef::parse(std::string_view text) {
  text = ior::trim(text);
  if (ior::starts_with_scheme(text, "ior:")) return ior::parse_ior_text(text);
  if (ior::starts_with_scheme(text, "corbaloc:")) return ior::parse_corbaloc(text);
  if (ior::starts_with_scheme(text, "corbaname:")) return ior::parse_corbaname(text);
  throw BadParam(
      "a reference begins with \"IOR:\", \"corbaloc:\" or \"corbaname:\", this text is " +
      ior::quote(text));
}

ObjectRef ObjectRef::at(std::vector<Endpoint> endpoints, std::string_view object_key) {
  std::vector<ior::TypedAddress> addresses;
  addresses.reserve(endpoints.size());
  for (Endpoint& endpoint : endpoints) addresses.push_back({kGiop1_2, std::move(endpoint)});
  return ObjectRef(ior::make_reference_data(addresses, object_key));
}

bool ObjectRef::is_nil() const noexcept {
  return data_->profiles.empty() && data_->initial_reference.empty();
}

const std::string& ObjectRef::type_id() const noexcept { return data_->type_id; }

const std::string& ObjectRef::host() const noexcept {
  return data_->endpoints.empty() ? kNoText : data_->endpoints.front().host;
}

std::uint16_t ObjectRef::port() const noexcept {
  return data_->endpoints.empty() ? std::uint16_t{0} : data_->endpoints.front().port;
}

std::uint64_t ObjectRef::timestamp() const noexcept { return data_->own_key.timestamp; }

const std::string& ObjectRef::adapter_name() const noexcept { return data_->own_key.adapter; }

const ObjectId& ObjectRef::object_id() const noexcept { return data_->own_key.id; }

std::string_view ObjectRef::object_key() const noexcept {
  return data_->iiop.empty() ? std::string_view() : data_->iiop.front().object_key;
}

const std::vector<Endpoint>& ObjectRef::endpoints() const noexcept { return data_->endpoints; }

const std::vector<TaggedProfile>& ObjectRef::profiles() const noexcept { return data_->profiles; }

const std::string& ObjectRef::name_to_resolve() const noexcept { return data_->name_to_resolve; }

const std::string& ObjectRef::initial_reference() const noexcept {
  return data_->initial_reference;
}

std::string ObjectRef::to_string() const {
  const bool needs_url = !data_->initial_reference.empty() || !data_->name_to_resolve.empty();
  return needs_url ? to_corbaloc() : ior::to_ior_text(*this);
}

std::string ObjectRef::to_corbaloc() const { return ior::to_corbaloc_text(*this); }

bool operator==(const ObjectRef& left, const ObjectRef& right) noexcept {
  const auto& a = *left.data_;
  const auto& b = *right.data_;
  if (&a == &b) return true;
  if (a.hash != b.hash || a.endpoints != b.endpoints ||
      a.initial_reference != b.initial_reference || a.name_to_resolve != b.name_to_resolve) {
    return false;
  }
  for (std::size_t i = 0; i < a.endpoints.size(); ++i) {
    // Many addresses may share a long key: compare it once.
    if (i != 0 && a.endpoint_profiles[i] == a.endpoint_profiles[i - 1] &&
        b.endpoint_profiles[i] == b.endpoint_profiles[i - 1]) {
      continue;
    }
    if (a.profile_of(i).object_key != b.profile_of(i).object_key) return false;
  }
  return std::equal(a.opaque_profiles.begin(), a.opaque_profiles.end(), b.opaque_profiles.begin(),
                    b.opaque_profiles.end(),
                    [&](std::size_t x, std::size_t y) { return a.profiles[x] == b.profiles[y]; });
}

std::size_t ObjectRef::hash() const noexcept { return data_->hash; }

void Type<ObjectRef>::encode(cdr::Encoder& encoder, const ObjectRef& value) {
  ior::write_ior(encoder, value.data());
}

void Type<ObjectRef>::decode(cdr::Decoder& decoder, ObjectRef& value) {
  auto data = ior::read_ior(decoder);
  const auto* origin = decoder.reference_origin();
  if (origin != nullptr && *origin != nullptr && !data->endpoints.empty()) {
    auto received = std::make_shared<detail::ReferenceData>(*data);
    received->origin = *origin;
    data = std::move(received);
  }
  value = ObjectRef(std::move(data));
}

}  // namespace corbel
