#include <orb/base/hot.hpp>
#include <orb/ior/object_key.hpp>

#include <corbel/exceptions.hpp>

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

std::uint64_t read_number(std::string_view octets) noexcept {
  std::uint64_t value = 0;
  for (const char octet : octets) value = value << 8 | static_cast<unsigned char>(octet);
  return value;
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
  if (octets.size() < kFixedSize + 4 || !octets.starts_with(kMagic) ||
      read_number(octets.substr(4, 1)) != kVersion ||
      read_number(octets.substr(5, 1)) > kPersistent) {
    return std::nullopt;
  }
  ObjectKeyView key;
  key.persistent = read_number(octets.substr(5, 1)) == kPersistent;
  key.timestamp = read_number(octets.substr(6, 8));
  const std::uint64_t adapter_size = read_number(octets.substr(14, 2));
  octets.remove_prefix(kFixedSize);
  if (adapter_size > octets.size() - 4) return std::nullopt;
  key.adapter = octets.substr(0, adapter_size);
  octets.remove_prefix(adapter_size);
  if (read_number(octets.substr(0, 4)) != octets.size() - 4) return std::nullopt;
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
