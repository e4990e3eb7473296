#pragma once

#include <corbel/stub/encoding.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace corbel::cdr {

/// Types that CDR writes as they stand, aligned to their size (char16_t and long double have
/// rules of their own and members of their own).
template <class T>
concept Primitive = (std::integral<T> && !std::same_as<T, char16_t> && !std::same_as<T, wchar_t> &&
                     !std::same_as<T, char32_t>) ||
                    std::same_as<T, float> || std::same_as<T, double>;

/// Primitive types whose arrays are the same octets in memory and on the wire (given equal byte
/// order); bool is one octet too but must be 0 or 1, and std::vector<bool> has no octets.
template <class T>
concept Bulk = Primitive<T> && !std::same_as<T, bool> && !std::same_as<T, char>;

template <class T>
T swap_octets(T value) noexcept {
  if constexpr (sizeof(T) == 1) {
    return value;
  } else if constexpr (sizeof(T) == 2) {
    return std::bit_cast<T>(__builtin_bswap16(std::bit_cast<std::uint16_t>(value)));
  } else if constexpr (sizeof(T) == 4) {
    return std::bit_cast<T>(__builtin_bswap32(std::bit_cast<std::uint32_t>(value)));
  } else {
    return std::bit_cast<T>(__builtin_bswap64(std::bit_cast<std::uint64_t>(value)));
  }
}

class ValueWriter;

/// A stretch of octets to send: our own, or (data != nullptr) the caller's, not copied.
struct Segment {
  const std::byte* external = nullptr;
  std::size_t offset = 0;  // into the encoder's own octets, when external is null
  std::size_t size = 0;
};

/// Writes values as CDR (CORBA 3.3 part 2, 9.3). Alignment counts from the start of the message or
/// encapsulation. Grows as needed and keeps its memory over clear().
///
/// Throws corbel::BadParam for text with an embedded NUL, DataConversion for text that the
/// transmission code set cannot carry, ImpLimit for counts above 2^32-1.
/// Threads: one at a time.
class Encoder {
 public:
  explicit Encoder(Encoding encoding = {})
      : encoding_(encoding), swap_(encoding.order != kNativeOrder) {}

  const Encoding& encoding() const noexcept { return encoding_; }
  /// Changes version or code sets for what follows (the byte order stays that of the stream).
  void set_encoding(const Encoding& encoding) noexcept {
    encoding_ = encoding;
    swap_ = encoding.order != kNativeOrder;
  }

  /// Forgets all octets, keeps the memory (up to 1 MiB of it).
  void clear() noexcept;
  /// Forgets the octets from position `size` on, none of which may be external.
  void truncate(std::size_t size) noexcept {
    used_ = size - external_size_;
    while (!cuts_.empty() && cuts_.back() > size) cuts_.pop_back();
  }

  /// Octets so far, external ones included.
  std::size_t size() const noexcept { return used_ + external_size_; }

  /// Pads with zeros to a multiple of `alignment` (1, 2, 4, 8) from the current origin.
  void align(std::size_t alignment) {
    const std::size_t gap = (alignment - ((size() - origin_) & (alignment - 1))) & (alignment - 1);
    if (gap != 0) std::memset(extend(gap), 0, gap);
  }

  template <Primitive T>
  void write(T value) {
    align(sizeof(T));
    if (swap_) value = swap_octets(value);
    std::memcpy(extend(sizeof(T)), &value, sizeof(T));
  }
  /// A wide character: GIOP 1.2 a length octet and UTF-16 octets, before that two aligned octets.
  void write(char16_t value);
  /// 16 octets, IEEE 754 binary128, aligned to 8.
  void write(long double value);
  void write_string(std::string_view utf8);
  void write_wstring(std::u16string_view utf16);
  /// A narrow character; above 0x7f it is taken as ISO-8859-1.
  void write_char(char value);

  /// The elements without a count, aligned to their size. Above 16 KiB and with
  /// allow_references(true) the octets are sent from where they are, so they must live until then.
  template <Bulk T>
  void write_array(std::span<const T> values) {
    if (values.empty()) return;
    align(sizeof(T));
    if (!swap_ || sizeof(T) == 1) {
      write_elements(std::as_bytes(values), sizeof(T));
    } else {
      std::byte* to = extend(values.size_bytes());
      for (T value : values) {
        value = swap_octets(value);
        std::memcpy(to, &value, sizeof(T));
        to += sizeof(T);
      }
    }
  }
  /// The count (unsigned long), then the elements.
  template <Bulk T>
  void write_sequence(std::span<const T> values) {
    write_count(values.size());
    write_array(values);
  }
  /// Octets as they are, without alignment or count.
  void write_octets(std::span<const std::byte> octets) { write_elements(octets, 1); }
  /// The same for an array's octets: elements of 8 octets never come to lie in two fragments of
  /// GIOP 1.1.
  void write_elements(std::span<const std::byte> octets, std::size_t element_size);
  /// What `other` holds, which began at an 8-octet boundary as this does, with its places to cut.
  void append(const Encoder& other);
  /// Room for `count` octets, for the caller to fill in before anything else is written.
  std::span<std::byte> write_room(std::size_t count) { return {extend(count), count}; }
  /// An element count as unsigned long; throws ImpLimit above 2^32-1.
  void write_count(std::size_t count) {
    if (count > kMaxCount) refuse_count(count);
    write(static_cast<std::uint32_t>(count));
  }

  /// Reserves an unsigned long to be filled in later by patch_ulong().
  std::size_t reserve_ulong() {
    write(std::uint32_t{0});
    return size() - 4;
  }
  /// Overwrites four octets at `position` (as counted by size()), which must not be external.
  void patch_ulong(std::size_t position, std::uint32_t value);
  void patch_octet(std::size_t position, std::uint8_t value);

  /// Starts an encapsulation: length, byte order octet; alignment counts from that octet.
  struct Encapsulation {
    std::size_t length_position;
    std::size_t outer_origin;
  };
  Encapsulation begin_encapsulation();
  void end_encapsulation(const Encapsulation& scope);
  /// Where alignment counts from.
  std::size_t origin() const noexcept { return origin_; }
  void set_origin(std::size_t origin) noexcept { origin_ = origin; }

  /// What this message holds of values so far; made when the first one is written.
  ValueWriter& values();
  /// Null before the first value.
  ValueWriter* started_values() const noexcept { return values_.get(); }

  void allow_references(bool allowed) noexcept { allow_references_ = allowed; }

  /// From here on remembers places where GIOP 1.1 may end a fragment (giop::FragmentedMessage),
  /// about one in each `interval` octets (a multiple of 8); alignment counts from the present
  /// origin. Until clear().
  void note_cuts(std::size_t interval = 1024);
  /// These places, as counted by size(), ascending: each lies between two values, 4 octets behind
  /// an 8-octet boundary.
  std::span<const std::size_t> cuts() const noexcept { return cuts_; }

  /// All octets in one piece; only when nothing external was written (else use segments()).
  std::span<const std::byte> octets() const noexcept { return {storage_.data(), used_}; }
  bool has_external() const noexcept { return external_size_ != 0; }
  /// The octets in order, as stretches of our own and external memory. Valid until the next write.
  void segments(std::vector<std::span<const std::byte>>& out) const;
  /// A copy in one piece, whatever was external.
  std::vector<std::byte> copy() const;

 private:
  std::byte* extend(std::size_t count) {
    if (limit_ - used_ < count) grow(count);
    std::byte* at = storage_.data() + used_;
    used_ += count;
    return at;
  }
  void grow(std::size_t count);
  [[noreturn]] static void refuse_count(std::size_t count);
  void note_cut_here();
  void note_cuts_in(std::size_t run);
  std::byte* at(std::size_t position);

  Encoding encoding_;
  bool swap_;
  bool allow_references_ = false;
  std::vector<std::byte> storage_;
  std::size_t used_ = 0;           // own octets
  std::size_t limit_ = 0;          // up to where used_ may go without a look by grow()
  std::size_t external_size_ = 0;  // octets referenced, not copied
  std::size_t origin_ = 0;
  std::vector<Segment> external_;  // offset: own octets before it
  std::shared_ptr<ValueWriter> values_;
  std::vector<std::size_t> cuts_;
  std::size_t cut_interval_ = 0;
  std::size_t next_cut_ = kNoCuts;
  std::size_t cuts_origin_ = 0;
  static constexpr std::size_t kNoCuts = static_cast<std::size_t>(-1);
  static constexpr std::size_t kMaxCount = 0xffffffff;
};

}  // namespace corbel::cdr
