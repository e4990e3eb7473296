#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {

void declare_constant(const Emission& emission, Writer& writer, const Constant& definition) {
  const Declaration* scope = scope_of(definition);
  const Place place{scope};
  const bool in_class = scope != nullptr && scope->kind != DeclarationKind::kModule;
  const bool is_text = as<StringType>(resolve_typedefs(*definition.type)) != nullptr;
  const std::string type = is_text
                               ? emission.types.parameter(*definition.type, place)
                               : constant_type(emission, definition.value, *definition.type, place);
  write_origin(writer, definition);
  writer.line((in_class ? "static constexpr " : "inline constexpr ") + type + " " +
              emission.names.of(definition) + " =\f" +
              literal(emission, definition.value, *definition.type, place) + ";");
}

}  // namespace corbel::idl
