#include <corbel/exceptions.hpp>
#include <corbel/stub/decoder.hpp>
#include <orb/base/hot.hpp>
#include <orb/cdr/value_reader.hpp>

#include <algorithm>
#include <string>

namespace corbel::cdr {

void Decoder::fail(const char* what, bool conversion) noexcept {
  if (failure_ != nullptr) return;
  failure_ = what;
  failure_position_ = position_;
  failed_conversion_ = conversion;
  discard_values();
}

CORBEL_HOT void Decoder::throw_if_failed(std::string_view while_doing,
                                         std::uint32_t completed) const {
  if (!failed()) return;
  std::string message(while_doing);
  message.append(": ").append(failure_).append(" at octet ");
  message.append(std::to_string(failure_position_));
  const auto completion = static_cast<Completion>(completed);
  if (failed_conversion_) throw DataConversion(message, completion);
  throw Marshal(message, completion);
}

void Decoder::seek(std::size_t position) noexcept {
  if (position > end_) {
    fail("position beyond the end of the message");
  } else {
    position_ = position;
  }
}

bool Decoder::claim(std::size_t octets, std::size_t objects) noexcept {
  if (octets > limits_.materialized_octets - std::min(limits_.materialized_octets, used_octets_)) {
    fail("message would take too much memory");
    return false;
  }
  if (objects > limits_.objects - std::min(limits_.objects, used_objects_)) {
    fail("message holds too many values");
    return false;
  }
  used_octets_ += octets;
  used_objects_ += objects;
  return true;
}

CORBEL_HOT std::uint32_t Decoder::read_count(std::size_t smallest_wire_size,
                                             std::size_t element_memory, bool primitive_elements,
                                             std::size_t bound) noexcept {
  const auto count = read<std::uint32_t>();
  if (count == 0 || failed()) return 0;
  if (bound != 0 && count > bound) {
    fail("sequence longer than its bound");
    return 0;
  }
  if (smallest_wire_size != 0 && count > remaining() / smallest_wire_size) {
    fail("count larger than what the rest of the message can hold");
    return 0;
  }
  // Elements without octets cost nothing on the wire, so they must cost something here.
  const bool counts_as_objects =
      smallest_wire_size == 0 || (element_memory != 0 && !primitive_elements);
  if (!claim(std::size_t{count} * element_memory, counts_as_objects ? count : 0)) return 0;
  return count;
}

CORBEL_HOT std::span<const std::byte> Decoder::read_octets(std::size_t count) noexcept {
  if (failed() || count > end_ - position_) return gather(count);
  const auto octets = octets_.subspan(position_, count);
  position_ += count;
  return octets;
}

ValueReader& Decoder::values() {
  if (!values_) values_ = std::make_shared<ValueReader>();
  return *values_;
}

void Decoder::discard_values() noexcept {
  if (values_) values_->discard();
}

CORBEL_HOT void Decoder::release_values() noexcept {
  if (!failed()) values_.reset();
}

// The nested decoder sees the octets from the outer's start, so positions (of TypeCodes that an
// indirection may name, of failures) mean the same in both.
Decoder Decoder::read_encapsulation() noexcept {
  const auto length = read<std::uint32_t>();
  if (!failed() && length == 0) fail("encapsulation without byte order");
  const auto content = read_octets(failed() ? 0 : length);
  Decoder nested = *this;
  nested.set_fragment_starts({});  // its alignment is its own
  nested.set_chunked(false);
  if (failed()) {
    nested.octets_ = nested.octets_.first(position_);
    nested.end_ = position_;
    return nested;
  }
  // In one piece, unless the end of a value's chunk cut it.
  const bool in_place = content.data() + content.size() == octets_.data() + position_;
  nested.octets_ = in_place ? octets_.first(position_) : content;
  nested.end_ = nested.octets_.size();
  nested.position_ = nested.end_ - content.size();
  nested.origin_ = nested.position_;
  const auto order = nested.read<std::uint8_t>();
  if (order > 1) nested.fail("byte order is neither 0 nor 1");
  Encoding encoding = encoding_;
  encoding.order = static_cast<ByteOrder>(order & 1);
  nested.set_encoding(encoding);
  return nested;
}

void Decoder::absorb(const Decoder& nested) noexcept {
  used_octets_ = std::max(used_octets_, nested.used_octets_);
  used_objects_ = std::max(used_objects_, nested.used_objects_);
  if (failure_ == nullptr && nested.failure_ != nullptr) {
    if (!values_) values_ = nested.values_;  // may hold the failure's text
    failure_ = nested.failure_;
    failure_position_ = nested.failure_position_;
    failed_conversion_ = nested.failed_conversion_;
  }
}

}  // namespace corbel::cdr
