#include <orb/giop/service_context.hpp>

#include <orb/base/hot.hpp>
#include <orb/ior/encapsulation.hpp>

#include <algorithm>
#include <cstring>
#include <limits>

namespace corbel::giop {
namespace {

const auto kOrderOctet = static_cast<std::byte>(cdr::kNativeOrder);

ServiceContext read_context(cdr::Decoder& decoder) noexcept {
  ServiceContext context;
  context.id = decoder.read<std::uint32_t>();
  context.data = ior::read_octet_sequence(decoder);
  return context;
}

}  // namespace

void ServiceContextList::Iterator::read() noexcept {
  if (left_ != 0) current_ = read_context(decoder_);
}

void ServiceContextList::decode_some(cdr::Decoder& decoder, std::uint32_t count) noexcept {
  first_ = decoder;
  for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) read_context(decoder);
  count_ = decoder.failed() ? 0 : count;
  if (empty()) first_.reset();
}

std::optional<std::span<const std::byte>> ServiceContextList::find(
    std::uint32_t id) const noexcept {
  if (empty()) return std::nullopt;
  for (const ServiceContext& context : *this) {
    if (context.id == id) return context.data;
  }
  return std::nullopt;
}

CORBEL_HOT void write_service_contexts(cdr::Encoder& encoder,
                                       std::span<const ServiceContext> contexts) {
  encoder.write_count(contexts.size());
  for (const ServiceContext& context : contexts) {
    encoder.write(context.id);
    ior::write_octet_sequence(encoder, context.data);
  }
}

ContextData<12> encode_code_sets(const ior::TransmissionCodeSets& chosen) noexcept {
  ContextData<12> context{kCodeSets, {kOrderOctet}};
  std::memcpy(&context.octets[4], &chosen.chars, 4);
  std::memcpy(&context.octets[8], &chosen.wchars, 4);
  return context;
}

std::optional<ior::TransmissionCodeSets> decode_code_sets(
    std::span<const std::byte> data) noexcept {
  auto decoder = ior::open_encapsulation(data);
  ior::TransmissionCodeSets chosen;
  chosen.chars = static_cast<cdr::CodeSet>(decoder.read<std::uint32_t>());
  chosen.wchars = static_cast<cdr::CodeSet>(decoder.read<std::uint32_t>());
  if (decoder.failed()) return std::nullopt;
  return chosen;
}

ContextData<16> encode_deadline(std::chrono::nanoseconds remaining) noexcept {
  ContextData<16> context{kCorbelDeadline, {kOrderOctet}};
  const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(remaining.count(), 0));
  std::memcpy(&context.octets[8], &count, 8);
  return context;
}

std::optional<std::chrono::nanoseconds> decode_deadline(std::span<const std::byte> data) noexcept {
  auto decoder = ior::open_encapsulation(data);
  const auto count = decoder.read<std::uint64_t>();
  if (decoder.failed()) return std::nullopt;
  constexpr std::uint64_t kLongest = std::numeric_limits<std::int64_t>::max();
  return std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(count, kLongest)));
}

ContextData<17> encode_call_chain(const CallChainId& id) noexcept {
  ContextData<17> context{kCorbelCallChain, {kOrderOctet}};
  std::memcpy(&context.octets[1], id.data(), id.size());
  return context;
}

std::optional<CallChainId> decode_call_chain(std::span<const std::byte> data) noexcept {
  auto decoder = ior::open_encapsulation(data);
  const auto octets = decoder.read_octets(std::tuple_size_v<CallChainId>);
  if (decoder.failed()) return std::nullopt;
  CallChainId id;
  std::memcpy(id.data(), octets.data(), id.size());
  return id;
}

}  // namespace corbel::giop
