#include <orb/giop/listen_points.hpp>

#include <orb/ior/encapsulation.hpp>

namespace corbel::giop {

namespace {
constexpr std::size_t kSmallestPoint = 7;  // an empty host (length and NUL), a port
}

std::vector<std::byte> encode_listen_points(std::span<const Endpoint> points) {
  auto encoder = ior::make_encapsulation();
  encoder.write_count(points.size());
  for (const Endpoint& point : points) {
    ior::write_raw_string(encoder, point.host);
    encoder.write(point.port);
  }
  return encoder.copy();
}

std::optional<std::vector<Endpoint>> decode_listen_points(std::span<const std::byte> data,
                                                          std::size_t at_most) {
  auto decoder = ior::open_encapsulation(data);
  const auto count = decoder.read_count(kSmallestPoint, 0, true);
  std::vector<Endpoint> points;
  for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
    const auto host = decoder.read_string_view();
    const auto port = decoder.read<std::uint16_t>();
    if (!decoder.failed() && points.size() < at_most) points.push_back({std::string(host), port});
  }
  if (decoder.failed()) return std::nullopt;
  return points;
}

}  // namespace corbel::giop
