#pragma once

#include <corbel/reference.hpp>
#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>

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

/// What a request of ours is addressed to. Borrows.
struct Addressee {
  std::string_view object_key;
  /// Other than by key only in GIOP 1.2, for servers that asked for it.
  AddressingDisposition disposition = AddressingDisposition::key;
  /// For the other dispositions: the reference, and which of its profiles is used.
  const ObjectRef* reference = nullptr;
  std::size_t profile = 0;
};

/// A TargetAddress.
void write_target(cdr::Encoder& encoder, const Addressee& addressee);

}  // namespace corbel::giop
