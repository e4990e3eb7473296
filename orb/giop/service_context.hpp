#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <orb/ior/code_sets.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel::giop {

// IOP::ServiceId values.
inline constexpr std::uint32_t kCodeSets = 1;
inline constexpr std::uint32_t kBiDirIiop = 5;
inline constexpr std::uint32_t kUnknownExceptionInfo = 9;
inline constexpr std::uint32_t kExceptionDetailMessage = 14;
/// Ours: nanoseconds that the caller still waits.
inline constexpr std::uint32_t kCorbelDeadline = 0x434F5200;
/// Ours: 16 octets that all calls of one chain of nested calls have in common.
inline constexpr std::uint32_t kCorbelCallChain = 0x434F5201;

/// Information that travels beside a request or reply. `data` is an encapsulation, borrowed.
struct ServiceContext {
  std::uint32_t id = 0;
  std::span<const std::byte> data;
};

/// The service contexts of a received message where they lie: checked once, read without
/// allocation. Valid as long as the message's octets (and fragment starts).
class ServiceContextList {
 public:
  class Iterator {
   public:
    using value_type = ServiceContext;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    Iterator(const cdr::Decoder& decoder, std::uint32_t left) noexcept
        : decoder_(decoder), left_(left) {
      read();
    }
    const ServiceContext& operator*() const noexcept { return current_; }
    const ServiceContext* operator->() const noexcept { return &current_; }
    Iterator& operator++() noexcept {
      --left_;
      read();
      return *this;
    }
    void operator++(int) noexcept { ++*this; }
    bool operator==(std::default_sentinel_t) const noexcept { return left_ == 0; }

   private:
    void read() noexcept;

    cdr::Decoder decoder_;
    std::uint32_t left_;
    ServiceContext current_;
  };

  /// Becomes the list that comes next, and reads past it; failures stay in `decoder`, the list is
  /// then empty.
  void decode(cdr::Decoder& decoder) noexcept {
    const std::uint32_t count = decoder.read_count(kSmallestContext, 0, true);
    if (count != 0 || !empty()) decode_some(decoder, count);
  }

  Iterator begin() const noexcept { return Iterator(first_ ? *first_ : cdr::Decoder({}), count_); }
  static std::default_sentinel_t end() noexcept { return {}; }
  void clear() noexcept {
    if (!empty()) *this = ServiceContextList();
  }
  std::uint32_t size() const noexcept { return count_; }
  bool empty() const noexcept { return count_ == 0; }
  /// The data of the first context with this id.
  std::optional<std::span<const std::byte>> find(std::uint32_t id) const noexcept;

 private:
  static constexpr std::size_t kSmallestContext = 8;
  void decode_some(cdr::Decoder& decoder, std::uint32_t count) noexcept;

  std::optional<cdr::Decoder> first_;  // at the first context; most messages have none
  std::uint32_t count_ = 0;
};

/// The count, then each context.
void write_service_contexts(cdr::Encoder& encoder, std::span<const ServiceContext> contexts);

/// An encoded context that needs no heap; keep it while context() is in use.
template <std::size_t N>
struct ContextData {
  std::uint32_t id = 0;
  std::array<std::byte, N> octets{};
  ServiceContext context() const noexcept { return {id, octets}; }
};

// Decoding takes a context's data; octets after what is expected are ignored, nullopt means
// nonsense.

ContextData<12> encode_code_sets(const ior::TransmissionCodeSets& chosen) noexcept;
std::optional<ior::TransmissionCodeSets> decode_code_sets(std::span<const std::byte> data) noexcept;

/// A time that is over is sent as 0.
ContextData<16> encode_deadline(std::chrono::nanoseconds remaining) noexcept;
/// At most 292 years.
std::optional<std::chrono::nanoseconds> decode_deadline(std::span<const std::byte> data) noexcept;

using CallChainId = std::array<std::byte, 16>;
ContextData<17> encode_call_chain(const CallChainId& id) noexcept;
std::optional<CallChainId> decode_call_chain(std::span<const std::byte> data) noexcept;

/// ExceptionDetailMessage: a wstring, always UTF-16 as in GIOP 1.2. At most 1000 characters of
/// `utf8` are sent; what is not UTF-8 is replaced.
std::vector<std::byte> encode_exception_detail(std::string_view utf8);
/// At most 4000 characters.
std::optional<std::string> decode_exception_detail(std::span<const std::byte> data);

}  // namespace corbel::giop
