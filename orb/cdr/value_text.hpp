#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace corbel::cdr {

/// The shortest text that reads back as the same number: "76.1", "1e+30", "nan", "-inf".
std::string number_text(double value);
std::string number_text(float value);
std::string number_text(long double value);

/// UTF-8; an unpaired surrogate becomes U+FFFD.
std::string utf16_to_utf8(std::u16string_view text);
/// Nothing is lost: the text must be UTF-8.
std::u16string utf8_to_utf16(std::string_view text);

/// Appends the text with a backslash before `quote` and backslashes, control characters and octets
/// that are no UTF-8 as escapes.
void append_escaped(std::string& out, std::string_view text, char quote);

/// The largest length up to `length` that cuts no UTF-8 sequence.
std::size_t utf8_cut(std::string_view text, std::size_t length) noexcept;

}  // namespace corbel::cdr
