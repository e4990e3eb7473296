#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Conversions between what is in memory (UTF-8, UTF-16) and what is on the wire.
namespace corbel::cdr {

/// Octets of the longest prefix that is ASCII.
std::size_t ascii_prefix(std::string_view text) noexcept;
/// Well-formed UTF-8: shortest forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) noexcept;
/// Every surrogate is one of a pair.
bool is_utf16(std::u16string_view text) noexcept;

/// Any octets are ISO-8859-1.
std::string latin1_to_utf8(std::string_view latin1);
/// Nothing if the text is not UTF-8 or has a character above U+00FF.
std::optional<std::string> utf8_to_latin1(std::string_view utf8);

}  // namespace corbel::cdr
