#include <corbel/any.hpp>
#include <corbel/stub/value.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/transcoder.hpp>
#include <orb/cdr/typecode_node.hpp>
#include <orb/cdr/value_comparison.hpp>
#include <orb/cdr/value_tags.hpp>
#include <orb/cdr/value_visitor.hpp>
#include <orb/cdr/value_writer.hpp>

#include <algorithm>

namespace corbel {
namespace {

constexpr std::size_t kAnyMemory = 128;

// Kept per thread, so that its memory is reused.
cdr::Encoder& scratch_encoder() {
  thread_local cdr::Encoder encoder;
  encoder.clear();
  return encoder;
}

cdr::Decoder own_decoder(std::span<const std::byte> octets) {
  return cdr::Decoder(octets, {}, cdr::kOwnOctets);
}

// Kinds whose values have one form only.
bool octets_decide(TCKind kind) noexcept {
  switch (kind) {
    case TCKind::tk_null:
    case TCKind::tk_void:
    case TCKind::tk_short:
    case TCKind::tk_long:
    case TCKind::tk_ushort:
    case TCKind::tk_ulong:
    case TCKind::tk_boolean:
    case TCKind::tk_char:
    case TCKind::tk_octet:
    case TCKind::tk_longlong:
    case TCKind::tk_ulonglong:
    case TCKind::tk_wchar:
    case TCKind::tk_string:
    case TCKind::tk_wstring:
    case TCKind::tk_enum:
      return true;
    default:
      return false;
  }
}

// Stubs write the members alone.
std::vector<std::byte> with_id(const TypeCode& exception, std::span<const std::byte> members) {
  cdr::Encoder encoder;
  cdr::write_string_octets(encoder, exception.id());
  cdr::Decoder decoder(members, {}, cdr::kOwnOctets);
  cdr::transcode(exception, decoder, encoder);
  decoder.throw_if_failed("putting an exception into an any",
                          static_cast<std::uint32_t>(Completion::no));
  return encoder.copy();
}

// Whether a value starts with null or with a header that has repository ids.
bool names_its_type(std::span<const std::byte> octets) {
  cdr::Decoder decoder(octets);
  const auto tag = decoder.read<std::uint32_t>();
  return !decoder.failed() &&
         (tag == cdr::kNullTag ||
          (cdr::is_value_header(tag) && (tag & cdr::kTypeInfoMask) != cdr::kNoTypeInfo));
}

}  // namespace

void Any::assign(TypeCode type, std::vector<std::byte> octets) {
  if (const TypeCode plain = type.unaliased(); plain.kind() == TCKind::tk_except) {
    cdr::Decoder decoder(octets);
    if (!cdr::starts_with_id(decoder, plain.id())) octets = with_id(plain, octets);
  }
  keep(std::move(type), std::move(octets));
}

void Any::keep(TypeCode type, std::vector<std::byte> octets) {
  type_ = std::move(type);
  octets_ = std::make_shared<const std::vector<std::byte>>(std::move(octets));
}

cdr::Decoder Any::decoder() const noexcept {
  cdr::Decoder decoder(octets());
  decoder.set_orb(&orb_);
  decoder.set_value_factories(&value_factories_);
  decoder.set_reference_origin(&reference_origin_);
  // Stubs read an exception's members; the id before them is the any's own affair.
  const auto& plain = detail::strip_aliases(*type_.node());
  if (plain.kind == TCKind::tk_except) {
    cdr::Decoder ahead = decoder;
    if (cdr::starts_with_id(ahead, plain.id)) decoder.seek(4 + plain.id.size() + 1);
  }
  return decoder;
}

void Any::encode(cdr::Encoder& encoder) const {
  type_.encode(encoder);
  encode_value(encoder);
}

void Any::encode_value(cdr::Encoder& encoder) const {
  const std::size_t misaligned = (encoder.size() - encoder.origin()) % type_.node()->alignment;
  const auto* values = encoder.started_values();
  const bool in_chunk = values != nullptr && values->chunked();
  if (encoder.encoding() == cdr::Encoding{} && misaligned == 0 && !in_chunk) {
    encoder.write_octets(octets());
    return;
  }
  cdr::Decoder decoder(octets(), {}, cdr::kOwnOctets);
  cdr::transcode(type_, decoder, encoder);
  decoder.throw_if_failed("sending an any", static_cast<std::uint32_t>(Completion::no));
}

Any Any::decode(cdr::Decoder& decoder) {
  TypeCode type = TypeCode::decode(decoder);
  return decode_value(std::move(type), decoder);
}

Any Any::decode_value(TypeCode type, cdr::Decoder& decoder) {
  Any any;
  if (decoder.failed() || !decoder.enter()) return any;
  cdr::Encoder& canonical = scratch_encoder();
  cdr::transcode(type, decoder, canonical);
  decoder.leave();
  if (decoder.failed() || !decoder.claim(canonical.size() + kAnyMemory, 1)) return any;
  const auto octets = canonical.octets();
  any.keep(std::move(type), {octets.begin(), octets.end()});
  if (decoder.orb() != nullptr) any.orb_ = *decoder.orb();
  if (decoder.value_factories() != nullptr) any.value_factories_ = *decoder.value_factories();
  if (decoder.reference_origin() != nullptr) any.reference_origin_ = *decoder.reference_origin();
  return any;
}

bool Any::matches(const TypeCode& wanted) const {
  const detail::TypeCodeNode* at = &detail::strip_aliases(*type_.node());
  const detail::TypeCodeNode& sought = detail::strip_aliases(*wanted.node());
  if (detail::alike(*at, sought, detail::Likeness::same_octets)) return true;
  // A derived valuetype says what it is, unless it is null.
  if (sought.kind != TCKind::tk_value || !names_its_type(octets())) return false;
  const bool any_value = sought.id == Type<ValueBase>::kRepositoryId;
  if (any_value && at->kind == TCKind::tk_value_box) return true;
  for (; at != nullptr && at->kind == TCKind::tk_value; at = at->content) {
    if (any_value || detail::alike(*at, sought, detail::Likeness::same_octets)) return true;
  }
  return false;
}

bool Any::same_value(const Any& other) const {
  const auto& plain = detail::strip_aliases(*type_.node());
  if (std::ranges::equal(octets(), other.octets())) return true;
  return !octets_decide(plain.kind) &&
         cdr::same_value(type_, own_decoder(octets()), other.type_, own_decoder(other.octets()));
}

void Any::throw_type_mismatch(const TypeCode& wanted) const {
  throw BadTypecode("the any holds " + type_.to_string() + ", not " + wanted.to_string());
}

}  // namespace corbel
