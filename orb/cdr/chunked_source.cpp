#include <orb/cdr/chunked_source.hpp>
#include <orb/cdr/value_reader.hpp>
#include <orb/cdr/value_tags.hpp>

#include <algorithm>

namespace corbel::cdr {

ChunkedSource::ChunkedSource(Decoder& decoder)
    : decoder_(decoder), took_over_(ValueReader::in_chunks(decoder)) {
  if (!took_over_) return;
  const auto chunks = decoder.values().suspend_chunks(decoder);
  chunked_ = true;
  chunk_end_ = chunks.end;
  level_ = chunks.level;
}

ChunkedSource::~ChunkedSource() {
  if (took_over_) decoder_.values().resume_chunks(decoder_, {chunk_end_, level_}, ended_level_);
}

void ChunkedSource::open_chunk(std::int32_t length) {
  if (length <= 0 || static_cast<std::uint32_t>(length) >= kLeastValueTag) {
    fail("value ends before its type does");
  } else if (static_cast<std::size_t>(length) > decoder_.remaining()) {
    fail("chunk longer than the message");
  } else {
    chunk_end_ = decoder_.position() + static_cast<std::size_t>(length);
  }
}

void ChunkedSource::enter_chunk(std::size_t alignment, std::size_t size) {
  if (at_chunk_end()) {
    if (ended_level_ != 0) fail("value goes on after its end tag");
    open_chunk(decoder_.read<std::int32_t>());
  }
  decoder_.align(alignment);
  if (!failed() && (decoder_.position() > chunk_end_ || size > chunk_end_ - decoder_.position())) {
    fail("value cut by the end of a chunk");
  }
}

std::span<const std::byte> ChunkedSource::elements(std::size_t size, std::uint64_t count) {
  prepare(size, size);
  decoder_.align(size);
  if (failed()) return {};
  // Where a GIOP 1.1 fragment begins, there may be padding between two elements.
  if (decoder_.has_fragments() && size > 1) return decoder_.read_octets(size);
  const std::size_t available = chunked_ ? chunk_end_ - decoder_.position() : decoder_.remaining();
  if (!chunked_ && count > available / size) {
    fail("message ends early");
    return {};
  }
  return decoder_.read_octets(
      static_cast<std::size_t>(std::min<std::uint64_t>(count, available / size)) * size);
}

// Puts a text that the end of a chunk cuts into one piece, its count first as on the wire; false if
// it is whole (the decoder then stands before it).
bool ChunkedSource::gather(std::size_t unit) {
  enter_chunk(4, 4);
  const std::size_t start = decoder_.position();
  const auto count = decoder_.read<std::uint32_t>();
  const std::uint64_t size = std::uint64_t{count} * unit;
  if (failed() || size <= chunk_end_ - decoder_.position()) {
    if (!failed()) decoder_.seek(start);
    return false;
  }
  if (size > decoder_.remaining()) fail("message ends early");
  if (!decoder_.claim(static_cast<std::size_t>(size), 0)) return false;
  const auto head = decoder_.octets().subspan(start, 4);
  gathered_.assign(head.begin(), head.end());
  for (std::uint64_t left = count; left > 0 && !failed();) {
    const auto piece = elements(unit, left);
    gathered_.insert(gathered_.end(), piece.begin(), piece.end());
    left -= piece.size() / unit;
  }
  return !failed();
}

std::uint32_t ChunkedSource::read_value_tag() {
  if (!chunked_) return decoder_.read<std::uint32_t>();
  const bool between = at_chunk_end();
  if (ended_level_ != 0) fail("value goes on after its end tag");
  auto tag = decoder_.read<std::uint32_t>();
  if (between && tag != kNullTag && tag < kLeastValueTag) {
    open_chunk(static_cast<std::int32_t>(tag));
    tag = decoder_.read<std::uint32_t>();
    if (is_value_header(tag)) fail("value header inside of a chunk");
  } else if (between && tag == kNullTag) {
    // Some peers leave null between chunks; it means the same.
  } else if (!between && is_value_header(tag)) {
    fail("value header inside of a chunk");
  }
  if (!between) check_chunk();
  return tag;
}

ChunkedSource::Outer ChunkedSource::begin_value(bool chunked) {
  const Outer outer{chunked_};
  if (chunked_ && !chunked) fail("value without chunks inside of one with chunks");
  chunked_ = chunked;
  chunk_end_ = 0;
  if (chunked) ++level_;
  return outer;
}

void ChunkedSource::end_value(const Outer& outer, bool truncated) {
  if (chunked_) {
    if (ended_level_ == 0) {
      if (truncated) skip_rest();
      if (!at_chunk_end()) fail("value is longer than its type");
      const auto tag = decoder_.read<std::int32_t>();
      if (tag >= 0 || tag < -level_) fail("value without its end tag");
      ended_level_ = -tag;
    }
    if (ended_level_ == level_) ended_level_ = 0;
    --level_;
  }
  chunked_ = outer.chunked;
  chunk_end_ = 0;
}

// Leaves the decoder before the end tag that closes this level.
void ChunkedSource::skip_rest() {
  if (!at_chunk_end()) decoder_.seek(chunk_end_);
  std::int32_t open = level_;
  while (!failed()) {
    decoder_.align(4);
    const std::size_t start = decoder_.position();
    const auto tag = decoder_.read<std::uint32_t>();
    const auto end = static_cast<std::int32_t>(tag);
    if (is_value_header(tag)) {
      ++open;
      skip_header(tag);
    } else if (end > 0) {
      open_chunk(end);
      if (!failed()) decoder_.seek(chunk_end_);
    } else if (end < -open) {
      fail("value without its end tag");
    } else if (end < 0) {
      if (-end <= level_) {
        decoder_.seek(start);
        break;
      }
      open = -end - 1;
    }
  }
  chunk_end_ = 0;
}

}  // namespace corbel::cdr
