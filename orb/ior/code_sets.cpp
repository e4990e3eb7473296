#include <orb/ior/code_sets.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace corbel::ior {
namespace {

using cdr::CodeSet;

bool contains(const std::vector<CodeSet>& sets, CodeSet wanted) {
  return std::find(sets.begin(), sets.end(), wanted) != sets.end();
}

// Registered sets are subsets of what UTF-8 and UTF-16 can express, hence compatible with ours;
// what the OSF registry cannot contain means nothing to us.
bool is_registered(CodeSet code_set) {
  const auto organization = static_cast<std::uint32_t>(code_set) >> 16;
  static constexpr std::array<std::uint32_t, 10> kOrganizations = {
      0x0001, 0x0003, 0x0004, 0x0005, 0x000a, 0x0010, 0x0500, 0x0501, 0x1000, 0x1002};
  return std::find(kOrganizations.begin(), kOrganizations.end(), organization) !=
         kOrganizations.end();
}

std::optional<CodeSet> choose(const CodeSetComponent& client, const CodeSetComponent& server,
                              CodeSet fallback) {
  if (client.native == server.native) return client.native;
  if (contains(client.conversion, server.native)) return server.native;
  if (contains(server.conversion, client.native)) return client.native;
  for (const CodeSet offered : server.conversion) {
    if (contains(client.conversion, offered)) return offered;
  }
  if (is_registered(server.native)) return fallback;
  return std::nullopt;
}

}  // namespace

const CodeSetInfo& own_code_sets() {
  static const CodeSetInfo info{{CodeSet::utf8, {CodeSet::iso8859_1}}, {CodeSet::utf16, {}}};
  return info;
}

std::optional<TransmissionCodeSets> negotiate_code_sets(const CodeSetInfo& server) {
  const CodeSetInfo& client = own_code_sets();
  TransmissionCodeSets chosen;
  if (server.chars.native != CodeSet::none) {
    const auto chars = choose(client.chars, server.chars, CodeSet::utf8);
    if (!chars) return std::nullopt;
    chosen.chars = *chars;
  }
  if (server.wchars.native != CodeSet::none) {
    const auto wchars = choose(client.wchars, server.wchars, CodeSet::utf16);
    if (!wchars) return std::nullopt;
    chosen.wchars = *wchars;
  }
  return chosen;
}

bool can_transmit(const TransmissionCodeSets& chosen) noexcept {
  const bool chars = chosen.chars == CodeSet::utf8 || chosen.chars == CodeSet::iso8859_1;
  const bool wchars = chosen.wchars == CodeSet::utf16 || chosen.wchars == CodeSet::none;
  return chars && wchars;
}

std::string to_string(CodeSet code_set) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string number = "0x";
  for (unsigned shift = 32; shift != 0;) {
    shift -= 4;
    number.push_back(kDigits[static_cast<std::uint32_t>(code_set) >> shift & 15]);
  }
  switch (code_set) {
    case CodeSet::iso8859_1:
      return "ISO-8859-1 (" + number + ")";
    case CodeSet::utf16:
      return "UTF-16 (" + number + ")";
    case CodeSet::ucs2:
      return "UCS-2 (" + number + ")";
    case CodeSet::utf8:
      return "UTF-8 (" + number + ")";
    case CodeSet::none:
      break;
  }
  return number;
}

}  // namespace corbel::ior
