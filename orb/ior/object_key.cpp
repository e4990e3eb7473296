#include <orb/ior/object_key.hpp>

#include <corbel/exceptions.hpp>
#include <corbel/stub/encoder.hpp>

#include <orb/base/hot.hpp>

#include <bit>
#include <cstring>

namespace corbel::ior {
namespace {

constexpr std::string_view kMagic = "CORB";
constexpr unsigned char kVersion = 1;
constexpr unsigned char kPersistent = 1;
constexpr std::size_t kFixedSize = 4 + 1 + 1 + 8 + 2;  // up to the adapter's name

void append_number(std::string& out, std::uint64_t value, unsigned octets) {
  for (unsigned shift = 8 * octets; shift != 0;) {
    shift -= 8;
    out.push_back(static_cast<char>(value >> shift));
  }
}

/// Big-endian, at the front of `octets`.
template <class Number>
Number read_number(std::string_view octets) noexcept {
  Number value{};
  std::memcpy(&value, octets.data(), sizeof(value));
  return std::endian::native == std::endian::big ? value : cdr::swap_octets(value);
}

}  // namespace

std::string encode_object_key(const ObjectKey& key) {
  if (key.adapter.size() > 0xffff) {
    throw BadParam("an adapter's name has at most 65535 octets, this one " +
                   std::to_string(key.adapter.size()));
  }
  const std::string_view id = key.id.octets();
  std::string out;
  out.reserve(kFixedSize + key.adapter.size() + 4 + id.size());
  out.append(kMagic);
  append_number(out, kVersion, 1);
  append_number(out, key.persistent ? kPersistent : 0, 1);
  append_number(out, key.timestamp, 8);
  append_number(out, key.adapter.size(), 2);
  out.append(key.adapter);
  append_number(out, id.size(), 4);
  out.append(id);
  return out;
}

CORBEL_HOT std::optional<ObjectKeyView> view_object_key(std::string_view octets) noexcept {
  if (octets.size() < kFixedSize + 4 || !octets.starts_with(kMagic)) return std::nullopt;
  const auto version = static_cast<unsigned char>(octets[4]);
  const auto flags = static_cast<unsigned char>(octets[5]);
  if (version != kVersion || flags > kPersistent) return std::nullopt;
  ObjectKeyView key;
  key.persistent = flags == kPersistent;
  key.timestamp = read_number<std::uint64_t>(octets.substr(6));
  const std::size_t adapter_size = read_number<std::uint16_t>(octets.substr(14));
  octets.remove_prefix(kFixedSize);
  if (adapter_size > octets.size() - 4) return std::nullopt;
  key.adapter = octets.substr(0, adapter_size);
  octets.remove_prefix(adapter_size);
  if (read_number<std::uint32_t>(octets) != octets.size() - 4) return std::nullopt;
  key.id = octets.substr(4);
  return key;
}

std::optional<ObjectKey> parse_object_key(std::string_view octets) {
  const auto view = view_object_key(octets);
  if (!view) return std::nullopt;
  return ObjectKey{view->timestamp, std::string(view->adapter), ObjectId(std::string(view->id)),
                   view->persistent};
}

}  // namespace corbel::ior
