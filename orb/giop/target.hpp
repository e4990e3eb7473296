#pragma once

#include <corbel/stub/decoder.hpp>

#include <cstdint>
#include <string_view>

namespace corbel::giop {

/// GIOP::AddressingDisposition.
enum class AddressingDisposition : std::uint16_t { key = 0, profile = 1, reference = 2 };

/// What a request of GIOP 1.2 is addressed to, brought down to an object key.
struct Target {
  std::string_view object_key;
  /// The request named its target by a profile that is not IIOP or does not parse: answer
  /// NEEDS_ADDRESSING_MODE with AddressingDisposition::key.
  bool needs_key = false;
};

/// Reads a TargetAddress (CORBA 3.3 part 2, 9.4.2.2) without copying; failures stay in `decoder`.
Target decode_target(cdr::Decoder& decoder) noexcept;

}  // namespace corbel::giop
