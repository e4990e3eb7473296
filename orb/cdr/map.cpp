#include <corbel/stub/map.hpp>

namespace corbel::stub {

TypeCode map_type_code(TypeCode key, TypeCode value, std::uint32_t bound) {
  TypeCode entry =
      TypeCode::structure({}, {}, {{"key", std::move(key), 1}, {"value", std::move(value), 1}});
  return TypeCode::sequence(std::move(entry), bound);
}

}  // namespace corbel::stub
