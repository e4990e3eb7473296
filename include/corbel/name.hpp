#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

/// One step of a name in a naming service: CosNaming::NameComponent as plain data.
struct NameComponent {
  std::string id{};
  std::string kind{};
  auto operator<=>(const NameComponent&) const = default;
};

/// Reads a stringified name, "trading/exchange.service" (Naming Service 1.3, 2.4): '/' separates
/// components, '.' separates id and kind, '\' makes a following '/', '.' or '\' an ordinary
/// character; a lone "." is the component with empty id and kind. Throws BadParam, which says what
/// is wrong and at which octet, for an empty text or component, a trailing or second '.' in a
/// component, and a '\' before anything else.
std::vector<NameComponent> parse_name(std::string_view text);

/// The inverse of parse_name; empty for a name without components.
std::string format_name(std::span<const NameComponent> name);
/// One component: "id", "id.kind", ".kind" or ".", escaped.
std::string format_name(const NameComponent& component);

}  // namespace corbel
