#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

// The Type<> of valuetypes and value boxes, and the list of those that a file knows.
namespace corbel::idl {
namespace {

std::vector<std::string> listed_values(const Emission& emission) {
  std::vector<std::string> known;
  for (const Declaration* declaration : emission.values()) {
    const auto* value = as<ValueType>(declaration);
    if (value != nullptr && (value->is_abstract || !value->is_defined)) continue;
    known.push_back("&" + emission.names.stub_prefix() + "kValueType<" +
                    emission.names.reference(*declaration, {}) + ">");
  }
  return known;
}

}  // namespace

void specialize_value(const Emission& emission, Writer& writer, const Declaration& definition) {
  const Names& names = emission.names;
  const Place place{.in_corbel = true};
  const auto* value = as<ValueType>(&definition);
  std::vector<std::string> bases;
  if (const ValueType* base = stateful_base(definition))
    bases.push_back(names.reference(*base, place));
  for (const ValueType* base : abstract_bases(definition)) {
    bases.push_back(names.reference(*base, place));
  }
  for (const Interface* interface : abstract_supports(definition)) {
    bases.push_back(names.reference(*interface, place) + "::" + names.in_class(*interface).value);
  }
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + names.reference(definition, place) + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line(std::string("static constexpr bool kTruncatable = ") +
              (value != nullptr && value->is_truncatable ? "true" : "false") + ";");
  writer.line("using Bases = stub::ValueList<\v" + join(bases) + ">;");
  writer.line("static stub::ValueType::Types known_values();");
  writer.line("static TypeCode type_code();");
  writer.outdent();
  writer.line("};");
}

void implement_value(const Emission& emission, Writer& writer, const Declaration& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  writer.blank();
  writer.line("// " + origin(definition));
  const std::string known = known_values(emission);
  writer.function("stub::ValueType::Types Type<" + type + ">::known_values()",
                  {"return " + (known == "{}" ? known : "::" + known) + ";"});
  implement_type_code(emission, writer, type, aggregate_type_code(emission, definition));
}

std::string known_values(const Emission& emission) {
  return listed_values(emission).empty() ? "{}" : emission.names.free_name("known_values");
}

void define_known_values(const Emission& emission, Writer& writer) {
  const std::vector<std::string> known = listed_values(emission);
  if (known.empty()) return;
  writer.line("namespace {");
  writer.blank();
  writer.line("// The valuetypes known here: those that may come where a base of one is expected.");
  writer.line("constexpr const " + emission.names.stub_prefix() + "ValueType*\f" +
              known_values(emission) + "[] = {\v" + join(known) + "};");
  writer.blank();
  writer.line("}  // namespace");
}

}  // namespace corbel::idl
