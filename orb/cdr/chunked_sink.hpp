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
  Outer begin_value(bool chunked) {
    close();
    const Outer outer{chunked_};
    chunked_ = chunked;
    return outer;
  }
  void end_value(const Outer& outer, std::int32_t level);

 private:
  void open();
  void close();

  Encoder* encoder_;
  bool chunked_ = false;
  bool is_open_ = false;
  std::size_t length_position_ = 0;
};

}  // namespace corbel::cdr
