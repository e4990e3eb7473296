#pragma once

#include <algorithm>
#include <string>

#include "idl/compiler/checker/constants.hpp"

namespace corbel::idl {

/// The values of an integer type.
struct Constants::IntegerRange {
  const char* name;
  Wide lowest;
  Wide highest;
};

/// Decimal text of an exact integer.
template <typename Integer>
std::string to_text(Integer value) {
  const bool negative = value < 0;
  std::string digits;
  do {
    const int digit = static_cast<int>(value % 10);
    digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    value /= 10;
  } while (value != 0);
  if (negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace corbel::idl
