#include <set>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/results.hpp"
#include "idl/compiler/emit/signature.hpp"

namespace corbel::idl {

std::vector<Field> result_fields(const Emission& emission, const Method& method) {
  std::vector<Field> fields;
  std::set<std::string> taken;
  for (const Argument& argument : method.arguments) {
    if (argument.direction == Direction::kIn) continue;
    fields.push_back({emission.names.of(argument), argument.type});
    taken.insert(fields.back().name);
  }
  if (method.returns_value()) {
    std::string name = "result";
    while (taken.contains(name)) name += '_';
    fields.insert(fields.begin(), {name, method.result});
  }
  return fields;
}

void declare_results(const Emission& emission, Writer& writer, const Method& method) {
  // The parameters' names are those of the members.
  const Place place{.scope = method.owner, .method = &method};
  writer.blank();
  writer.line("// " + origin(*method.source) + ", what " + emission.names.of(method).async +
              "() gives");
  writer.line("struct " + class_path(emission.names, *method.owner) +
              "::" + emission.names.of(method).results + " {");
  writer.indent();
  for (const Field& field : result_fields(emission, method)) {
    writer.line(emission.types.name(*field.type, place) + " " + field.name +
                (emission.is_complete(*field.type) ? "{};" : ";"));
  }
  writer.outdent();
  writer.line("};");
}

void specialize_results(const Emission& emission, Writer& writer, const Method& method) {
  const std::string type = async_value(emission, method, {.in_corbel = true});
  std::uint64_t size = 0;
  for (const Field& field : result_fields(emission, method)) {
    size += emission.types.smallest_size(*field.type);
  }
  writer.blank();
  writer.line("// " + origin(*method.source));
  writer.line("template <>");
  writer.line("struct Type<" + type + "> {");
  writer.indent();
  writer.line("static constexpr std::size_t kSmallestSize = " + std::to_string(size) + ";");
  writer.line("static void encode(\vcdr::Encoder& encoder,\fconst " + type + "& value);");
  writer.line("static void decode(\vcdr::Decoder& decoder,\f" + type + "& value);");
  writer.outdent();
  writer.line("};");
  implement_codec(emission, writer, type, result_fields(emission, method));
}

}  // namespace corbel::idl
