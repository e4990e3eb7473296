#pragma once

#include <string>
#include <string_view>

namespace corbel::naming_service {

/// Whether "corbaname:" and this make a reference: ":host:port/key", "iiop:1.2@host", "rir:",
/// several addresses separated by commas (Naming Service 1.3, 2.5.3).
bool is_corbaname_address(std::string_view address);

/// "corbaname:<address>#<name>", with what URLs do not allow in a stringified name as %XX; without
/// "#" for an empty name, which is the context itself.
std::string make_corbaname(std::string_view address, std::string_view name);

}  // namespace corbel::naming_service
