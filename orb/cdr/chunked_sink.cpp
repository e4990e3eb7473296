#include <corbel/exceptions.hpp>
#include <orb/cdr/chunked_sink.hpp>
#include <orb/cdr/value_tags.hpp>

namespace corbel::cdr {

void ChunkedSink::open() {
  if (encoder_ == nullptr) return;
  length_position_ = encoder_->reserve_ulong();
  is_open_ = true;
}

void ChunkedSink::close() {
  if (!is_open_) return;
  is_open_ = false;
  const std::size_t length = encoder_->size() - length_position_ - 4;
  if (length >= kLeastValueTag) throw ImpLimit("a valuetype whose state is above 2 GiB");
  encoder_->patch_ulong(length_position_, static_cast<std::uint32_t>(length));
}

void ChunkedSink::end_value(const Outer& outer) {
  close();
  if (chunked_) {
    if (encoder_ != nullptr) encoder_->write(-level_);
    --level_;
  }
  chunked_ = outer.chunked;
}

}  // namespace corbel::cdr
