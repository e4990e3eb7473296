#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/value_tags.hpp>
#include <orb/cdr/value_walk.hpp>

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

std::uint32_t offset_to(std::size_t target, std::size_t here) {
  return static_cast<std::uint32_t>(target - here);  // modulo 2^32: a negative long
}

}  // namespace

void ValueWalk::abstract_interface() {
  const bool is_reference = read<bool>();
  sink_.write(is_reference);
  if (is_reference) {
    object_reference();
  } else if (!failed()) {
    // The TypeCode does not describe the state of whatever value stands here; null needs none.
    if (read_value_tag() != kNullTag) fail("value of a type that its TypeCode does not describe");
    sink_.write(kNullTag);
  }
}

void ValueWalk::valuetype(const Node& declared) {
  const std::uint32_t tag = read_value_tag();
  if (failed()) return;
  if (tag == kNullTag) {
    sink_.write(kNullTag);
    return;
  }
  if (tag == kIndirectionTag) {
    value_indirection(declared);
    return;
  }
  if (!is_value_header(tag)) {
    fail("value without a header");
    return;
  }
  if (!decoder().claim(sizeof(Record), 0)) return;
  std::size_t target = 0;
  if (Encoder* to = sink_.header()) {
    to->align(4);
    target = to->size();
  }
  values_.push_back({decoder().position() - 4, target, &declared});
  Header header = read_header(tag);
  const bool truncated = select_type(declared, header);
  if (failed()) return;
  write_header(header);

  const bool chunked = (tag & kIsChunked) != 0;
  const auto outer_source = begin_value(chunked);
  const auto outer_sink = sink_.begin_value(chunked);
  const std::int32_t own_level = level();
  state(declared);
  end_value(outer_source, truncated);
  sink_.end_value(outer_sink, own_level);
}

void ValueWalk::state(const Node& type) {
  if (type.kind == tk_value_box) {
    value(*type.content);
    return;
  }
  if (type.modifier == kCustom)
    fail("state of a custom valuetype, which only its own code can read");
  if (type.modifier == kAbstract) fail("value of an abstract valuetype");
  std::vector<const Node*> chain;
  for (const Node* at = &type; at != nullptr && at->kind == tk_value; at = at->content)
    chain.push_back(at);
  std::for_each(chain.rbegin(), chain.rend(), [this](const Node* part) { members(*part); });
}

// Where the offset that stands next leads: counted from the offset itself.
std::size_t ValueWalk::indirection_target() {
  const auto here = static_cast<std::int64_t>(decoder().position());
  const auto offset = decoder().read<std::int32_t>();
  const std::int64_t target = here + offset;
  if (offset >= 0 || target < 0) {
    fail("indirection that does not lead backward");
    return 0;
  }
  return static_cast<std::size_t>(target);
}

void ValueWalk::value_indirection(const Node& declared) {
  const std::size_t source = indirection_target();
  check_chunk_if_open();
  if (failed()) return;
  const auto found =
      std::lower_bound(values_.begin(), values_.end(), source,
                       [](const Record& record, std::size_t at) { return record.source < at; });
  if (found == values_.end() || found->source != source) {
    fail("value indirection to where no value of this message part starts");
  } else if (!is_or_derives_from(*found->type, declared)) {
    fail("value indirection to a value of another type");
  } else if (Encoder* to = sink_.data()) {
    to->write(kIndirectionTag);
    to->write(offset_to(found->target, to->size()));
  }
}

ValueWalk::Header ValueWalk::read_header(std::uint32_t tag) {
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
std::string ValueWalk::header_string() {
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

std::vector<std::string> ValueWalk::id_list() {
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
bool ValueWalk::select_type(const Node& declared, Header& header) {
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

void ValueWalk::write_header(const Header& header) {
  Encoder* to = sink_.header();
  if (to == nullptr) return;
  to->write(header.tag);
  if ((header.tag & kHasCodebase) != 0) write_header_string(*to, header.codebase);
  if ((header.tag & kTypeInfoMask) == kIdList) to->write_count(header.ids.size());
  for (const auto& id : header.ids) write_header_string(*to, id);
}

void ValueWalk::write_header_string(Encoder& to, const std::string& text) {
  to.align(4);
  const auto [known, is_new] = written_strings_.emplace(text, to.size());
  if (is_new) {
    write_string_octets(to, text);
  } else {
    to.write(kIndirectionTag);
    to.write(offset_to(known->second, to.size()));
  }
}

}  // namespace corbel::cdr
