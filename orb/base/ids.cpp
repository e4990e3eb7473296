#include <orb/base/ids.hpp>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <cstring>

namespace corbel {

std::array<std::byte, 16> random_id() {
  const boost::uuids::uuid made = boost::uuids::random_generator_pure()();
  std::array<std::byte, 16> id;
  std::memcpy(id.data(), made.data, id.size());
  return id;
}

std::string to_text(const std::array<std::byte, 16>& id) {
  boost::uuids::uuid uuid;
  std::memcpy(uuid.data, id.data(), id.size());
  return boost::uuids::to_string(uuid);
}

}  // namespace corbel
