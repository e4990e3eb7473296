#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "idl/compiler/ast/const_value.hpp"

namespace corbel::idl {

/// 0 to 9, whatever the locale.
inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Why a literal is wrong, and at which octet of its spelling.
struct LiteralProblem {
  std::string message;
  std::size_t offset = 0;
};

/// The value of a number literal.
using NumberValue = std::variant<LiteralProblem, std::uint64_t, long double, FixedValue>;

/// Decimal, 0octal and 0xhex integers up to 64 bits; 1.5, .5e-3; 1.50d.
NumberValue decode_number(std::string_view spelling);

/// A string or character literal's octets, with its escapes resolved.
std::variant<LiteralProblem, std::string> decode_narrow(std::string_view spelling);

/// The same for L"..." and L'...', as UTF-16; the source is taken for UTF-8, or for Latin-1 where
/// it is not valid UTF-8.
std::variant<LiteralProblem, std::u16string> decode_wide(std::string_view spelling);

}  // namespace corbel::idl
