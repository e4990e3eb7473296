#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace corbel::ior {

/// Escapes what RFC 2396 and CORBA 3.3 do not allow bare in a corbaloc key: everything but letters,
/// digits and ; / : ? @ & = + $ , - _ . ! ~ * ' ( )
std::string escape_url(std::string_view octets);

/// Replaces %XX. nullopt for a % without two hexadecimal digits; `error_position` says where.
std::optional<std::string> unescape_url(std::string_view text, std::size_t& error_position);

}  // namespace corbel::ior
