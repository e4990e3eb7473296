#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

/// The constructor's parameters: each member's name with "_value", never that of a member.
std::vector<std::string> value_names(const Emission& emission, const Exception& definition) {
  std::vector<std::string> values;
  for (const Member* member : definition.members) {
    values.push_back(emission.names.free_name(emission.names.of(*member) + "_value"));
  }
  return values;
}

std::string constructor_parameters(const Emission& emission, const Exception& definition) {
  const std::vector<std::string> values = value_names(emission, definition);
  std::vector<std::string> parameters;
  for (std::size_t i = 0; i < values.size(); ++i) {
    parameters.push_back(emission.types.name(*definition.members[i]->type, {&definition}) + " " +
                         values[i]);
  }
  return "(\v" + join(parameters) + ")";
}

std::string base_initializer(const Emission& emission, const std::string& name) {
  return emission.names.corbel_prefix() + "UserException(" + emission.names.stub_prefix() +
         "exception_type_of<" + name + ">())";
}

void define_constructor(const Emission& emission, Writer& writer, const Exception& definition,
                        const std::string& path) {
  const std::string& name = emission.names.of(definition);
  const std::vector<std::string> values = value_names(emission, definition);
  std::string initializers = base_initializer(emission, name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Member& member = *definition.members[i];
    const bool small = emission.types.is_small(*member.type);
    initializers += ",\f" + emission.names.of(member) + "(" +
                    (small ? values[i] : emission.names.std_prefix() + "move(" + values[i] + ")") +
                    ")";
  }
  writer.line(path + "::" + name + constructor_parameters(emission, definition));
  writer.line("    : " + initializers + " {}");
}

}  // namespace

void declare_exception(const Emission& emission, Writer& writer, const Exception& definition) {
  const std::string& name = emission.names.of(definition);
  write_origin(writer, definition);
  writer.line("class " + declared_name(emission, definition) + " : public " +
              emission.names.corbel_prefix() + "UserException {");
  writer.label("public:");
  writer.indent();
  declare_nested_types(emission, writer, definition.definitions);
  writer.line(name + "();");
  if (!definition.members.empty()) {
    writer.line((definition.members.size() == 1 ? "explicit " : "") + name +
                constructor_parameters(emission, definition) + ";");
    writer.blank();
    declare_members(emission, writer, definition.members, definition);
    writer.blank();
  }
  writer.line("bool operator==(const " + name + "&) const;");
  writer.outdent();
  writer.line("};");
}

void define_exception(const Emission& emission, Writer& writer, const Exception& definition) {
  const std::string path = class_path(emission.names, definition);
  const std::string& name = emission.names.of(definition);
  writer.in_namespace(emission.names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line(path + "::" + name + "()\f: " + base_initializer(emission, name) + " {}");
  if (!definition.members.empty()) {
    writer.blank();
    define_constructor(emission, writer, definition, path);
  }
  writer.blank();
  define_equality(emission, writer, definition, definition.members);
}

void specialize_exception(const Emission& emission, Writer& writer, const Exception& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  std::uint64_t size = 0;
  for (const Member* member : definition.members)
    size += emission.types.smallest_size(*member->type);
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + type + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static constexpr const char* kName =\f" +
              quoted(emission.names.qualified(definition)) + ";");
  writer.line("static constexpr std::size_t kSmallestSize = " + std::to_string(size) + ";");
  writer.line("static void encode(\vcdr::Encoder& encoder,\fconst " + type + "& value);");
  writer.line("static void decode(\vcdr::Decoder& decoder,\f" + type + "& value);");
  writer.line("static TypeCode type_code();");
  writer.outdent();
  writer.line("};");
}

void implement_exception(const Emission& emission, Writer& writer, const Exception& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  writer.blank();
  writer.line("// " + origin(definition));
  implement_codec(emission, writer, type, fields_of(emission, definition.members));
  implement_type_code(emission, writer, type, aggregate_type_code(emission, definition));
}

}  // namespace corbel::idl
