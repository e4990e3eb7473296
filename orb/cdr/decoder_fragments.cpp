#include <corbel/stub/decoder.hpp>

#include <algorithm>

namespace corbel::cdr {
namespace {

constexpr std::size_t kMessageHeaderSize = 12;

std::size_t gap_to(std::size_t alignment, std::size_t position) noexcept {
  return (alignment - (position & (alignment - 1))) & (alignment - 1);
}

}  // namespace

// "For GIOP version 1.1, the data in a fragment is marshaled with alignment relative to its
// position in the fragment"; no primitive is ever broken across two fragments (CORBA 3.3 part
// 2, 9.4.9).
void Decoder::align_irregularly(std::size_t alignment) noexcept {
  if (alignment <= 1) return;
  if (chunked_ && position_ == end_ && !next_chunk()) return;
  if (fragment_starts_.empty()) return skip(gap_to(alignment, position_ - origin_));
  const auto next = std::upper_bound(fragment_starts_.begin(), fragment_starts_.end(), position_);
  const std::size_t origin =
      next == fragment_starts_.begin() ? origin_ : *(next - 1) - kMessageHeaderSize;
  std::size_t target = position_ + gap_to(alignment, position_ - origin);
  if (next != fragment_starts_.end() && target + alignment > *next) {
    target = *next + gap_to(alignment, kMessageHeaderSize);
  }
  skip(target - position_);
}

}  // namespace corbel::cdr
