#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/value_tags.hpp>
#include <orb/cdr/value_walk.hpp>

#include <algorithm>

namespace corbel::cdr {
namespace {

using enum TCKind;

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
  const ValueStart value = start_of_value(declared);
  if (failed()) return;
  if (value.start == Start::null) {
    sink_.write(kNullTag);
    return;
  }
  if (value.start == Start::shared) {
    if (Encoder* to = sink_.data()) {
      to->write(kIndirectionTag);
      to->write(indirection_to(targets_[value.ordinal], to->size()));
    }
    return;
  }
  std::size_t target = 0;
  if (Encoder* to = sink_.header()) {
    to->align(4);
    target = to->size();
  }
  targets_.push_back(target);
  const bool chunked = (value.header.tag & kIsChunked) != 0;
  write_header(value.header);

  const auto outer_source = begin_value(chunked);
  const auto outer_sink = sink_.begin_value(chunked);
  state(declared);
  end_value(outer_source, value.truncated);
  sink_.end_value(outer_sink);
}

void ValueWalk::state(const Node& type) {
  if (type.kind == tk_value_box) {
    value(*type.content);
    return;
  }
  check_has_state(type);
  for (const Node* part : chain_of(type)) members(*part);
}

void ValueWalk::write_header(const Header& header) {
  Encoder* to = sink_.header();
  if (to == nullptr) return;
  to->write(header.tag | (sink_.chunked() ? kIsChunked : 0u));
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
    to.write(indirection_to(known->second, to.size()));
  }
}

}  // namespace corbel::cdr
