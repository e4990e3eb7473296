#include <orb/cdr/transcoder.hpp>
#include <orb/cdr/value_source.hpp>
#include <orb/cdr/value_tags.hpp>

#include <algorithm>

namespace corbel::cdr {
namespace {

using enum TCKind;
using detail::TypeCodeNode;

constexpr std::int16_t kCustom = 1;
constexpr std::int16_t kAbstract = 2;

// Whether a value recorded as `actual` may also be met where `declared` is expected.
bool is_or_derives_from(const TypeCodeNode& actual, const TypeCodeNode& declared) {
  for (const TypeCodeNode* at = &actual; at != nullptr && at->kind == declared.kind;
       at = at->content) {
    if (at == &declared || (!at->id.empty() && at->id == declared.id)) return true;
    if (at->kind != tk_value) break;
  }
  return false;
}

}  // namespace

std::vector<const TypeCodeNode*> ValueSource::chain_of(const Node& type) {
  std::vector<const Node*> chain;
  for (const Node* at = &type; at != nullptr && at->kind == tk_value; at = at->content)
    chain.push_back(at);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

void ValueSource::check_has_state(const Node& type) {
  if (type.modifier == kCustom)
    fail("state of a custom valuetype, which only its own code can read");
  if (type.modifier == kAbstract) fail("value of an abstract valuetype");
}

// An exception starts with its repository id (9.3.5.5), but omniORB leaves it out in an any. It
// goes on as it came.
bool ValueSource::stands_before_id(const Node& type) {
  if (chunked() || type.id.empty()) return true;
  Decoder ahead = decoder();
  return starts_with_id(ahead, type.id);
}

ValueSource::ValueStart ValueSource::start_of_value(const Node& declared) {
  ValueStart value;
  const std::uint32_t tag = read_value_tag();
  if (failed() || tag == kNullTag) return value;
  if (tag == kIndirectionTag) {
    value.start = Start::shared;
    value.ordinal = find_shared(declared);
    return value;
  }
  if (!is_value_header(tag)) {
    fail("value without a header");
    return value;
  }
  if (!decoder().claim(sizeof(Record) + sizeof(std::size_t), 0)) return value;
  value.start = Start::fresh;
  value.ordinal = values_.size();
  values_.push_back({decoder().position() - 4, &declared});
  value.header = read_header(tag);
  value.truncated = select_type(declared, value.header);
  return value;
}

// Which value the indirection that stands next means.
std::size_t ValueSource::find_shared(const Node& declared) {
  const std::size_t position = indirection_target();
  check_chunk_if_open();
  if (failed()) return 0;
  const auto found =
      std::lower_bound(values_.begin(), values_.end(), position,
                       [](const Record& record, std::size_t at) { return record.position < at; });
  if (found == values_.end() || found->position != position) {
    fail("value indirection to where no value of this message part starts");
    return 0;
  }
  if (!is_or_derives_from(*found->type, declared))
    fail("value indirection to a value of another type");
  return static_cast<std::size_t>(found - values_.begin());
}

// Where the offset that stands next leads: counted from the offset itself.
std::size_t ValueSource::indirection_target() {
  const auto here = static_cast<std::int64_t>(decoder().position());
  const auto offset = decoder().read<std::int32_t>();
  const std::int64_t target = here + offset;
  if (offset >= 0 || target < 0) {
    fail("indirection that does not lead backward");
    return 0;
  }
  return static_cast<std::size_t>(target);
}

ValueSource::Header ValueSource::read_header(std::uint32_t tag) {
  Header header;
  header.tag = tag;
  const std::uint32_t type_info = tag & kTypeInfoMask;
  if ((tag & 0xf0) != 0 ||
      (type_info != kNoTypeInfo && type_info != kSingleId && type_info != kIdList)) {
    fail("value header with unknown flags");
    return header;
  }
  if ((tag & kHasCodebase) != 0) header.codebase = header_string();
  if (type_info == kSingleId) header.ids.push_back(header_string());
  if (type_info == kIdList) header.ids = id_list();
  if (type_info == kIdList && header.ids.empty()) fail("value header with an empty list of types");
  return header;
}

// A string that may stand for an earlier one of this kind.
std::string ValueSource::header_string() {
  decoder().align(4);
  const std::size_t start = decoder().position();
  if (decoder().read<std::uint32_t>() == kIndirectionTag && !failed()) {
    const auto found = read_strings_.find(indirection_target());
    if (found == read_strings_.end()) {
      fail("indirection to where no repository id starts");
      return {};
    }
    return decoder().claim(found->second.size(), 0) ? found->second : std::string();
  }
  if (failed()) return {};
  decoder().seek(start);
  const auto text = decoder().read_string_view();
  if (!decoder().claim(2 * text.size() + 64, 0)) return {};
  return read_strings_.emplace(start, text).first->second;
}

std::vector<std::string> ValueSource::id_list() {
  decoder().align(4);
  const std::size_t start = decoder().position();
  if (decoder().read<std::uint32_t>() == kIndirectionTag && !failed()) {
    const auto found = read_lists_.find(indirection_target());
    if (found == read_lists_.end()) {
      fail("indirection to where no list of repository ids starts");
      return {};
    }
    std::size_t size = 0;
    for (const auto& id : found->second) size += id.size() + sizeof(id);
    return decoder().claim(size, found->second.size()) ? found->second : std::vector<std::string>();
  }
  if (failed()) return {};
  decoder().seek(start);
  const auto count = decoder().read_count(4, 2 * sizeof(std::string));
  std::vector<std::string> ids;
  for (std::uint32_t i = 0; i < count && !failed(); ++i) ids.push_back(header_string());
  if (!failed()) read_lists_.emplace(start, ids);
  return ids;
}

// The header's ids are the value's own type and those it may be cut down to. What we know is the
// declared type: true if the value is cut down to it, failure if that is not allowed.
bool ValueSource::select_type(const Node& declared, Header& header) {
  if (header.ids.empty() || declared.id.empty()) return false;
  const auto known = std::find(header.ids.begin(), header.ids.end(), declared.id);
  if (known == header.ids.end()) {
    fail("value of a type that its TypeCode does not describe");
    return false;
  }
  const bool truncated = known != header.ids.begin();
  if (truncated && (header.tag & kIsChunked) == 0) fail("truncatable value without chunks");
  header.ids.erase(header.ids.begin(), known);
  if (header.ids.size() == 1) header.tag = (header.tag & ~kTypeInfoMask) | kSingleId;
  return truncated;
}

}  // namespace corbel::cdr
