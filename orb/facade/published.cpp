#include <orb/facade/published.hpp>

#include <corbel/exceptions.hpp>

#include <orb/base/ids.hpp>
#include <orb/base/log.hpp>

#include <unistd.h>

#include <charconv>

namespace corbel::facade {

namespace {

bool is_any_address(std::string_view host) {
  return host == "0.0.0.0" || host == "::" || host == "*";
}

bool is_loopback(std::string_view host) {
  return host.starts_with("127.") || host == "::1" || host == "localhost";
}

}  // namespace

Endpoint unreachable_endpoint() {
  constexpr std::uint16_t kAnyPort = 683;  // that of IIOP; 0 would be no address at all
  return {to_text(random_id()) + ".invalid", kAnyPort};
}

Endpoint parse_endpoint(std::string_view text, std::uint16_t default_port) {
  const auto bad = [&](const char* why) {
    throw BadParam("\"" + std::string(text) + "\" is not HOST or HOST:PORT: " + why);
  };
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) bad("a ']' is missing");
    host = text.substr(1, close - 1);
    port = text.substr(close + 1);
    if (!port.empty() && !port.starts_with(':')) bad("after ']' only a port may follow");
    if (port == ":") bad("the port is missing");
    if (!port.empty()) port.remove_prefix(1);
  } else if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
    if (text.find(':') != colon) bad("an IPv6 address needs brackets");
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (port.empty()) bad("the port is missing");
  }
  if (host.empty()) bad("the host is missing");
  Endpoint endpoint{std::string(host), default_port};
  if (!port.empty()) {
    const auto [end, error] =
        std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc() || end != port.data() + port.size() || endpoint.port == 0)
      bad("the port is not 1 to 65535");
  }
  return endpoint;
}

std::vector<Endpoint> published_endpoints(const Endpoint& bound, std::string_view advertise) {
  std::vector<Endpoint> endpoints;
  while (!advertise.empty()) {
    const auto comma = advertise.find(',');
    endpoints.push_back(parse_endpoint(advertise.substr(0, comma), bound.port));
    advertise = comma == std::string_view::npos ? std::string_view() : advertise.substr(comma + 1);
  }
  if (!endpoints.empty()) {
    for (const auto& endpoint : endpoints) {
      log::info("orb", "listening on ", bound.to_string(), ", references say ",
                endpoint.to_string());
    }
    return endpoints;
  }
  if (!is_any_address(bound.host)) {
    log::write_parts(is_loopback(bound.host) ? log::Level::debug : log::Level::info, "orb",
                     "listening on ", bound.to_string());
    return {bound};
  }
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  const Endpoint guess{name[0] != '\0' ? name : "localhost", bound.port};
  log::warn("orb", "listening on all interfaces; references say ", guess.to_string(),
            ", which is a guess: set the advertised address if clients cannot reach that");
  return {guess};
}

}  // namespace corbel::facade
