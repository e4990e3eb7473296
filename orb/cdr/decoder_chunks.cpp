#include <corbel/stub/decoder.hpp>
#include <orb/cdr/value_reader.hpp>
#include <orb/cdr/value_tags.hpp>

#include <algorithm>

/// The state of a valuetype may be cut into chunks (CORBA 3.3 part 2, 9.3.4.5): each starts with
/// its length and ends anywhere but inside a primitive. Here is what happens where one ends.
namespace corbel::cdr {

bool Decoder::next_chunk() noexcept {
  if (failed()) return false;
  if (values_->ended()) {
    fail("value goes on after its end tag");
    return false;
  }
  set_chunked(false);
  const auto length = read<std::uint32_t>();
  if (!failed() && (length == 0 || length >= kLeastValueTag)) {
    fail("value ends before its type does");
  } else if (!failed() && length > remaining()) {
    fail("chunk longer than the message");
  }
  set_chunked(true);
  if (!failed()) end_ = position_ + length;
  return !failed();
}

// Makes the next `size` octets readable in one piece.
bool Decoder::provide(std::size_t size) noexcept {
  if (failed()) return false;
  if (chunked_ && position_ == end_ && !next_chunk()) return false;
  if (size <= end_ - position_) return true;
  fail(chunked_ && size <= remaining() ? "value cut by the end of a chunk" : "message ends early");
  return false;
}

void Decoder::skip_chunks(std::size_t count) noexcept {
  if (!chunked_ || count > remaining()) return fail("message ends early");
  while (count > 0 && (position_ != end_ || next_chunk())) {
    const std::size_t step = std::min(count, end_ - position_);
    position_ += step;
    count -= step;
  }
}

// What does not stand in one piece, put together; the reader of values keeps it.
std::span<const std::byte> Decoder::gather(std::size_t count) noexcept {
  if (failed() || count > remaining() || !chunked_) {
    fail("message ends early");
    return {};
  }
  if (position_ == end_ && !next_chunk()) return {};
  if (count <= end_ - position_) return read_octets(count);
  if (!claim(count, 0)) return {};
  auto& whole = values_->new_piece();
  while (whole.size() < count && (position_ != end_ || next_chunk())) {
    const std::size_t step = std::min(count - whole.size(), end_ - position_);
    const auto piece = octets_.subspan(position_, step);
    whole.insert(whole.end(), piece.begin(), piece.end());
    position_ += step;
  }
  if (failed()) return {};
  return whole;
}

}  // namespace corbel::cdr
