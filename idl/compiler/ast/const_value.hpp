#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace corbel::idl {

struct Enumerator;

/// An exact decimal: digits without point or leading zeros, `scale` of them after the point.
struct FixedValue {
  bool negative = false;
  std::string digits;
  std::uint16_t scale = 0;
};

/// A wide character or each unit of a wide string: UTF-16.
struct WCharValue {
  char16_t unit = 0;
};

/// The value of a constant, a union label, a bound or an annotation, converted to and checked
/// against its type:
/// - std::int64_t   short, long, long long, int8
/// - std::uint64_t  octet, uint8, unsigned short, unsigned long, unsigned long long
/// - long double    float, double, long double (rounded to the target type)
/// - bool, char (one octet), WCharValue, std::string (octets as in the source, may hold none that
/// is NUL),
///   std::u16string, FixedValue
/// - const Enumerator*
using ConstValue = std::variant<std::int64_t, std::uint64_t, long double, bool, char, WCharValue,
                                std::string, std::u16string, FixedValue, const Enumerator*>;

}  // namespace corbel::idl
