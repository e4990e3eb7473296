#include <orb/ior/tagged_component.hpp>

#include <orb/ior/encapsulation.hpp>

namespace corbel::ior {
namespace {

void read_code_set_component(cdr::Decoder& decoder, CodeSetComponent& component) {
  component.native = static_cast<cdr::CodeSet>(decoder.read<std::uint32_t>());
  const std::uint32_t count = decoder.read_count(4, sizeof(cdr::CodeSet), true);
  component.conversion.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    component.conversion.push_back(static_cast<cdr::CodeSet>(decoder.read<std::uint32_t>()));
  }
}

void write_code_set_component(cdr::Encoder& encoder, const CodeSetComponent& component) {
  encoder.write(static_cast<std::uint32_t>(component.native));
  encoder.write_count(component.conversion.size());
  for (const cdr::CodeSet code_set : component.conversion) {
    encoder.write(static_cast<std::uint32_t>(code_set));
  }
}

}  // namespace

std::optional<std::uint32_t> parse_orb_type(std::span<const std::byte> data) noexcept {
  auto decoder = open_encapsulation(data);
  const auto orb_type = decoder.read<std::uint32_t>();
  if (decoder.failed()) return std::nullopt;
  return orb_type;
}

std::optional<CodeSetInfo> parse_code_sets(std::span<const std::byte> data) {
  auto decoder = open_encapsulation(data);
  CodeSetInfo info;
  read_code_set_component(decoder, info.chars);
  read_code_set_component(decoder, info.wchars);
  if (decoder.failed()) return std::nullopt;
  return info;
}

std::optional<Endpoint> parse_alternate_address(std::span<const std::byte> data) {
  auto decoder = open_encapsulation(data);
  Endpoint endpoint;
  endpoint.host = decoder.read_string_view();
  endpoint.port = decoder.read<std::uint16_t>();
  if (decoder.failed() || endpoint.host.empty() || endpoint.port == 0) return std::nullopt;
  return endpoint;
}

std::optional<SslComponent> parse_ssl(std::span<const std::byte> data) noexcept {
  auto decoder = open_encapsulation(data);
  SslComponent ssl;
  ssl.target_supports = decoder.read<std::uint16_t>();
  ssl.target_requires = decoder.read<std::uint16_t>();
  ssl.port = decoder.read<std::uint16_t>();
  if (decoder.failed()) return std::nullopt;
  return ssl;
}

TaggedComponent make_orb_type(std::uint32_t orb_type) {
  auto encoder = make_encapsulation();
  encoder.write(orb_type);
  return {kTagOrbType, encoder.copy()};
}

TaggedComponent make_code_sets(const CodeSetInfo& info) {
  auto encoder = make_encapsulation();
  write_code_set_component(encoder, info.chars);
  write_code_set_component(encoder, info.wchars);
  return {kTagCodeSets, encoder.copy()};
}

TaggedComponent make_alternate_address(const Endpoint& endpoint) {
  auto encoder = make_encapsulation();
  write_raw_string(encoder, endpoint.host);
  encoder.write(endpoint.port);
  return {kTagAlternateIiopAddress, encoder.copy()};
}

}  // namespace corbel::ior
