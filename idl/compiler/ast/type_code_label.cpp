#include "idl/compiler/ast/type_code_label.hpp"

#include <type_traits>

#include "idl/compiler/ast/declaration.hpp"
#include "idl/compiler/ast/definitions.hpp"

namespace corbel::idl {

std::int64_t type_code_label(const ConstValue& label, const Type& type) {
  const bool is_octet = is_primitive(resolve_typedefs(type), Primitive::kInt8);
  return std::visit(
      [is_octet]<class T>(const T& value) -> std::int64_t {
        if constexpr (std::is_same_v<T, char>) {
          return static_cast<unsigned char>(value);
        } else if constexpr (std::is_integral_v<T>) {
          return is_octet ? static_cast<std::uint8_t>(value) : static_cast<std::int64_t>(value);
        } else if constexpr (std::is_same_v<T, WCharValue>) {
          return value.unit;
        } else if constexpr (std::is_same_v<T, const Enumerator*>) {
          return value->value;
        } else {
          return 0;  // no other constant is a label
        }
      },
      label);
}

}  // namespace corbel::idl
