#pragma once

#include <corbel/stub/encoding.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

/// Octets as text: two hexadecimal digits each, white space between them as you like, `#` starts a
/// comment up to the end of the line.
namespace corbel::testing {

/// How the octets in the tests' texts are meant: numbers read from left to right.
inline constexpr cdr::Encoding kBig{cdr::ByteOrder::big};

/// The octets of `text`; throws std::runtime_error for anything else in it.
std::vector<std::byte> octets(std::string_view text);

/// The octets of tests/wire/<name>.txt; throws std::runtime_error when there is none.
std::vector<std::byte> wire_sample(std::string_view name);

}  // namespace corbel::testing
