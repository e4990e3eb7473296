#pragma once

#include <corbel/stub/decoder.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace corbel::cdr {

/// Reads the parts of values from a Decoder, across the chunks that a valuetype's state may be cut
/// into (CORBA 3.3 part 2, 9.3.4): a chunk starts with its length and ends anywhere but inside a
/// primitive. Outside of chunked values it only forwards.
class ChunkedSource {
 public:
  /// Inside of the chunks of a generated valuetype's state (an any there) it goes on with these.
  explicit ChunkedSource(Decoder& decoder);
  ChunkedSource(const ChunkedSource&) = delete;
  ChunkedSource& operator=(const ChunkedSource&) = delete;

  Decoder& decoder() noexcept { return decoder_; }
  bool failed() const noexcept { return decoder_.failed(); }
  void fail(const char* what) noexcept { decoder_.fail(what); }

  template <Primitive T>
  T read() {
    if (chunked_) enter_chunk(sizeof(T), sizeof(T));
    return decoder_.read<T>();
  }

  /// Stands before something read through decoder() that starts with these many aligned octets and
  /// is never cut; check_chunk() afterwards.
  void prepare(std::size_t alignment, std::size_t size) {
    if (chunked_) enter_chunk(alignment, size);
  }
  void check_chunk() {
    if (chunked_ && decoder_.position() > chunk_end_) fail("value reaches beyond its chunk");
  }

  /// The same where null and indirections may stand between chunks too.
  void check_chunk_if_open() {
    if (chunk_end_ != 0) check_chunk();
  }

  /// As many of `count` elements as stand in one piece (at least one, unless failed).
  std::span<const std::byte> elements(std::size_t size, std::uint64_t count);

  /// Runs `read` on a decoder that stands before a string (or what else starts with a count of
  /// units); if the text is cut, on one over the text put together, alive until the next call.
  template <class Read>
  auto text(std::size_t unit, Read read) {
    if (!chunked_ || !gather(unit)) {
      auto result = read(decoder_);
      check_chunk();
      return result;
    }
    Decoder whole(gathered_, decoder_.encoding(), decoder_.limits());
    auto result = read(whole);
    if (whole.failed()) decoder_.fail(whole.failure().data(), whole.failed_conversion());
    return result;
  }

  /// Reads the long that starts a value: null, indirection or header. In chunks, the first two are
  /// data, a header stands between chunks.
  std::uint32_t read_value_tag();

  /// The state of the enclosing value while a nested one is read.
  struct Outer {
    bool chunked;
  };
  /// Starts the state of a value whose header has been read.
  Outer begin_value(bool chunked);
  /// Ends it: reads the end tag, skipping what is left if `truncated`.
  void end_value(const Outer& outer, bool truncated);
  bool chunked() const noexcept { return chunked_; }
  /// Nesting of chunked values; end tags name it.
  std::int32_t level() const noexcept { return level_; }

 protected:
  /// Called for the header of a value inside the part that is skipped, after its tag.
  virtual void skip_header(std::uint32_t tag) = 0;
  ~ChunkedSource();

 private:
  void enter_chunk(std::size_t alignment, std::size_t size);
  void open_chunk(std::int32_t length);
  bool at_chunk_end() const noexcept {
    return chunk_end_ == 0 || decoder_.position() >= chunk_end_;
  }
  bool gather(std::size_t unit);
  void skip_rest();

  Decoder& decoder_;
  bool chunked_ = false;
  std::size_t chunk_end_ = 0;  // 0: between chunks
  std::int32_t level_ = 0;
  std::int32_t ended_level_ = 0;  // an end tag closed all levels from here on
  const bool took_over_;
  std::vector<std::byte> gathered_;
};

}  // namespace corbel::cdr
