#include <orb/cdr/value_factories.hpp>
#include <orb/cdr/value_reader.hpp>
#include <orb/cdr/value_tags.hpp>

#include <algorithm>

namespace corbel::cdr {
namespace {

// Of a value and what is kept about it, at least.
constexpr std::size_t kValueMemory = 128;

// An id as a peer sent it, fit for a message and a log.
std::string printable(std::string_view id) {
  constexpr std::size_t kMost = 128;
  std::string text(id.substr(0, kMost));
  for (char& c : text) {
    if (c < 0x20 || c > 0x7e) c = '?';
  }
  return text.empty() ? "(empty)" : text;
}

const stub::ValueType* find_in(stub::ValueType::Types types, std::string_view id) {
  const auto found = std::ranges::find(types, id, &stub::ValueType::repository_id);
  return found == types.end() ? nullptr : *found;
}

}  // namespace

ValueReader::~ValueReader() {
  // Left in the middle by an exception: as bad as a failure.
  if (!discarded_ && depth_ == 0) return;
  stub::ValueRelease released;
  for (const Record& record : records_) stub::ValueAccess::release(*record.value, released);
}

void ValueReader::fail(Decoder& decoder, std::string text) {
  if (decoder.failed()) return;
  failure_ = std::move(text);
  decoder.fail(failure_.c_str());
}

std::shared_ptr<ValueBase> ValueReader::read(Decoder& decoder, const stub::ValueType& declared) {
  const bool outer_chunked = decoder.chunked_;
  const std::uint32_t tag = read_tag(decoder);
  if (decoder.failed() || tag == kNullTag) {
    if (outer_chunked && !decoder.chunked_) decoder.set_chunked(true);
    return nullptr;
  }
  if (tag == kIndirectionTag) {
    auto value = find(decoder, declared);
    if (outer_chunked && !decoder.chunked_) decoder.set_chunked(true);
    return value;
  }
  if (!is_value_header(tag)) {
    decoder.fail("value without a header");
    return nullptr;
  }
  if (++depth_ > decoder.limits().value_chain) decoder.fail("values nest too deeply");
  auto value = read_new(decoder, tag, outer_chunked, declared);
  --depth_;
  return value;
}

// The long that starts a value: null, indirection or header. Inside of chunks the first two are
// data; a header stands between chunks. Leaves the decoder outside of chunks where the long did not
// stand in one.
std::uint32_t ValueReader::read_tag(Decoder& decoder) {
  if (!decoder.chunked_) return decoder.read<std::uint32_t>();
  if (ended()) decoder.fail("value goes on after its end tag");
  if (decoder.position_ == decoder.end_) return read_tag_between_chunks(decoder);
  const auto tag = decoder.read<std::uint32_t>();
  if (is_value_header(tag)) decoder.fail("value header inside of a chunk");
  return tag;
}

std::uint32_t ValueReader::read_tag_between_chunks(Decoder& decoder) {
  decoder.set_chunked(false);
  decoder.align(4);
  const std::size_t start = decoder.position();
  const auto tag = decoder.read<std::uint32_t>();
  // Some peers leave null and indirections between chunks; they mean the same.
  if (decoder.failed() || is_value_header(tag) || tag == kNullTag) return tag;
  if (tag == kIndirectionTag) {
    // Or the end tag -1, which leads nowhere.
    return tag;
  }
  decoder.seek(start);
  decoder.set_chunked(true);
  const auto inside = decoder.read<std::uint32_t>();
  if (is_value_header(inside)) decoder.fail("value header inside of a chunk");
  return inside;
}

std::shared_ptr<ValueBase> ValueReader::find(Decoder& decoder, const stub::ValueType& declared) {
  const std::size_t position = read_indirection(decoder);
  if (decoder.failed()) return nullptr;
  const auto found = std::ranges::lower_bound(records_, position, {}, &Record::position);
  if (found == records_.end() || found->position != position) {
    decoder.fail("value indirection to where no value starts");
    return nullptr;
  }
  const auto& type = found->value->corbel_type();
  if (!type.is_a(declared.repository_id) &&
      declared.repository_id != Type<ValueBase>::kRepositoryId) {
    fail(decoder, "value indirection to a " + std::string(type.repository_id) + " where a " +
                      std::string(declared.repository_id) + " is expected");
    return nullptr;
  }
  return found->value;
}

std::shared_ptr<ValueBase> ValueReader::read_new(Decoder& decoder, std::uint32_t tag,
                                                 bool outer_chunked,
                                                 const stub::ValueType& declared) {
  const std::size_t position = decoder.position() - 4;
  const bool chunked = (tag & kIsChunked) != 0;
  const auto ids = header_.read(decoder, tag);
  if (outer_chunked && !chunked) decoder.fail("value without chunks inside of one with chunks");
  if (!decoder.claim(kValueMemory, 1)) return nullptr;
  const Choice choice = decoder.failed() ? Choice() : choose(decoder, ids, declared);
  if (choice.truncated && !chunked) decoder.fail("truncatable value without chunks");
  if (decoder.failed()) return nullptr;
  auto value = choice.make();
  if (!value || value->corbel_type().repository_id != choice.type->repository_id) {
    fail(decoder, "the factory registered for " + std::string(choice.type->repository_id) +
                      " makes something else");
    return nullptr;
  }
  records_.push_back({position, value});
  read_state(decoder, *value, chunked, outer_chunked, choice.truncated);
  return decoder.failed() ? nullptr : value;
}

void ValueReader::read_state(Decoder& decoder, ValueBase& value, bool chunked, bool outer_chunked,
                             bool truncated) {
  if (chunked) {
    ++level_;
    decoder.set_chunked(true);
  }
  stub::ValueAccess::decode(value, decoder);
  if (!chunked) return;
  end_chunks(decoder, truncated);
  decoder.set_chunked(outer_chunked);
}

ValueReader::Choice ValueReader::choose(Decoder& decoder, std::span<const std::string_view> ids,
                                        const stub::ValueType& declared) {
  const std::string_view own[] = {declared.repository_id};
  if (ids.empty()) ids = own;
  std::string_view unmade;
  for (const auto& id : ids) {
    Choice choice = known_as(decoder, id, declared);
    choice.truncated = &id != &ids.front();
    if (choice.make) return choice;
    if (choice.type != nullptr && unmade.empty()) unmade = id;
  }
  if (!unmade.empty()) {
    fail(decoder, "no factory for the valuetype " + printable(unmade) +
                      "; register one with Orb::register_value_factory");
  } else {
    fail(decoder, "value of type " + printable(ids.front()) + ", which is not known here as a " +
                      std::string(declared.repository_id));
  }
  return {};
}

// Type and maker of what may be made for `id` where a `declared` is expected.
ValueReader::Choice ValueReader::known_as(Decoder& decoder, std::string_view id,
                                          const stub::ValueType& declared) const {
  Choice choice;
  const bool any = declared.repository_id == Type<ValueBase>::kRepositoryId;
  if (const auto* factories = decoder.value_factories(); factories != nullptr && *factories) {
    auto entry = (*factories)->find(id);
    choice.type = entry.type;
    choice.make = std::move(entry.make);
  }
  if (choice.type == nullptr && id == declared.repository_id) choice.type = &declared;
  if (choice.type == nullptr) choice.type = find_in(decoder.known_values(), id);
  if (choice.type == nullptr && declared.known != nullptr)
    choice.type = find_in(declared.known(), id);
  if (choice.type == nullptr || !(any || choice.type->is_a(declared.repository_id))) return {};
  if (!choice.make && choice.type->make != nullptr) choice.make = choice.type->make;
  return choice;
}

ValueReader::Chunks ValueReader::suspend_chunks(Decoder& decoder) noexcept {
  const Chunks chunks{decoder.position_ == decoder.end_ ? 0 : decoder.end_, level_};
  decoder.set_chunked(false);
  return chunks;
}

void ValueReader::resume_chunks(Decoder& decoder, const Chunks& chunks,
                                std::int32_t ended_level) noexcept {
  ended_level_ = ended_level;
  decoder.set_chunked(true);
  if (chunks.end > decoder.position_) decoder.end_ = chunks.end;
}

// At the end of a value's state: the end tag, which may be there already or close others too.
void ValueReader::end_chunks(Decoder& decoder, bool truncated) {
  if (!ended() && !decoder.failed()) {
    if (truncated) skip_rest(decoder);
    if (decoder.chunked_ && decoder.position_ != decoder.end_)
      decoder.fail("value is longer than its type");
    decoder.set_chunked(false);
    const auto tag = decoder.read<std::int32_t>();
    if (tag >= 0 || tag < -level_) decoder.fail("value without its end tag");
    ended_level_ = -tag;
  }
  if (ended_level_ == level_) ended_level_ = 0;
  --level_;
}

// Leaves the decoder before the end tag that closes this level.
void ValueReader::skip_rest(Decoder& decoder) {
  decoder.position_ = decoder.end_;
  decoder.set_chunked(false);
  std::int32_t open = level_;
  while (!decoder.failed()) {
    decoder.align(4);
    const std::size_t start = decoder.position();
    const auto tag = decoder.read<std::uint32_t>();
    const auto end = static_cast<std::int32_t>(tag);
    if (decoder.failed()) return;
    if (is_value_header(tag)) {
      if ((tag & kIsChunked) == 0) decoder.fail("value without chunks inside of one with chunks");
      ++open;
      header_.read(decoder, tag);
    } else if (end > 0) {
      decoder.skip(tag);
    } else if (end < -open) {
      decoder.fail("value without its end tag");
    } else if (end == 0) {
      continue;  // null
    } else if (-end <= level_) {
      decoder.seek(start);
      return;
    } else {
      open = -end - 1;
    }
  }
}

}  // namespace corbel::cdr
