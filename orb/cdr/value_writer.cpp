#include <corbel/exceptions.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/value_tags.hpp>
#include <orb/cdr/value_writer.hpp>

namespace corbel::cdr {
namespace {

std::uint32_t truncations(const stub::ValueType& type) {
  std::uint32_t count = 0;
  for (const auto* at = &type; at->truncatable; at = at->bases.front()) ++count;
  return count;
}

}  // namespace

void ValueWriter::write(Encoder& encoder, const ValueBase* value) {
  if (value == nullptr) return encoder.write(kNullTag);
  const auto known = values_.find(value);
  if (known != values_.end()) {
    encoder.write(kIndirectionTag);
    encoder.write(indirection_to(known->second, encoder.size()));
    return;
  }
  const stub::ValueType& type = value->corbel_type();
  if (++depth_ > DecodeLimits().value_chain) {
    throw Marshal("values nest deeper than " + std::to_string(DecodeLimits().value_chain) +
                      " at a " + std::string(type.repository_id) +
                      "; send a long list as a sequence",
                  Completion::no);
  }
  // Who cuts the value down must be able to skip the rest; so must who skips what is inside.
  const bool outer = chunked_;
  const bool chunked = outer || type.truncatable;
  if (outer) close_chunk(encoder);
  encoder.align(4);
  values_.emplace(value, encoder.size());
  write_header(encoder, type, chunked);
  chunked_ = chunked;
  if (chunked) {
    ++level_;
    open_chunk(encoder);
  }
  stub::ValueAccess::encode(*value, encoder);
  if (chunked) {
    close_chunk(encoder);
    encoder.write(-level_--);
  }
  chunked_ = outer;
  if (outer) open_chunk(encoder);
  --depth_;
}

void ValueWriter::write_header(Encoder& encoder, const stub::ValueType& type, bool chunked) {
  const std::uint32_t others = truncations(type);
  encoder.write(kLeastValueTag | (chunked ? kIsChunked : 0u) | (others != 0 ? kIdList : kSingleId));
  if (others != 0) encoder.write(others + 1);
  const auto* at = &type;
  for (std::uint32_t i = 0; i < others; ++i, at = at->bases.front())
    write_id(encoder, at->repository_id);
  write_id(encoder, at->repository_id);
}

void ValueWriter::write_id(Encoder& encoder, std::string_view id) {
  encoder.align(4);
  const auto [known, is_new] = ids_.emplace(id, encoder.size());
  if (is_new) {
    write_string_octets(encoder, id);
  } else {
    encoder.write(kIndirectionTag);
    encoder.write(indirection_to(known->second, encoder.size()));
  }
}

std::int32_t ValueWriter::suspend_chunks(Encoder& encoder) {
  if (chunked_) close_chunk(encoder);
  return chunked_ ? level_ : 0;
}

// Whether anything comes before the next header or end tag is not known yet.
void ValueWriter::open_chunk(Encoder& encoder) {
  before_chunk_ = encoder.size();
  chunk_length_ = encoder.reserve_ulong();
}

void ValueWriter::close_chunk(Encoder& encoder) {
  const std::size_t length = encoder.size() - chunk_length_ - 4;
  if (length >= kLeastValueTag) throw ImpLimit("a valuetype whose state is above 2 GiB");
  if (length == 0) {
    encoder.truncate(before_chunk_);
  } else {
    encoder.patch_ulong(chunk_length_, static_cast<std::uint32_t>(length));
  }
}

}  // namespace corbel::cdr
