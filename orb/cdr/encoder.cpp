#include <corbel/exceptions.hpp>
#include <corbel/stub/encoder.hpp>
#include <corbel/stub/type.hpp>
#include <orb/base/assert.hpp>
#include <orb/base/hot.hpp>
#include <orb/cdr/value_writer.hpp>

#include <algorithm>
#include <limits>
#include <string>

namespace corbel {
namespace cdr {
namespace {

constexpr std::size_t kFirstCapacity = 512;
constexpr std::size_t kMostKept = 1u << 20;
// Below this, copying is cheaper than one more piece to send.
constexpr std::size_t kLeastReferenced = 16u << 10;

}  // namespace

CORBEL_HOT void Encoder::clear() noexcept {
  used_ = 0;
  external_size_ = 0;
  origin_ = 0;
  external_.clear();
  values_.reset();
  cuts_.clear();
  next_cut_ = kNoCuts;
  if (storage_.size() > kMostKept) storage_ = {};
  limit_ = storage_.size();
}

// storage_.size() is the capacity, so what was reserved once is zeroed once, not for each message.
void Encoder::grow(std::size_t count) {
  if (storage_.size() - used_ < count) {
    storage_.resize(std::max({storage_.size() * 2, used_ + count, kFirstCapacity}));
  }
  limit_ = storage_.size();
  if (next_cut_ == kNoCuts) return;
  note_cut_here();
  // The next look is due at the next cut, or at the next write when this was no place for one.
  const std::size_t ahead = next_cut_ > size() ? next_cut_ - size() : 0;
  limit_ = used_ + std::max(count, std::min(storage_.size() - used_, ahead));
}

void Encoder::note_cuts(std::size_t interval) {
  cuts_.clear();
  cuts_origin_ = origin_;
  cut_interval_ = interval;
  next_cut_ = size() + cut_interval_;
  limit_ = used_;
}

void Encoder::note_cut_here() {
  if (size() < next_cut_ || (size() - cuts_origin_) % 8 != 4) return;
  cuts_.push_back(size());
  next_cut_ = size() + cut_interval_;
}

// Within `run` octets that follow, any of which may be a fragment's last.
void Encoder::note_cuts_in(std::size_t run) {
  const std::size_t end = size() + run;
  const std::size_t from = std::max(size(), next_cut_) - cuts_origin_;
  for (std::size_t cut = cuts_origin_ + (from + 3) / 8 * 8 + 4; cut < end; cut += cut_interval_) {
    cuts_.push_back(cut);
    next_cut_ = cut + cut_interval_;
  }
}

CORBEL_HOT void Encoder::write_elements(std::span<const std::byte> octets,
                                        std::size_t element_size) {
  if (octets.empty()) return;
  if (next_cut_ != kNoCuts && element_size < 8) note_cuts_in(octets.size());
  if (allow_references_ && octets.size() >= kLeastReferenced) {
    external_.push_back({octets.data(), used_, octets.size()});
    external_size_ += octets.size();
  } else {
    std::memcpy(extend(octets.size()), octets.data(), octets.size());
  }
}

void Encoder::refuse_count(std::size_t count) {
  throw ImpLimit("a sequence or string of " + std::to_string(count) +
                 " elements; CDR carries at most 4294967295");
}

ValueWriter& Encoder::values() {
  if (!values_) values_ = std::make_shared<ValueWriter>();
  return *values_;
}

void Encoder::append(const Encoder& other) {
  CORBEL_ASSERT(!other.has_external(), "appending octets lent to another encoder");
  const std::size_t start = size();
  write_elements(other.octets(), 8);
  if (next_cut_ == kNoCuts) return;
  for (const std::size_t cut : other.cuts()) cuts_.push_back(start + cut);
  next_cut_ = size() + cut_interval_;
}

// Maps a position of the whole stream to our own octets, between the external ones.
CORBEL_HOT std::byte* Encoder::at(std::size_t position) {
  std::size_t before = 0;
  for (const Segment& segment : external_) {
    if (position < segment.offset + before) break;
    CORBEL_ASSERT(position >= segment.offset + before + segment.size, "patching octets lent to us");
    before += segment.size;
  }
  CORBEL_ASSERT(position - before < used_, "patching beyond the end");
  return storage_.data() + (position - before);
}

CORBEL_HOT void Encoder::patch_ulong(std::size_t position, std::uint32_t value) {
  if (swap_) value = swap_octets(value);
  std::memcpy(at(position), &value, sizeof(value));
}

void Encoder::patch_octet(std::size_t position, std::uint8_t value) {
  *at(position) = std::byte{value};
}

Encoder::Encapsulation Encoder::begin_encapsulation() {
  const Encapsulation scope{reserve_ulong(), origin_};
  origin_ = size();
  write(static_cast<std::uint8_t>(encoding_.order));
  return scope;
}

void Encoder::end_encapsulation(const Encapsulation& scope) {
  const std::size_t length = size() - scope.length_position - 4;
  if (length > std::numeric_limits<std::uint32_t>::max()) {
    throw ImpLimit("an encapsulation of " + std::to_string(length) + " octets");
  }
  patch_ulong(scope.length_position, static_cast<std::uint32_t>(length));
  origin_ = scope.outer_origin;
}

void Encoder::segments(std::vector<std::span<const std::byte>>& out) const {
  out.clear();
  std::size_t from = 0;
  for (const Segment& segment : external_) {
    if (segment.offset > from) out.emplace_back(storage_.data() + from, segment.offset - from);
    out.emplace_back(segment.external, segment.size);
    from = segment.offset;
  }
  if (used_ > from) out.emplace_back(storage_.data() + from, used_ - from);
}

std::vector<std::byte> Encoder::copy() const {
  std::vector<std::byte> whole;
  whole.reserve(size());
  std::vector<std::span<const std::byte>> pieces;
  segments(pieces);
  for (const auto piece : pieces) whole.insert(whole.end(), piece.begin(), piece.end());
  return whole;
}

}  // namespace cdr

namespace stub {

void check_bound(std::size_t size, std::size_t bound, const char* what) {
  if (bound != 0 && size > bound) {
    throw BadParam(std::string("a ") + what + " of length " + std::to_string(size) +
                   " where IDL allows at most " + std::to_string(bound));
  }
}

}  // namespace stub
}  // namespace corbel
