#include <orb/ior/corbaloc.hpp>

#include <corbel/exceptions.hpp>
#include <orb/ior/reference_data.hpp>
#include <orb/ior/text.hpp>
#include <orb/ior/url_escape.hpp>

#include <charconv>
#include <optional>
#include <vector>

namespace corbel::ior {
namespace {

constexpr std::string_view kCorbaloc = "corbaloc:";
constexpr std::string_view kCorbaname = "corbaname:";
constexpr std::string_view kDefaultKey = "NameService";
constexpr std::uint16_t kDefaultPort = 2809;

[[noreturn]] void refuse(std::string_view scheme, const std::string& what) {
  throw BadParam(std::string(scheme) + " " + what);
}

/// What stands before the key.
struct AddressList {
  bool is_initial_reference = false;
  std::vector<TypedAddress> addresses;
};

std::string unescape(std::string_view scheme, std::string_view text, std::string_view part) {
  std::size_t position = 0;
  auto plain = unescape_url(text, position);
  if (!plain) {
    refuse(scheme, "in the " + std::string(part) + " " + quote(text) + ", " +
                       quote(text.substr(position, 3)) +
                       " is no escape: % and two hexadecimal digits were expected");
  }
  return std::move(*plain);
}

/// Takes "1.2@" off the front.
GiopVersion take_version(std::string_view scheme, std::string_view& address) {
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return {1, 0};
  const std::string_view version = address.substr(0, at);
  address.remove_prefix(at + 1);
  if (version == "1.0") return {1, 0};
  if (version == "1.1") return {1, 1};
  if (version == "1.2") return {1, 2};
  refuse(scheme, "the version " + quote(version) +
                     " before \"@\" is unknown; 1.0, 1.1 or 1.2 was expected");
}

std::uint16_t read_port(std::string_view scheme, std::string_view digits) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0 || port > 65535) {
    refuse(scheme, "the port " + quote(digits) + " is not a number from 1 to 65535");
  }
  return static_cast<std::uint16_t>(port);
}

void check_host(std::string_view scheme, std::string_view host, bool bracketed) {
  if (host.empty())
    refuse(scheme, "a host is missing, e.g. corbaloc:iiop:1.2@localhost:2809/NameService");
  for (const char c : host) {
    const bool usual = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (!usual && !(bracketed && (c == ':' || c == '%'))) {
      refuse(scheme, quote(std::string_view(&c, 1)) + " cannot be in the host " + quote(host));
    }
  }
}

/// "host", "host:port", "[v6]", "[v6]:port".
Endpoint read_endpoint(std::string_view scheme, std::string_view address) {
  std::string_view host;
  std::string_view rest;
  const bool bracketed = address.starts_with('[');
  if (bracketed) {
    const std::size_t close = address.find(']');
    if (close == std::string_view::npos) refuse(scheme, "\"]\" is missing in " + quote(address));
    host = address.substr(1, close - 1);
    if (host.find(':') == std::string_view::npos) {
      refuse(scheme, "an IPv6 address was expected in the brackets of " + quote(address));
    }
    rest = address.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') {
      refuse(scheme, "\":\" and a port were expected after \"]\" in " + quote(address));
    }
  } else {
    const std::size_t colon = address.find(':');
    host = address.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : address.substr(colon);
    if (rest.find(':', 1) != std::string_view::npos) {
      refuse(scheme, "more than one \":\" in " + quote(address) +
                         "; an IPv6 address goes in brackets, e.g. [::1]:2809");
    }
  }
  check_host(scheme, host, bracketed);
  return {std::string(host), rest.empty() ? kDefaultPort : read_port(scheme, rest.substr(1))};
}

/// One element of the list; false for a protocol that is not ours.
bool read_address(std::string_view scheme, std::string_view address, AddressList& list) {
  const std::size_t colon = address.find(':');
  if (colon == std::string_view::npos) {
    refuse(scheme,
           quote(address) +
               " names no protocol; \"iiop:\", \":\" or \"rir:\" was expected before the host");
  }
  const std::string_view protocol = address.substr(0, colon);
  std::string_view rest = address.substr(colon + 1);
  if (starts_with_scheme(protocol, "rir") && protocol.size() == 3) {
    if (!rest.empty())
      refuse(scheme, "nothing but \"/\" and a name may follow \"rir:\", not " + quote(rest));
    list.is_initial_reference = true;
    return true;
  }
  if (!protocol.empty() && !(starts_with_scheme(protocol, "iiop") && protocol.size() == 4))
    return false;
  const GiopVersion version = take_version(scheme, rest);
  list.addresses.push_back({version, read_endpoint(scheme, rest)});
  return true;
}

AddressList read_addresses(std::string_view scheme, std::string_view text) {
  if (text.empty()) refuse(scheme, "an address is missing, e.g. iiop:1.2@localhost:2809");
  AddressList list;
  std::optional<std::string_view> unknown;
  std::size_t count = 0;
  for (std::size_t start = 0; start <= text.size(); ++count) {
    const std::size_t comma = std::min(text.find(',', start), text.size());
    const std::string_view address = text.substr(start, comma - start);
    if (!read_address(scheme, address, list)) unknown = address.substr(0, address.find(':'));
    start = comma + 1;
  }
  if (list.is_initial_reference && count > 1)
    refuse(scheme, "\"rir:\" stands alone, not among other addresses");
  if (!list.is_initial_reference && list.addresses.empty()) {
    refuse(scheme, "the protocol " + quote(unknown.value_or("")) +
                       " is unknown; \"iiop\" (or nothing) or \"rir\" was expected");
  }
  return list;
}

std::shared_ptr<detail::ReferenceData> read_location(std::string_view scheme, std::string_view text,
                                                     std::string_view default_key) {
  const std::size_t slash = text.find('/');
  const AddressList list = read_addresses(scheme, text.substr(0, slash));
  std::string key;
  if (slash != std::string_view::npos) key = unescape(scheme, text.substr(slash + 1), "object key");
  if (key.empty()) key = list.is_initial_reference ? kDefaultKey : default_key;
  if (list.is_initial_reference)
    return make_reference_data(*nil_reference_data(), std::move(key), "");
  if (key.empty()) refuse(scheme, "an object key is missing after the address, e.g. /NameService");
  return make_reference_data(list.addresses, key);
}

}  // namespace

ObjectRef parse_corbaloc(std::string_view text) {
  text = trim(text);
  if (!starts_with_scheme(text, kCorbaloc))
    refuse("corbaloc:", quote(text) + " does not begin with it");
  return ObjectRef(read_location(kCorbaloc, text.substr(kCorbaloc.size()), ""));
}

ObjectRef parse_corbaname(std::string_view text) {
  text = trim(text);
  if (!starts_with_scheme(text, kCorbaname))
    refuse("corbaname:", quote(text) + " does not begin with it");
  const std::string_view location = text.substr(kCorbaname.size());
  const std::size_t hash = location.find('#');
  const auto context = read_location(kCorbaname, location.substr(0, hash), kDefaultKey);
  if (hash == std::string_view::npos) return ObjectRef(context);
  std::string name = unescape(kCorbaname, location.substr(hash + 1), "name");
  return ObjectRef(make_reference_data(*context, context->initial_reference, std::move(name)));
}

std::string to_corbaloc_text(const ObjectRef& ref) {
  const detail::ReferenceData& data = ref.data();
  std::string text(data.name_to_resolve.empty() ? kCorbaloc : kCorbaname);
  if (!data.initial_reference.empty()) {
    text.append("rir:/").append(escape_url(data.initial_reference));
  } else if (data.endpoints.empty()) {
    throw BadParam("a reference without an address (" + quote(data.type_id) +
                   ") has no corbaloc form");
  } else {
    const std::string_view key = data.profile_of(0).object_key;
    for (std::size_t i = 0; i < data.endpoints.size(); ++i) {
      const IiopProfile& profile = data.profile_of(i);
      const bool same_profile = data.endpoint_profiles[i] == data.endpoint_profiles[0];
      if (!same_profile && profile.object_key != key) continue;
      if (i != 0) text.push_back(',');
      text.append("iiop:1.").append(std::to_string(profile.version.minor)).push_back('@');
      text.append(data.endpoints[i].to_string());
    }
    text.append("/").append(escape_url(key));
  }
  if (!data.name_to_resolve.empty()) text.append("#").append(escape_url(data.name_to_resolve));
  return text;
}

}  // namespace corbel::ior
