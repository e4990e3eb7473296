#include <corbel/any.hpp>
#include <orb/cdr/text_octets.hpp>
#include <orb/cdr/transcoder.hpp>
#include <orb/cdr/typecode_node.hpp>

#include <algorithm>
#include <limits>

namespace corbel {
namespace {

// For octets of our own making: bounds against hostile messages do not apply.
constexpr cdr::DecodeLimits kOwnOctets{std::numeric_limits<std::size_t>::max(),
                                       std::numeric_limits<std::size_t>::max(), 1000, 64};
constexpr std::size_t kAnyMemory = 128;

// Kept per thread, so that its memory is reused.
cdr::Encoder& scratch_encoder() {
  thread_local cdr::Encoder encoder;
  encoder.clear();
  return encoder;
}

// Stubs write the members alone.
std::vector<std::byte> with_id(const TypeCode& exception, std::span<const std::byte> members) {
  cdr::Encoder encoder;
  cdr::write_string_octets(encoder, exception.id());
  cdr::Decoder decoder(members, {}, kOwnOctets);
  cdr::transcode(exception, decoder, encoder);
  decoder.throw_if_failed("putting an exception into an any",
                          static_cast<std::uint32_t>(Completion::no));
  return encoder.copy();
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
  const std::size_t misaligned = (encoder.size() - encoder.origin()) % type_.node()->alignment;
  if (encoder.encoding() == cdr::Encoding{} && misaligned == 0) {
    encoder.write_octets(octets());
    return;
  }
  cdr::Decoder decoder(octets(), {}, kOwnOctets);
  cdr::transcode(type_, decoder, encoder);
  decoder.throw_if_failed("sending an any", static_cast<std::uint32_t>(Completion::no));
}

Any Any::decode(cdr::Decoder& decoder) {
  Any any;
  TypeCode type = TypeCode::decode(decoder);
  if (decoder.failed() || !decoder.enter()) return any;
  cdr::Encoder& canonical = scratch_encoder();
  cdr::transcode(type, decoder, canonical);
  decoder.leave();
  if (!decoder.claim(canonical.size() + kAnyMemory, 1)) return any;
  const auto octets = canonical.octets();
  any.keep(std::move(type), {octets.begin(), octets.end()});
  if (decoder.orb() != nullptr) any.orb_ = *decoder.orb();
  return any;
}

bool Any::matches(const TypeCode& wanted) const {
  return detail::alike(*type_.node(), *wanted.node(), detail::Likeness::same_octets);
}

bool Any::same_octets(const Any& other) const noexcept {
  return std::ranges::equal(octets(), other.octets());
}

void Any::throw_type_mismatch(const TypeCode& wanted) const {
  throw BadTypecode("the any holds " + type_.to_string() + ", not " + wanted.to_string());
}

}  // namespace corbel
