#pragma once

#include <string>
#include <string_view>

namespace corbel::ior {

/// Without white space at both ends.
std::string_view trim(std::string_view text) noexcept;

/// Whether `text` begins with `scheme`, letters of either case.
bool starts_with_scheme(std::string_view text, std::string_view scheme) noexcept;

/// In quotation marks for an error message: shortened to 60 octets, unprintable ones as \xNN.
std::string quote(std::string_view text);

}  // namespace corbel::ior
