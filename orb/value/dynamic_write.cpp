#include <orb/cdr/chunked_sink.hpp>
#include <orb/cdr/decimal.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/value_tags.hpp>
#include <orb/value/dynamic_content.hpp>

#include <unordered_map>

namespace corbel {
namespace {

using detail::DynamicParts;
using detail::TypeCodeNode;
using detail::ValueState;
using enum TCKind;

constexpr unsigned kDeepestValue = 1000;
constexpr std::int16_t kTruncatable = 3;

class TreeWriter {
 public:
  explicit TreeWriter(cdr::Encoder& to) : sink_(&to) {}

  void write(const DynamicValue& value) {
    if (++depth_ > kDeepestValue) throw ImpLimit("a value that nests more than 1000 deep");
    type_ = &DynamicParts::node(value);
    std::visit([&](const auto& data) { write_data(value, data); },
               DynamicParts::content(value).data);
    --depth_;
  }

  const std::weak_ptr<detail::OrbCore>& orb() const { return orb_; }

 private:
  void write_data(const DynamicValue&, std::monostate) {}
  void write_data(const DynamicValue&, char value) { to().write_char(value); }
  template <cdr::Primitive T>
  void write_data(const DynamicValue&, T value) {
    to().write(value);
  }
  void write_data(const DynamicValue&, char16_t value) { to().write(value); }
  void write_data(const DynamicValue&, const cdr::Binary128& value) {
    const bool big = cdr::kNativeOrder == cdr::ByteOrder::big;
    to().write(big ? value.high : value.low);
    to().write(big ? value.low : value.high);
  }
  void write_data(const DynamicValue&, const std::string& value) { to().write_string(value); }
  void write_data(const DynamicValue&, const std::u16string& value) { to().write_wstring(value); }
  void write_data(const DynamicValue&, const TypeCode& value) { value.encode(to()); }
  void write_data(const DynamicValue& value, const detail::Decimal& decimal);
  void write_data(const DynamicValue& value, const detail::Reference& reference);
  void write_data(const DynamicValue& value, const detail::PartList& list);
  void write_data(const DynamicValue& value, const detail::PackedElements& packed);
  void write_data(const DynamicValue&, const detail::UnionContent& content) {
    for (const auto& part : content.parts) write(part);
  }
  void write_data(const DynamicValue& value, const detail::ValueLink& link);
  bool write_header(const ValueState& state, const TypeCodeNode& type);

  /// For data; opens a chunk where one must be.
  cdr::Encoder& to() { return *sink_.data(); }

  cdr::ChunkedSink sink_;
  const TypeCodeNode* type_ = nullptr;  // of the value being written
  unsigned depth_ = 0;
  std::unordered_map<const ValueState*, std::size_t> written_;
  std::weak_ptr<detail::OrbCore> orb_;
};

// Two digits an octet, the sign in the last half octet.
void TreeWriter::write_data(const DynamicValue&, const detail::Decimal& decimal) {
  const auto value = cdr::fixed_digits(decimal.text, type_->digits, type_->scale);
  std::string halves = type_->digits % 2 == 0 ? "0" : "";
  halves += value->digits;
  for (std::size_t i = 0; i + 1 < halves.size(); i += 2) {
    to().write(static_cast<std::uint8_t>((halves[i] - '0') << 4 | (halves[i + 1] - '0')));
  }
  to().write(static_cast<std::uint8_t>((halves.back() - '0') << 4 | (value->negative ? 0xd : 0xc)));
}

void TreeWriter::write_data(const DynamicValue&, const detail::Reference& reference) {
  if (type_->kind == tk_abstract_interface) {
    to().write(!reference.ref.is_nil());
    if (reference.ref.is_nil()) return to().write(cdr::kNullTag);
  }
  Type<ObjectRef>::encode(to(), reference.ref);
  if (orb_.expired()) orb_ = reference.orb;
}

void TreeWriter::write_data(const DynamicValue&, const detail::PartList& list) {
  if (type_->kind == tk_sequence) to().write_count(list.parts.size());
  if (type_->kind == tk_except) cdr::write_string_octets(to(), type_->id);
  if (type_->kind == tk_any) list.parts.front().type().encode(to());
  for (const auto& part : list.parts) write(part);
}

void TreeWriter::write_data(const DynamicValue& value, const detail::PackedElements& packed) {
  if (type_->kind != tk_array) to().write_count(value.size());
  if (packed.octets.empty()) return;
  to().align(packed.octets.size() / value.size());
  to().write_octets(packed.octets);
}

void TreeWriter::write_data(const DynamicValue&, const detail::ValueLink& link) {
  if (link.is_null()) return to().write(cdr::kNullTag);
  const TypeCodeNode& declared = *type_;
  const auto state = state_of(link);
  if (const auto found = written_.find(state.get()); found != written_.end()) {
    to().write(cdr::kIndirectionTag);
    return to().write(static_cast<std::uint32_t>(found->second - to().size()));
  }
  const TypeCodeNode& actual = *state->type.node();
  if (actual.id != declared.id) {
    throw BadParam("a " + state->type.to_string() + " where " +
                   detail::scoped_name(declared.id, declared.name) +
                   " is declared: an any describes only the declared type");
  }
  const bool chunked = write_header(*state, actual);
  const auto outer = sink_.begin_value(chunked);
  for (const auto& part : state->parts) write(part);
  sink_.end_value(outer);
}

// What may be cut down to a base names its bases and comes in chunks, so that a receiver who does
// not know it can; so does everything inside of it.
bool TreeWriter::write_header(const ValueState& state, const TypeCodeNode& type) {
  std::vector<const TypeCodeNode*> ids{&type};
  while (ids.back()->kind == tk_value && ids.back()->modifier == kTruncatable &&
         ids.back()->content->kind == tk_value) {
    ids.push_back(ids.back()->content);
  }
  const bool chunked = sink_.chunked() || ids.size() > 1;
  cdr::Encoder& header = *sink_.header();
  header.align(4);
  written_.emplace(&state, header.size());
  header.write(cdr::kLeastValueTag | (ids.size() > 1 ? cdr::kIdList : cdr::kSingleId) |
               (chunked ? cdr::kIsChunked : 0u));
  if (ids.size() > 1) header.write_count(ids.size());
  for (const auto* one : ids) cdr::write_string_octets(header, one->id);
  return chunked;
}

}  // namespace

Any DynamicValue::to_any() const {
  cdr::Encoder encoder;
  TreeWriter writer(encoder);
  writer.write(*this);
  Any any;
  any.assign(type_, encoder.copy());
  any.set_orb(writer.orb());
  return any;
}

}  // namespace corbel
