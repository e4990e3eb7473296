#include <orb/cdr/value_header.hpp>
#include <orb/cdr/value_tags.hpp>

namespace corbel::cdr {
namespace {

// More types than any inheritance has; a list costs its receiver each time it is referred to.
constexpr std::uint32_t kMostIds = 256;
constexpr std::size_t kRecordMemory = 64;

}  // namespace

std::size_t read_indirection(Decoder& decoder) noexcept {
  decoder.align(4);
  const auto here = static_cast<std::int64_t>(decoder.position());
  const auto offset = decoder.read<std::int32_t>();
  // The four octets before the offset are the tag that announces it.
  if (!decoder.failed() && (offset > -8 || here + offset < 0)) {
    decoder.fail("indirection that does not lead backward");
  }
  return decoder.failed() ? 0 : static_cast<std::size_t>(here + offset);
}

std::span<const std::string_view> ValueHeaderReader::read(Decoder& decoder, std::uint32_t tag) {
  ids_.clear();
  const std::uint32_t type_info = tag & kTypeInfoMask;
  if ((tag & 0xf0) != 0 ||
      (type_info != kNoTypeInfo && type_info != kSingleId && type_info != kIdList)) {
    decoder.fail("value header with unknown flags");
    return {};
  }
  if ((tag & kHasCodebase) != 0) string(decoder);
  if (type_info == kSingleId) ids_.push_back(string(decoder));
  if (type_info == kIdList) list(decoder);
  if (decoder.failed()) return {};
  return ids_;
}

std::string_view ValueHeaderReader::string(Decoder& decoder) {
  decoder.align(4);
  const std::size_t start = decoder.position();
  if (decoder.read<std::uint32_t>() == kIndirectionTag && !decoder.failed()) {
    const auto found = strings_.find(read_indirection(decoder));
    if (found != strings_.end()) return found->second;
    decoder.fail("indirection to where no repository id starts");
  }
  if (decoder.failed()) return {};
  decoder.seek(start);
  const auto text = decoder.read_string_view();
  if (!decoder.claim(kRecordMemory, 0)) return {};
  strings_.emplace(start, text);
  return text;
}

void ValueHeaderReader::list(Decoder& decoder) {
  decoder.align(4);
  const std::size_t start = decoder.position();
  const auto count = decoder.read<std::uint32_t>();
  if (decoder.failed()) return;
  if (count == kIndirectionTag) {
    const auto found = lists_.find(read_indirection(decoder));
    if (found != lists_.end()) {
      ids_ = found->second;
    } else {
      decoder.fail("indirection to where no list of repository ids starts");
    }
    return;
  }
  if (count == 0) decoder.fail("value header with an empty list of types");
  if (count > kMostIds) decoder.fail("value header with a list of more than 256 types");
  for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) ids_.push_back(string(decoder));
  if (!decoder.claim(kRecordMemory + count * sizeof(std::string_view), 0)) return;
  lists_.emplace(start, ids_);
}

}  // namespace corbel::cdr
