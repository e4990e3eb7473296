#pragma once

#include <corbel/stub/encoder.hpp>

#include <cstddef>
#include <cstdint>

namespace corbel::cdr {

/// Writes the parts of values to an Encoder (or nowhere, when values are only checked); inside a
/// chunked valuetype it opens a chunk before data and closes it before headers and end tags.
class ChunkedSink {
 public:
  explicit ChunkedSink(Encoder* encoder) : encoder_(encoder) {}

  /// The encoder to write data to, with a chunk open where one must be; null if nothing is written.
  Encoder* data() {
    if (chunked_ && !is_open_) open();
    return encoder_;
  }
  template <Primitive T>
  void write(T value) {
    if (Encoder* to = data()) to->write(value);
  }
  /// The encoder for a value's header, which stands between chunks.
  Encoder* header() {
    close();
    return encoder_;
  }

  struct Outer {
    bool chunked;
  };
  /// What stands inside of a value with chunks has chunks itself.
  Outer begin_value(bool chunked) {
    close();
    const Outer outer{chunked_};
    chunked_ = chunked || chunked_;
    if (chunked_) ++level_;
    return outer;
  }
  void end_value(const Outer& outer);
  bool chunked() const noexcept { return chunked_; }

  /// Goes on, between chunks, inside of as many values with chunks as `level` says.
  void enter(std::int32_t level) noexcept {
    level_ = level;
    chunked_ = level != 0;
  }
  /// Ends the chunk that may be open.
  void leave() { close(); }

 private:
  void open();
  void close();

  Encoder* encoder_;
  bool chunked_ = false;
  std::int32_t level_ = 0;  // values with chunks around; end tags name it
  bool is_open_ = false;
  std::size_t length_position_ = 0;
};

}  // namespace corbel::cdr
