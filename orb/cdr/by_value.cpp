#include <corbel/by_value.hpp>

namespace corbel::by_value {

TypeCode type_code(std::string_view repository_id, std::string_view name) {
  return TypeCode::alias(std::string(repository_id), std::string(name),
                         TypeCode::sequence(TCKind::tk_octet));
}

}  // namespace corbel::by_value
