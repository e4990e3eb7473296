#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

void declare_nested(const Emission& emission, Writer& writer, const Struct& definition) {
  for (const Declaration* nested : definition.definitions) {
    if (const auto* inner = as<Struct>(nested)) declare_struct(emission, writer, *inner);
    if (const auto* inner = as<Enum>(nested)) declare_enum(emission, writer, *inner);
  }
  if (!definition.definitions.empty()) writer.blank();
}

}  // namespace

void declare_members(const Emission& emission, Writer& writer,
                     const std::vector<const Member*>& members, const Declaration& scope) {
  for (const Member* member : members) {
    write_documentation(writer, *member);
    // A sequence of a type that is not complete yet cannot be constructed here.
    writer.line(emission.types.name(*member->type, {&scope}) + " " + emission.names.of(*member) +
                (emission.is_complete(*member->type) ? "{};" : ";"));
  }
}

void declare_struct(const Emission& emission, Writer& writer, const Struct& definition) {
  const bool is_nested =
      as<Struct>(scope_of(definition)) != nullptr || as<Exception>(scope_of(definition)) != nullptr;
  const std::string& name = emission.names.of(definition);
  write_origin(writer, definition);
  writer.line("struct " + (is_nested ? name : class_path(emission.names, definition)) + " {");
  writer.indent();
  declare_nested(emission, writer, definition);
  declare_members(emission, writer, definition.members, definition);
  writer.blank();
  writer.line("bool operator==(const " + name + "&) const;");
  writer.outdent();
  writer.line("};");
}

void define_equality(const Emission& emission, Writer& writer, const Declaration& definition,
                     const std::vector<const Member*>& members) {
  const std::string other = emission.names.free_name("other");
  std::vector<std::string> equal;
  for (const Member* member : members) {
    const std::string& name = emission.names.of(*member);
    equal.push_back(name + " == " + other + "." + name);
  }
  const std::string parameter =
      "(const " + emission.names.of(definition) + "&" + (equal.empty() ? "" : " " + other) + ")";
  writer.function(
      "bool " + class_path(emission.names, definition) + "::operator==" + parameter + " const",
      {"return " + (equal.empty() ? "true" : join(equal, " &&\f")) + ";"});
}

void define_struct(const Emission& emission, Writer& writer, const Struct& definition) {
  writer.in_namespace(emission.names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  if (!is_recursive(definition)) {
    writer.line("bool " + class_path(emission.names, definition) + "::operator==(\vconst " +
                emission.names.of(definition) + "&) const = default;");
    return;
  }
  // clang 16 does not survive a defaulted comparison of a struct that contains itself.
  define_equality(emission, writer, definition, definition.members);
}

std::vector<Field> fields_of(const Emission& emission, const std::vector<const Member*>& members) {
  std::vector<Field> fields;
  for (const Member* member : members) {
    fields.push_back({emission.names.of(*member), member->type});
  }
  return fields;
}

void specialize_struct(const Emission& emission, Writer& writer, const Struct& definition) {
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
  writer.line("static constexpr std::size_t kSmallestSize = " + std::to_string(size) + ";");
  writer.line("static void encode(\vcdr::Encoder& encoder,\fconst " + type + "& value);");
  writer.line("static void decode(\vcdr::Decoder& decoder,\f" + type + "& value);");
  writer.line("static TypeCode type_code();");
  writer.outdent();
  writer.line("};");
}

void implement_codec(const Emission& emission, Writer& writer, const std::string& cpp_type,
                     const std::vector<Field>& fields) {
  const Place place{.in_corbel = true};
  std::vector<std::string> encode;
  std::vector<std::string> decode;
  for (const Field& field : fields) {
    const std::string codec = emission.types.needs_codec(*field.type)
                                  ? emission.types.codec(*field.type, place)
                                  : "corbel";
    encode.push_back(codec + "::encode(\vencoder,\fvalue." + field.name + ");");
    decode.push_back(codec + "::decode(\vdecoder,\fvalue." + field.name + ");");
  }
  const bool empty = fields.empty();
  writer.function("void Type<" + cpp_type + ">::encode(\vcdr::Encoder&" +
                      (empty ? "" : " encoder") + ",\fconst " + cpp_type + "&" +
                      (empty ? "" : " value") + ")",
                  encode);
  writer.function("void Type<" + cpp_type + ">::decode(\vcdr::Decoder&" +
                      (empty ? "" : " decoder") + ",\f" + cpp_type + "&" + (empty ? "" : " value") +
                      ")",
                  decode);
}

void implement_struct(const Emission& emission, Writer& writer, const Struct& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  writer.blank();
  writer.line("// " + origin(definition));
  implement_codec(emission, writer, type, fields_of(emission, definition.members));
  implement_type_code(emission, writer, type, aggregate_type_code(emission, definition));
}

}  // namespace corbel::idl
