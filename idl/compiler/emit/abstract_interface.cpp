#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"

// Beside its proxy an abstract interface has a class of pure virtual functions, which the classes
// of valuetypes that support it derive from.
namespace corbel::idl {
namespace {

std::string support_class(const Emission& emission, const Interface& interface,
                          const Place& place) {
  return emission.names.reference(interface, place) +
         "::" + emission.names.in_class(interface).value;
}

}  // namespace

void declare_support(const Emission& emission, Writer& writer, const Interface& definition) {
  const Names& names = emission.names;
  std::vector<std::string> bases;
  for (const Interface* base : definition.bases) {
    bases.push_back("public virtual " + support_class(emission, *base, {&definition}));
  }
  if (bases.empty()) bases.push_back("public virtual " + names.corbel_prefix() + "ValueBase");
  writer.blank();
  writer.line("// " + origin(definition) + ", what values derive from");
  writer.line("class " + class_path(names, definition) + "::" + names.in_class(definition).value +
              "\f: " + join(bases) + " {");
  writer.label("public:");
  writer.indent();
  for (const Method& method : own_methods(definition)) {
    const Place place{&definition, true, false, &method};
    writer.line("virtual " + return_type(emission, method, Form::kServant, {&definition, true}) +
                kSpace + names.of(method).call +
                parameter_list(emission, method, Form::kServant, place) + " = 0;");
  }
  writer.outdent();
  writer.line("};");
}

void specialize_support(const Emission& emission, Writer& writer, const Interface& definition) {
  const Place place{.in_corbel = true};
  std::vector<std::string> bases;
  for (const Interface* base : definition.bases) {
    bases.push_back(support_class(emission, *base, place));
  }
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + support_class(emission, definition, place) + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static constexpr bool kTruncatable = false;");
  writer.line("using Bases = stub::ValueList<\v" + join(bases) + ">;");
  writer.line("static stub::ValueType::Types known_values();");
  writer.line("static TypeCode type_code();");
  writer.outdent();
  writer.line("};");
}

void implement_support(const Emission& emission, Writer& writer, const Interface& definition) {
  const Place place{.in_corbel = true};
  const std::string type = support_class(emission, definition, place);
  const std::string known = known_values(emission);
  writer.blank();
  writer.line("// " + origin(definition));
  writer.function("stub::ValueType::Types Type<" + type + ">::known_values()",
                  {"return " + (known == "{}" ? known : "::" + known) + ";"});
  writer.function(
      "TypeCode Type<" + type + ">::type_code()",
      {"return Type<" + emission.names.reference(definition, place) + ">::type_code();"});
}

}  // namespace corbel::idl
