#pragma once

#include <orb/ior/code_sets.hpp>

#include <atomic>
#include <cstdint>

namespace corbel::connection {

/// The code sets of a connection, which a request may set while others are read. Threads: any.
class CodeSetCell {
 public:
  void store(const ior::TransmissionCodeSets& sets) noexcept {
    packed_.store(
        (static_cast<std::uint64_t>(sets.chars) << 32) | static_cast<std::uint64_t>(sets.wchars),
        std::memory_order_relaxed);
  }
  ior::TransmissionCodeSets load() const noexcept {
    const auto packed = packed_.load(std::memory_order_relaxed);
    if (packed == 0) return {};
    return {static_cast<cdr::CodeSet>(packed >> 32),
            static_cast<cdr::CodeSet>(packed & 0xffffffffu)};
  }
  /// Somebody has agreed on some.
  bool is_set() const noexcept { return packed_.load(std::memory_order_relaxed) != 0; }

 private:
  std::atomic<std::uint64_t> packed_{0};
};

}  // namespace corbel::connection
