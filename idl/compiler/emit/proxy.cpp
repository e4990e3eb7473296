#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

const char* proxy_base(const Interface& definition) {
  return definition.is_abstract ? "AbstractBase" : "Object";
}

/// An abstract interface is also made from what else it can hold.
void declare_value_construction(const Emission& emission, Writer& writer,
                                const Interface& definition) {
  const Names& names = emission.names;
  const std::string& name = names.of(definition);
  const std::string& value = names.in_class(definition).value;
  const std::string base = names.corbel_prefix() + "AbstractBase";
  const std::string held = names.free_name("held");
  writer.line("class " + value + ";");
  writer.line("explicit " + name + "(" + base + " " + held + ")\f: " + base + "(\v" +
              names.std_prefix() + "move(" + held + ")) {}");
  writer.line("template <" + names.std_prefix() + "derived_from<" + value + "> T>");
  writer.line(name + "(const " + names.std_prefix() + "shared_ptr<T>& " + held + ")");
  writer.line("    : " + base + "(\v" + names.std_prefix() + "shared_ptr<" + names.corbel_prefix() +
              "ValueBase>(" + held + ")) {}");
}

void declare_construction(const Emission& emission, Writer& writer, const Interface& definition) {
  const Names& names = emission.names;
  const std::string& name = names.of(definition);
  const std::string object = names.free_name("object");
  writer.line(name + "() = default;");
  writer.line(name + "(" + names.std_prefix() + "nullptr_t) {}");
  writer.line("explicit " + name + "(" + names.corbel_prefix() + "Object " + object +
              ")\f: " + names.corbel_prefix() + proxy_base(definition) + "(\v" +
              names.std_prefix() + "move(" + object + ")) {}");
  if (definition.is_abstract) declare_value_construction(emission, writer, definition);
  for (const Interface* base : ancestors(definition)) {
    const std::string type = names.reference(*base, {&definition});
    const std::string passed = definition.is_abstract ? "AbstractBase" : "Object";
    writer.function("operator " + type + "() const",
                    {"return " + type + "(\vstatic_cast<const " + names.corbel_prefix() + passed +
                     "&>(*this));"});
  }
}

void declare_raises(const Emission& emission, Writer& writer, const Method& method) {
  std::vector<std::string> raised;
  for (const Declaration* exception : method.raises) {
    raised.push_back(emission.names.reference(*exception, {method.owner}));
  }
  if (!raised.empty()) writer.comment("Throws " + join(raised) + ".");
}

/// The overload that takes braces: it cannot be in the source where it would be called like the
/// other one.
void declare_braces(const Emission& emission, Writer& writer, const Method& method, Form form) {
  const Place place{method.owner, false, false, &method};
  const std::string parameters = braces_parameters(emission, method, form, place);
  if (parameters.empty()) return;
  const MethodNames& names = emission.names.of(method);
  const std::string& name = is_async(form) ? names.async : names.call;
  writer.line(return_type(emission, method, form, {method.owner}) + kSpace + name + parameters +
              " const;");
}

void declare_own(const Emission& emission, Writer& writer, const Interface& definition, Form form) {
  for (const Method& method : own_methods(definition)) {
    if (is_async(form) && method.oneway) continue;
    const MethodNames& names = emission.names.of(method);
    if (!is_async(form)) {
      if (method.access != Access::kSet) write_documentation(writer, *method.source);
      declare_raises(emission, writer, method);
    }
    writer.line(return_type(emission, method, form, {&definition}) + kSpace +
                (is_async(form) ? names.async : names.call) +
                parameter_list(emission, method, form, {&definition, false, false, &method}) +
                " const;");
    declare_braces(emission, writer, method, form);
  }
}

}  // namespace

void declare_scope(const Emission& emission, Writer& writer, const Interface& definition) {
  for (const Declaration* nested : definition.definitions) {
    const bool is_struct = as<Struct>(nested) != nullptr || as<Bitmask>(nested) != nullptr ||
                           as<Bitset>(nested) != nullptr;
    if (is_struct) writer.line("struct " + emission.names.of(*nested) + ";");
    if (as<Union>(nested) != nullptr || as<Exception>(nested) != nullptr)
      writer.line("class " + emission.names.of(*nested) + ";");
  }
  for (const Method& method : own_methods(definition)) {
    if (method.has_outs() && !definition.is_local)
      writer.line("struct " + emission.names.of(method).results + ";");
  }
  for (const Declaration* nested : definition.definitions) {
    if (const auto* inner = as<Native>(nested)) declare_native(emission, writer, *inner);
    if (const auto* inner = as<Enum>(nested)) declare_enum(emission, writer, *inner);
    if (const auto* inner = as<Typedef>(nested)) declare_typedef(emission, writer, *inner);
    if (const auto* inner = as<Constant>(nested)) declare_constant(emission, writer, *inner);
  }
  writer.blank();
}

void declare_proxy(const Emission& emission, Writer& writer, const Interface& definition) {
  const Names& names = emission.names;
  write_origin(writer, definition);
  writer.line("class " + names.of(definition) + " : public " + names.corbel_prefix() +
              proxy_base(definition) + " {");
  writer.label("public:");
  writer.indent();
  declare_scope(emission, writer, definition);
  declare_construction(emission, writer, definition);
  writer.blank();
  declare_own(emission, writer, definition, Form::kProxy);
  declare_inherited(emission, writer, definition, false);
  writer.blank();
  declare_own(emission, writer, definition, Form::kProxyAsync);
  declare_inherited(emission, writer, definition, true);
  writer.blank();
  writer.line("class " + names.in_class(definition).servant + ";");
  writer.outdent();
  writer.line("};");
}

void specialize_proxy(const Emission& emission, Writer& writer, const Interface& definition) {
  const Names& names = emission.names;
  const Place place{.in_corbel = true};
  const std::string type = names.reference(definition, place);
  std::vector<std::string> list{type};
  for (const Interface* base : definition.bases) list.push_back(names.reference(*base, place));
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("template <>");
  writer.line("struct Type<" + type + ">\f: " +
              (definition.is_abstract ? "AbstractType" : "ProxyType") + "<\v" + join(list) + "> {");
  writer.indent();
  writer.line("using Servant = " + type + "::" + names.in_class(definition).servant + ";");
  writer.line("static constexpr std::string_view kRepositoryId =\f" +
              quoted(definition.repository_id) + ";");
  writer.line("static constexpr std::string_view kName = " + quoted(definition.name) + ";");
  if (definition.is_abstract) {
    writer.line("using Value = " + type + "::" + names.in_class(definition).value + ";");
  }
  writer.outdent();
  writer.line("};");
}

}  // namespace corbel::idl
