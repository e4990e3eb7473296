#include <algorithm>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

std::string signature(const Names& names, const Enum& definition) {
  const Place place{Names::enclosing_module(definition)};
  return names.std_prefix() + "string_view " + names.text_function(definition) + "(" +
         names.reference(definition, place) + " " + names.free_name("value") + ") noexcept";
}

std::string print_signature(const Names& names, const Enum& definition) {
  const Place place{Names::enclosing_module(definition)};
  const std::string stream = names.std_prefix() + "ostream& ";
  return stream + "operator<<(\v" + stream + names.free_name("out") + ",\f" +
         names.reference(definition, place) + " " + names.free_name("value") + ")";
}

/// With a line for each enumerator.
void declare_documented_enum(const Emission& emission, Writer& writer, const Enum& definition) {
  writer.line("enum class " + emission.names.of(definition) + " : " + emission.names.std_prefix() +
              "uint32_t {");
  writer.indent();
  std::uint32_t line = 0;
  for (const Enumerator* enumerator : definition.enumerators) {
    // The comment above a line is that of its first enumerator.
    if (enumerator->location.line != line) write_documentation(writer, *enumerator);
    line = enumerator->location.line;
    writer.line(emission.names.of(*enumerator) + ",");
  }
  writer.outdent();
  writer.line("};");
}

}  // namespace

void declare_enum(const Emission& emission, Writer& writer, const Enum& definition) {
  std::vector<std::string> enumerators;
  for (const Enumerator* enumerator : definition.enumerators) {
    enumerators.push_back(emission.names.of(*enumerator));
  }
  write_origin(writer, definition);
  if (std::any_of(definition.enumerators.begin(), definition.enumerators.end(),
                  [](const Enumerator* one) { return !documentation_of(*one).empty(); })) {
    return declare_documented_enum(emission, writer, definition);
  }
  writer.line("enum class " + emission.names.of(definition) + " : " + emission.names.std_prefix() +
              "uint32_t {" + kSpace + join(enumerators) + kSpace + "};");
}

void declare_to_string(const Emission& emission, Writer& writer, const Enum& definition) {
  writer.line(signature(emission.names, definition) + ";");
  writer.line(print_signature(emission.names, definition) + ";");
}

void declare_nested_to_strings(const Emission& emission, Writer& writer, const Declaration& scope) {
  for (const Declaration* child : children(scope)) {
    if (const auto* nested = as<Enum>(child)) declare_to_string(emission, writer, *nested);
    const bool is_aggregate = as<Struct>(child) != nullptr || as<Union>(child) != nullptr;
    if (is_aggregate && scope.kind != DeclarationKind::kInterface) {
      declare_nested_to_strings(emission, writer, *child);
    }
  }
}

void define_to_string(const Emission& emission, Writer& writer, const Enum& definition) {
  const Names& names = emission.names;
  const std::string type = names.reference(definition, {Names::enclosing_module(definition)});
  writer.in_namespace(names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line(signature(names, definition) + " {");
  writer.indent();
  writer.line("switch (" + names.free_name("value") + ") {");
  writer.indent();
  for (const Enumerator* enumerator : definition.enumerators) {
    writer.line("case " + type + "::" + names.of(*enumerator) + ":" + kSpace + "return " +
                quoted(enumerator->name) + ";");
  }
  writer.outdent();
  writer.line("}");
  writer.line("return {};");
  writer.outdent();
  writer.line("}");
  writer.function(print_signature(names, definition),
                  {"return " + names.free_name("out") + " << " + names.text_function(definition) +
                   "(" + names.free_name("value") + ");"});
}

void specialize_enum(const Emission& emission, Writer& writer, const Enum& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + type + ">\f: stub::EnumType<\v" + type + ",\f" +
              std::to_string(definition.enumerators.size()) + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static TypeCode type_code();");
  writer.outdent();
  writer.line("};");
}

void implement_enum(const Emission& emission, Writer& writer, const Enum& definition) {
  std::vector<std::string> labels;
  for (const Enumerator* enumerator : definition.enumerators) {
    labels.push_back(quoted(enumerator->name));
  }
  writer.blank();
  writer.line("// " + origin(definition));
  implement_type_code(emission, writer, emission.names.reference(definition, {.in_corbel = true}),
                      "TypeCode::enumeration(\v" + quoted(definition.repository_id) + ",\f" +
                          quoted(definition.name) + ",\f{" + join(labels) + "})");
}

}  // namespace corbel::idl
