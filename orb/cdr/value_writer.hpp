#pragma once

#include <corbel/stub/encoder.hpp>
#include <corbel/stub/value.hpp>

#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace corbel::cdr {

/// The values of one message being written: where each stands, so that it is written once and
/// referred to from then on, and where the repository ids stand. Belongs to the message's encoder.
class ValueWriter {
 public:
  void write(Encoder& encoder, const ValueBase* value);

  bool chunked() const noexcept { return chunked_; }
  /// While somebody else (an any) writes chunks: how many values with chunks are around.
  std::int32_t suspend_chunks(Encoder& encoder);
  void resume_chunks(Encoder& encoder) {
    if (chunked_) open_chunk(encoder);
  }

 private:
  void write_header(Encoder& encoder, const stub::ValueType& type, bool chunked);
  void write_id(Encoder& encoder, std::string_view id);
  void open_chunk(Encoder& encoder);
  void close_chunk(Encoder& encoder);

  std::unordered_map<const ValueBase*, std::size_t> values_;  // position of the tag
  std::unordered_map<std::string_view, std::size_t> ids_;     // constants of generated code
  bool chunked_ = false;
  std::size_t before_chunk_ = 0;  // where it would begin without its length
  std::size_t chunk_length_ = 0;  // position of its length
  std::int32_t level_ = 0;        // chunked values around what is written; end tags name it
  unsigned depth_ = 0;
};

}  // namespace corbel::cdr
