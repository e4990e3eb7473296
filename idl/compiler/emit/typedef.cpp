#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {

void declare_typedef(const Emission& emission, Writer& writer, const Typedef& definition) {
  write_origin(writer, definition);
  writer.line("using " + emission.names.of(definition) + " =\f" +
              emission.types.name(*definition.type, {scope_of(definition)}) + ";");
}

}  // namespace corbel::idl
