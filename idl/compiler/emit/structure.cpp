#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
std::string declared_name(const Emission& emission, const Declaration& definition) {
  const Declaration* scope = scope_of(definition);
  const bool is_inside = as<Struct>(scope) != nullptr || as<Union>(scope) != nullptr ||
                         as<Exception>(scope) != nullptr || as<ValueType>(scope) != nullptr;
  return is_inside ? emission.names.of(definition) : class_path(emission.names, definition);
}

void declare_nested_types(const Emission& emission, Writer& writer,
                          const std::vector<Declaration*>& definitions) {
  for (const Declaration* nested : definitions) {
    if (const auto* inner = as<Struct>(nested)) declare_struct(emission, writer, *inner);
    if (const auto* inner = as<Union>(nested)) declare_union(emission, writer, *inner);
    if (const auto* inner = as<Enum>(nested)) declare_enum(emission, writer, *inner);
  }
  if (!definitions.empty()) writer.blank();
}

namespace {

/// What a member starts with: "{}", "{5}" for @default(5), nothing where that cannot be.
std::string initializer(const Emission& emission, const Member& member, const Place& place) {
  // A sequence of a type that is not complete yet cannot be constructed here.
  if (!emission.is_complete(*member.type)) return "";
  for (const Annotation& annotation : member.annotations) {
    if (annotation.name != "default" || annotation.parameters.empty()) continue;
    return "{" + literal(emission, annotation.parameters.front().second, *member.type, place) + "}";
  }
  return "{}";
}

bool is_inside_union(const Declaration& definition) {
  const Declaration* scope = scope_of(definition);
  return scope != nullptr && (as<Union>(scope) != nullptr || is_inside_union(*scope));
}

}  // namespace

void declare_members(const Emission& emission, Writer& writer,
                     const std::vector<const Member*>& members, const Declaration& scope) {
  // Inside a union's class initializers come too late for the std::variant to see them.
  const bool in_union = is_inside_union(scope);
  for (const Member* member : members) {
    write_documentation(writer, *member);
    writer.line(emission.types.name(*member->type, {&scope}) + " " + emission.names.of(*member) +
                (in_union ? "" : initializer(emission, *member, {&scope})) + ";");
  }
}

void declare_struct(const Emission& emission, Writer& writer, const Struct& definition) {
  const std::string& name = emission.names.of(definition);
  write_origin(writer, definition);
  const std::string base =
      definition.base == nullptr
          ? ""
          : "\f: " + emission.names.reference(*definition.base, {scope_of(definition)});
  writer.line("struct " + declared_name(emission, definition) + base + " {");
  writer.indent();
  declare_nested_types(emission, writer, definition.definitions);
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
  const auto* structure = as<Struct>(&definition);
  if (structure != nullptr && structure->base != nullptr) {
    const std::string base = emission.names.reference(*structure->base, {scope_of(definition)});
    equal.push_back("static_cast<const " + base + "&>(*this) == " + other);
  }
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

void specialize_aggregate(const Emission& emission, Writer& writer, const Declaration& definition,
                          std::uint64_t smallest_size) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + type + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static constexpr std::size_t kSmallestSize = " + std::to_string(smallest_size) +
              ";");
  writer.line("static void encode(\vcdr::Encoder& encoder,\fconst " + type + "& value);");
  writer.line("static void decode(\vcdr::Decoder& decoder,\f" + type + "& value);");
  writer.line("static TypeCode type_code();");
  writer.outdent();
  writer.line("};");
}

void specialize_struct(const Emission& emission, Writer& writer, const Struct& definition) {
  specialize_aggregate(emission, writer, definition,
                       emission.types.smallest_size(Type{NamedType{&definition}}));
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
  implement_codec(emission, writer, type, fields_of(emission, all_members(definition)));
  implement_type_code(emission, writer, type, aggregate_type_code(emission, definition));
}

}  // namespace corbel::idl
