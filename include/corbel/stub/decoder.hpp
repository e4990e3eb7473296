#pragma once

#include <corbel/stub/encoder.hpp>
#include <corbel/stub/encoding.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace corbel {
namespace detail {
class OrbCore;
class ReferenceOrigin;
}  // namespace detail

namespace stub {
struct ValueType;
}

namespace cdr {

class ValueFactories;
class ValueReader;

/// Bounds on what one message may make us build (docs/protocol.md, hostile input).
struct DecodeLimits {
  std::size_t materialized_octets = 64u << 20;  ///< memory of decoded values
  std::size_t objects = 1'000'000;              ///< constructed values other than primitives
  unsigned depth = 64;                          ///< nesting of values
  unsigned type_code_depth = 32;                ///< nesting of TypeCodes
  unsigned value_chain = 1'000;                 ///< valuetypes inside of valuetypes
};

/// Reads CDR octets that a peer made, so every octet is suspect. Never throws for bad input: the
/// first failure is kept, later reads return zeros and empty values, and whoever started the
/// decoding asks failed() at the end (throw_if_failed() makes it MARSHAL or DATA_CONVERSION).
/// Loops over counts must stop when failed().
///
/// Borrows the octets. Threads: one at a time.
class Decoder {
 public:
  explicit Decoder(std::span<const std::byte> octets, Encoding encoding = {},
                   const DecodeLimits& limits = {}) noexcept
      : octets_(octets),
        end_(octets.size()),
        encoding_(encoding),
        swap_(encoding.order != kNativeOrder),
        limits_(limits) {}

  const Encoding& encoding() const noexcept { return encoding_; }
  void set_encoding(const Encoding& encoding) noexcept {
    encoding_ = encoding;
    swap_ = encoding.order != kNativeOrder;
  }

  bool failed() const noexcept { return failure_ != nullptr; }
  /// What was wrong, a literal such as "boolean is neither 0 nor 1"; empty when all is well.
  std::string_view failure() const noexcept { return failure_ ? failure_ : ""; }
  /// Where, in octets from the start of the octets given.
  std::size_t failure_position() const noexcept { return failure_position_; }
  bool failed_conversion() const noexcept { return failed_conversion_; }
  /// Keeps the first failure. `what` must be a literal.
  void fail(const char* what, bool conversion = false) noexcept;
  /// Throws Marshal (or DataConversion) with failure, position and `while_doing`.
  void throw_if_failed(std::string_view while_doing, std::uint32_t completed) const;

  std::size_t position() const noexcept { return position_; }
  std::size_t remaining() const noexcept { return octets_.size() - position_; }
  std::span<const std::byte> octets() const noexcept { return octets_; }
  /// Moves to an earlier or later position (indirections, skipping); beyond the end fails.
  void seek(std::size_t position) noexcept;

  void align(std::size_t alignment) noexcept {
    if (irregular_) [[unlikely]] {
      align_irregularly(alignment);
      return;
    }
    const std::size_t gap =
        (alignment - ((position_ - origin_) & (alignment - 1))) & (alignment - 1);
    if (gap != 0) skip(gap);
  }
  void skip(std::size_t count) noexcept {
    if (count > end_ - position_) {
      skip_chunks(count);
    } else {
      position_ += count;
    }
  }

  /// A boolean other than 0 or 1 fails.
  template <Primitive T>
  T read() noexcept {
    align(sizeof(T));
    if ((sizeof(T) > end_ - position_ || failed()) && !provide(sizeof(T))) return T{};
    const std::byte* from = octets_.data() + position_;
    position_ += sizeof(T);
    if constexpr (std::same_as<T, bool>) {
      if (std::to_integer<unsigned>(*from) > 1) fail("boolean is neither 0 nor 1");
      return std::to_integer<unsigned>(*from) == 1;
    } else {
      T value;
      std::memcpy(&value, from, sizeof(T));
      return swap_ ? swap_octets(value) : value;
    }
  }
  char16_t read_wchar() noexcept;
  long double read_long_double() noexcept;
  char read_char() noexcept;
  /// UTF-8; a length of 0 is accepted as empty, a missing NUL fails. bound 0: unbounded.
  std::string read_string(std::size_t bound = 0);
  /// The octets of a string where they are, before code set conversion (identifiers, ids, operation
  /// names: ASCII by specification).
  std::string_view read_string_view() noexcept;
  std::u16string read_wstring(std::size_t bound = 0);

  /// Reads a count and checks it: count * smallest wire size fits in what remains, and (unless
  /// element_memory is 0) the memory and object budgets allow it. Returns 0 after a failure.
  std::uint32_t read_count(std::size_t smallest_wire_size, std::size_t element_memory,
                           bool primitive_elements = false, std::size_t bound = 0) noexcept;
  /// Takes from the budgets; false and failed() when exhausted.
  bool claim(std::size_t octets, std::size_t objects) noexcept;

  /// The next `count` octets where they are.
  std::span<const std::byte> read_octets(std::size_t count) noexcept;
  /// Copies `values.size()` elements, swapping if needed.
  template <Bulk T>
  void read_array(std::span<T> values) noexcept {
    if (values.empty()) return;
    if (irregular_) [[unlikely]] {
      for (T& value : values) value = read<T>();
      return;
    }
    align(sizeof(T));
    const auto from = read_octets(values.size_bytes());
    if (failed()) return;
    std::memcpy(values.data(), from.data(), from.size());
    if (swap_ && sizeof(T) > 1) {
      for (T& value : values) value = swap_octets(value);
    }
  }
  /// The elements in place if byte order and memory alignment allow; else empty (position unmoved).
  template <Bulk T>
  std::span<const T> view_array(std::size_t count) noexcept {
    if (count == 0 || (swap_ && sizeof(T) > 1) || irregular_) return {};
    const std::size_t before = position_;
    align(sizeof(T));
    const auto* at = octets_.data() + position_;
    if (failed() || count > remaining() / sizeof(T) ||
        reinterpret_cast<std::uintptr_t>(at) % alignof(T) != 0) {
      if (!failed()) position_ = before;
      return {};
    }
    position_ += count * sizeof(T);
    return {reinterpret_cast<const T*>(at), count};
  }

  /// Guards against nesting: false and failed() beyond the limit.
  bool enter() noexcept {
    if (++depth_ > limits_.depth) fail("values nest too deeply");
    return !failed();
  }
  void leave() noexcept { --depth_; }
  const DecodeLimits& limits() const noexcept { return limits_; }

  /// An encapsulation's content with its own byte order and origin; shares no state but the limits
  /// (what is left of the budgets, the depth). Fails when the length is too large or zero.
  Decoder read_encapsulation() noexcept;
  /// After a nested decoder is done: takes over its failure and what it used of the budgets.
  void absorb(const Decoder& nested) noexcept;

  std::size_t origin() const noexcept { return origin_; }
  void set_origin(std::size_t origin) noexcept { origin_ = origin; }

  /// Where each further fragment of a GIOP 1.1 message begins in the joined octets (ascending;
  /// lent). There alignment starts anew, as if a message header of 12 octets came right before.
  void set_fragment_starts(std::span<const std::size_t> starts) noexcept {
    fragment_starts_ = starts;
    irregular_ = chunked_ || !starts.empty();
  }
  bool has_fragments() const noexcept { return !fragment_starts_.empty(); }

  /// The Orb that decoded references belong to (may be null: inert references only).
  void set_orb(const std::weak_ptr<detail::OrbCore>* orb) noexcept { orb_ = orb; }
  const std::weak_ptr<detail::OrbCore>* orb() const noexcept { return orb_; }
  /// What decoded references remember of the connection that they came over (may be null).
  void set_reference_origin(const std::shared_ptr<detail::ReferenceOrigin>* origin) noexcept {
    reference_origin_ = origin;
  }
  const std::shared_ptr<detail::ReferenceOrigin>* reference_origin() const noexcept {
    return reference_origin_;
  }

  /// The factories that users registered with the Orb (lent; may be null).
  using Factories = std::shared_ptr<const ValueFactories>;
  void set_value_factories(const Factories* factories) noexcept { factories_ = factories; }
  const Factories* value_factories() const noexcept { return factories_; }
  /// The valuetypes that the operation's own file knows: those, beside the types that are declared,
  /// may be constructed (a constant; not copied).
  void set_known_values(std::span<const stub::ValueType* const> types) noexcept { known_ = types; }
  std::span<const stub::ValueType* const> known_values() const noexcept { return known_; }
  /// What this message holds of values so far; made when the first one is read.
  ValueReader& values();
  /// Empties every value read so far, so that cycles among them are freed: for octets that turn out
  /// to be wrong only after their values were read.
  void discard_values() noexcept;
  /// After the last value of a good message: from here on only their users hold them.
  void release_values() noexcept;
  /// Whatever became of the message: holds them no longer.
  void drop_values() noexcept { values_.reset(); }

 private:
  friend class ValueReader;
  void align_irregularly(std::size_t alignment) noexcept;
  bool provide(std::size_t size) noexcept;
  void skip_chunks(std::size_t count) noexcept;
  bool next_chunk() noexcept;
  std::span<const std::byte> gather(std::size_t count) noexcept;
  void set_chunked(bool chunked) noexcept {
    chunked_ = chunked;
    irregular_ = chunked || !fragment_starts_.empty();
    end_ = chunked ? position_ : octets_.size();
  }

  std::span<const std::byte> octets_;
  std::size_t position_ = 0;
  std::size_t end_;  // of what may be read now: of the message, or of a chunk of a value's state
  std::size_t origin_ = 0;
  Encoding encoding_;
  bool swap_;
  bool irregular_ = false;  // fragments of GIOP 1.1, or chunks
  bool chunked_ = false;
  bool failed_conversion_ = false;
  const char* failure_ = nullptr;
  std::size_t failure_position_ = 0;
  unsigned depth_ = 0;
  std::size_t used_octets_ = 0;
  std::size_t used_objects_ = 0;
  DecodeLimits limits_;
  std::span<const std::size_t> fragment_starts_;  // empty but for GIOP 1.1 messages in fragments
  const std::weak_ptr<detail::OrbCore>* orb_ = nullptr;
  const Factories* factories_ = nullptr;
  std::span<const stub::ValueType* const> known_;
  std::shared_ptr<ValueReader> values_;
  const std::shared_ptr<detail::ReferenceOrigin>* reference_origin_ = nullptr;
};

}  // namespace cdr
}  // namespace corbel
