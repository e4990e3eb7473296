#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/value.hpp>
#include <orb/cdr/value_header.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace corbel::cdr {

/// The values of one message being read: each is kept by its position, because later ones may refer
/// to it, also from inside of it. Belongs to the message's decoder. What it makes is decided by the
/// receiver alone: only types that are declared, or derive from one and are known (the operation's
/// file, the declaring file, the Orb's factories).
///
/// When the message turns out to be wrong all values made are emptied, so that cycles leak nothing.
class ValueReader {
 public:
  ValueReader() = default;
  ~ValueReader();
  ValueReader(const ValueReader&) = delete;
  ValueReader& operator=(const ValueReader&) = delete;

  std::shared_ptr<ValueBase> read(Decoder& decoder, const stub::ValueType& declared);

  void discard() noexcept { discarded_ = true; }
  /// An inner value's end tag closed the value being read too.
  bool ended() const noexcept { return ended_level_ != 0; }
  /// While somebody else (an any) reads chunks: where the open one ends (0: none is), and how many
  /// values with chunks are around.
  struct Chunks {
    std::size_t end = 0;
    std::int32_t level = 0;
  };
  static bool in_chunks(const Decoder& decoder) noexcept { return decoder.chunked_; }
  Chunks suspend_chunks(Decoder& decoder) noexcept;
  void resume_chunks(Decoder& decoder, const Chunks& chunks, std::int32_t ended_level) noexcept;
  /// Memory for octets that a chunk's end cuts, kept as long as this.
  std::vector<std::byte>& new_piece() { return pieces_.emplace_back(); }

 private:
  struct Record {
    std::size_t position;  // of the value's tag
    std::shared_ptr<ValueBase> value;
  };
  struct Choice {
    const stub::ValueType* type = nullptr;
    std::function<std::shared_ptr<ValueBase>()> make;
    bool truncated = false;
  };

  std::uint32_t read_tag(Decoder& decoder);
  std::uint32_t read_tag_between_chunks(Decoder& decoder);
  std::shared_ptr<ValueBase> find(Decoder& decoder, const stub::ValueType& declared);
  std::shared_ptr<ValueBase> read_new(Decoder& decoder, std::uint32_t tag, bool outer_chunked,
                                      const stub::ValueType& declared);
  void read_state(Decoder& decoder, ValueBase& value, bool chunked, bool outer_chunked,
                  bool truncated);
  Choice choose(Decoder& decoder, std::span<const std::string_view> ids,
                const stub::ValueType& declared);
  Choice known_as(Decoder& decoder, std::string_view id, const stub::ValueType& declared) const;
  void end_chunks(Decoder& decoder, bool truncated);
  void skip_rest(Decoder& decoder);
  /// `text` with what a peer sent may be long and odd.
  void fail(Decoder& decoder, std::string text);

  ValueHeaderReader header_;
  std::vector<Record> records_;  // by ascending position
  std::deque<std::vector<std::byte>> pieces_;
  std::string failure_;
  std::int32_t level_ = 0;        // chunked values around what is read
  std::int32_t ended_level_ = 0;  // an end tag closed all levels from here on
  unsigned depth_ = 0;
  bool discarded_ = false;
};

}  // namespace corbel::cdr
