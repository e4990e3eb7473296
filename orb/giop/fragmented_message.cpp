#include <orb/giop/fragmented_message.hpp>

#include <orb/base/assert.hpp>
#include <orb/base/hot.hpp>

#include <algorithm>
#include <cstring>

namespace corbel::giop {
namespace {

constexpr std::size_t kSmallest = 24;
constexpr std::size_t kLargestOf11 = 8192;

GiopVersion version_of(std::span<const std::byte> message_start) noexcept {
  return {1, std::to_integer<std::uint8_t>(message_start[kMinorVersionPosition])};
}

}  // namespace

CORBEL_HOT bool FragmentedMessage::concerns(const cdr::Encoder& message,
                                            std::size_t fragment_size) noexcept {
  if (fragment_size == 0 || message.size() <= fragment_size) return false;
  const auto start = message.octets();
  return may_have_fragments(static_cast<MessageType>(start[kTypePosition]), version_of(start));
}

FragmentedMessage::FragmentedMessage(const cdr::Encoder& message, std::size_t fragment_size)
    : with_request_id_(version_of(message.octets()) >= kGiop1_2) {
  CORBEL_ASSERT(fragment_size >= kSmallest, "fragments that could hold next to nothing");
  if (with_request_id_) {
    cut_evenly(message.size(), fragment_size);
  } else {
    cut_at(message.cuts(), message.size(), std::min(fragment_size, kLargestOf11));
  }
  write_headers(message.octets(), message.encoding().order);
  add_pieces(message);
}

void FragmentedMessage::cut_evenly(std::size_t message_size, std::size_t fragment_size) {
  fragment_size = fragment_size / 8 * 8;
  std::size_t end = fragment_size;
  for (; end < message_size; end += fragment_size - kHeaderSize - kRequestIdSize)
    ends_.push_back(end);
  ends_.push_back(message_size);
}

void FragmentedMessage::cut_at(std::span<const std::size_t> cuts, std::size_t message_size,
                               std::size_t fragment_size) {
  std::size_t fits = fragment_size;  // up to here the fragment is no larger than wanted
  for (std::size_t i = 0; i < cuts.size() && fits < message_size; ++i) {
    if (i + 1 < cuts.size() && cuts[i + 1] <= fits) continue;
    ends_.push_back(cuts[i]);
    fits = cuts[i] + fragment_size - kHeaderSize;
  }
  ends_.push_back(message_size);
}

// A fragment repeats the message's version and byte order, and in GIOP 1.2 its request id, which
// every message that may be cut has right behind the header.
void FragmentedMessage::write_headers(std::span<const std::byte> message_start,
                                      cdr::ByteOrder order) {
  headers_.resize(ends_.size());
  std::size_t begin = kHeaderSize;
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    auto& header = headers_[i];
    std::memcpy(header.data(), message_start.data(), header.size());
    if (i != 0) header[kTypePosition] = static_cast<std::byte>(MessageType::fragment);
    if (i + 1 != headers_.size()) header[kFlagsPosition] |= kMoreFragments;
    auto size = static_cast<std::uint32_t>(ends_[i] - begin +
                                           (i != 0 && with_request_id_ ? kRequestIdSize : 0));
    if (order != cdr::kNativeOrder) size = cdr::swap_octets(size);
    std::memcpy(header.data() + kSizePosition, &size, sizeof size);
    begin = ends_[i];
  }
}

void FragmentedMessage::add_pieces(const cdr::Encoder& message) {
  std::vector<std::span<const std::byte>> segments;
  message.segments(segments);
  segments.front() = segments.front().subspan(kHeaderSize);
  pieces_.reserve(2 * ends_.size() + segments.size());
  auto segment = segments.begin();
  std::size_t begin = kHeaderSize;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const std::size_t header_size = i != 0 && with_request_id_ ? headers_[i].size() : kHeaderSize;
    pieces_.push_back(std::span(headers_[i]).first(header_size));
    size_ += header_size + ends_[i] - begin;
    for (std::size_t left = ends_[i] - begin; left != 0;) {
      if (segment->empty()) ++segment;
      const auto piece = segment->first(std::min(left, segment->size()));
      pieces_.push_back(piece);
      *segment = segment->subspan(piece.size());
      left -= piece.size();
    }
    begin = ends_[i];
  }
}

}  // namespace corbel::giop
