#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// IDL's fixed as decimal text, "-12.50", and as the digits that travel.
namespace corbel::cdr {

/// `scale` of the digits stand behind the point; a negative scale adds zeros before it.
std::string decimal_text(std::string_view digits, std::int16_t scale, bool negative);

struct FixedDigits {
  std::string digits;  ///< exactly as many as the type has
  bool negative = false;
};
/// The digits of a fixed<count, scale> whose value is `text` ("12", "-.5", "+1.50", "1e3" is not
/// one). Nothing if the text is no decimal number or has more digits than the type can hold.
std::optional<FixedDigits> fixed_digits(std::string_view text, std::uint16_t count,
                                        std::int16_t scale);

}  // namespace corbel::cdr
