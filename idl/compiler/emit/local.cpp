#include <algorithm>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"

// A local interface is an abstract class that users derive from, a native type an empty one; both
// are held by std::shared_ptr and never travel.
namespace corbel::idl {
namespace {

/// Local bases are inherited; of others, which have proxies, only the operations are repeated.
std::string base_list(const Emission& emission, const Interface& definition) {
  std::vector<std::string> bases;
  for (const Interface* base : definition.bases) {
    if (base->is_local)
      bases.push_back("public virtual " + emission.names.reference(*base, {&definition}));
  }
  if (bases.empty())
    bases.push_back("public virtual " + emission.names.corbel_prefix() + "LocalObject");
  return join(bases);
}

/// True if a local base repeats the operations of `remote` already.
bool is_inherited(const Interface& definition, const Interface& remote) {
  return std::any_of(definition.bases.begin(), definition.bases.end(), [&](const Interface* base) {
    const std::vector<const Interface*> above = ancestors(*base);
    return base->is_local && std::find(above.begin(), above.end(), &remote) != above.end();
  });
}

void declare_methods(const Emission& emission, Writer& writer, const Interface& definition,
                     const Interface& owner) {
  for (const Method& method : own_methods(owner)) {
    std::vector<std::string> raised;
    for (const Declaration* exception : method.raises) {
      raised.push_back(emission.names.reference(*exception, {&definition}));
    }
    if (method.access != Access::kSet) write_documentation(writer, *method.source);
    if (!raised.empty()) writer.comment("Throws " + join(raised) + ".");
    writer.line(
        "virtual " + return_type(emission, method, Form::kServant, {&definition}) + kSpace +
        emission.names.in_class(definition).methods.at(method.source).call +
        parameter_list(emission, method, Form::kServant, {&definition, false, false, &method}) +
        " = 0;");
  }
}

}  // namespace

void declare_local(const Emission& emission, Writer& writer, const Interface& definition) {
  write_origin(writer, definition);
  writer.line("class " + emission.names.of(definition) + "\f: " + base_list(emission, definition) +
              " {");
  writer.label("public:");
  writer.indent();
  declare_scope(emission, writer, definition);
  declare_methods(emission, writer, definition, definition);
  for (const Interface* base : ancestors(definition)) {
    if (base->is_local || own_methods(*base).empty() || is_inherited(definition, *base)) continue;
    writer.blank();
    writer.line("// from " + emission.names.reference(*base, {&definition}));
    declare_methods(emission, writer, definition, *base);
  }
  writer.outdent();
  writer.line("};");
}

void declare_native(const Emission& emission, Writer& writer, const Native& definition) {
  write_origin(writer, definition);
  if (definition.by_value) {
    writer.line("using " + emission.names.of(definition) + " = " + definition.by_value->type + ";");
    return;
  }
  writer.line("class " + emission.names.of(definition) + " : public virtual " +
              emission.names.corbel_prefix() + "LocalObject {};");
}

void specialize_by_value(const Emission& emission, Writer& writer, const Native& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  std::vector<std::string> arguments{type};
  for (const std::string& one : definition.by_value->derived) {
    arguments.push_back("by_value::Class<" + quoted(one) + ", ::" + one + ">");
  }
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + type + ">\f: by_value::Value<" + join(arguments) + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static TypeCode type_code() {");
  writer.line("  return by_value::type_code(kRepositoryId, " + quoted(definition.name) + ");");
  writer.line("}");
  writer.outdent();
  writer.line("};");
}

void specialize_local(const Emission& emission, Writer& writer, const Declaration& definition) {
  const std::string type = emission.names.reference(definition, {.in_corbel = true});
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + type + "> {");
  writer.indent();
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static constexpr std::string_view kName = " + quoted(definition.name) + ";");
  writer.outdent();
  writer.line("};");
}

}  // namespace corbel::idl
