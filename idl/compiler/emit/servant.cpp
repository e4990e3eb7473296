#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/results.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

std::string base_list(const Emission& emission, const Interface& definition) {
  std::vector<std::string> bases;
  for (const Interface* base : definition.bases) {
    bases.push_back("public virtual " + emission.names.reference(*base, {&definition}) +
                    "::" + emission.names.in_class(*base).servant);
  }
  if (bases.empty())
    bases.push_back("public virtual " + emission.names.corbel_prefix() + "Servant");
  return join(bases);
}

/// A function must not hide one of a base that is called the same by chance.
void declare_using(const Emission& emission, Writer& writer, const Interface& definition) {
  std::set<std::string> own;
  for (const Method& method : own_methods(definition)) {
    own.insert(emission.names.of(method).call);
    own.insert(emission.names.of(method).async);
  }
  std::set<std::string> repeated;
  for (const Interface* base : ancestors(definition)) {
    for (const Method& method : own_methods(*base)) {
      for (const std::string& name :
           {emission.names.of(method).call, emission.names.of(method).async}) {
        if (!own.contains(name)) continue;
        repeated.insert("using " + emission.names.reference(*base, {&definition, true}) +
                        "::" + emission.names.in_class(*base).servant + "::" + name + ";");
      }
    }
  }
  for (const std::string& declaration : repeated) writer.line(declaration);
}

void declare_own(const Emission& emission, Writer& writer, const Interface& definition, Form form) {
  for (const Method& method : own_methods(definition)) {
    const MethodNames& names = emission.names.of(method);
    const Place place{&definition, true, false, &method};
    writer.line("virtual " + return_type(emission, method, form, {&definition, true}) + kSpace +
                (is_async(form) ? names.async : names.call) +
                parameter_list(emission, method, form, place) + ";");
  }
}

/// The asynchronous form that a servant inherits: it runs the other one and answers.
std::vector<std::string> default_answer(const Emission& emission, const Method& method) {
  const Names& names = emission.names;
  const std::string responder = names.free_name("responder");
  const std::string& call = names.of(method).call;
  if (!method.has_outs()) {
    const std::string run = call + "(\v" + forwarded(emission, method, Form::kServant) + ")";
    if (method.returns_value()) return {responder + ".complete(\v" + run + ");"};
    return {run + ";", responder + ".complete();"};
  }
  const std::string results = names.free_name("results");
  const Place place{method.owner, true, false, &method};
  const std::vector<Field> fields = result_fields(emission, method);
  std::size_t field = method.returns_value() ? 1 : 0;
  std::vector<std::string> body{async_value(emission, method, place) + " " + results + "{};"};
  std::vector<std::string> arguments;
  for (const Argument& argument : method.arguments) {
    const std::string name = names.of(argument);
    if (argument.direction == Direction::kIn) {
      arguments.push_back(name);
      continue;
    }
    const std::string member = results + "." + fields[field++].name;
    arguments.push_back(member);
    if (argument.direction != Direction::kInOut) continue;
    body.push_back(emission.types.is_span(*argument.type)
                       ? member + ".assign(\v" + name + ".begin(),\f" + name + ".end());"
                       : member + " = " + name + ";");
  }
  const std::string give = method.returns_value() ? results + "." + fields[0].name + " = " : "";
  body.push_back(give + call + "(\v" + join(arguments) + ");");
  body.push_back(responder + ".complete(" + results + ");");
  return body;
}

void define_method(const Emission& emission, Writer& writer, const Method& method) {
  const MethodNames& names = emission.names.of(method);
  const Interface& owner = *method.owner;
  const Place around{Names::enclosing_module(owner)};
  const Place inside{&owner, true, false, &method};
  const std::string path =
      class_path(emission.names, owner) + "::" + emission.names.in_class(owner).servant + "::";
  writer.blank();
  writer.line("// " + origin(*method.source));
  writer.function(return_type(emission, method, Form::kServant, around) + kSpace + path +
                      names.call + unnamed_parameters(emission, method, Form::kServant, inside),
                  {"throw " + emission.names.stub_prefix() + "NotOverridden(\v" +
                   emission.constant(method) + ");"});
  writer.function(
      "void " + path + names.async + parameter_list(emission, method, Form::kServantAsync, inside),
      default_answer(emission, method));
}

}  // namespace

void declare_servant(const Emission& emission, Writer& writer, const Interface& definition) {
  const Names& names = emission.names;
  const std::string stub = names.corbel_prefix() + "stub::";
  writer.in_namespace(names.enclosing_namespace(definition));
  writer.blank();
  writer.line("// " + origin(definition));
  writer.line("class " + class_path(names, definition) + "::" + names.in_class(definition).servant +
              "\f: " + base_list(emission, definition) + " {");
  writer.label("public:");
  writer.indent();
  declare_using(emission, writer, definition);
  declare_own(emission, writer, definition, Form::kServant);
  writer.blank();
  declare_own(emission, writer, definition, Form::kServantAsync);
  writer.blank();
  writer.line("const " + stub + "InterfaceType& corbel_interface() const noexcept override;");
  writer.line("void* corbel_cast(\vconst " + stub + "InterfaceType& " + names.free_name("wanted") +
              ") noexcept override;");
  writer.line("bool corbel_dispatch(\v" + names.std_prefix() + "string_view " +
              names.free_name("operation") + ",\f" + stub + "Upcall& " + names.free_name("upcall") +
              ") override;");
  writer.outdent();
  writer.line("};");
}

void define_servant(const Emission& emission, Writer& writer, const Interface& definition) {
  writer.in_namespace(emission.names.enclosing_namespace(definition));
  for (const Method& method : own_methods(definition)) define_method(emission, writer, method);
  define_dispatch(emission, writer, definition);
}

}  // namespace corbel::idl
