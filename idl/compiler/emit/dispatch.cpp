#include <algorithm>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

std::string servant_of(const Emission& emission, const Interface& interface, const Place& place) {
  return emission.names.reference(interface, place) +
         "::" + emission.names.in_class(interface).servant;
}

std::string read_argument(const Emission& emission, const Argument& argument, const Place& place) {
  const std::string& stub = emission.names.stub_prefix();
  const std::string upcall = emission.names.free_name("upcall");
  const std::string name = emission.names.of(argument);
  if (emission.types.is_span(*argument.type)) {
    const auto* sequence = as<SequenceType>(resolve_typedefs(*argument.type));
    return "const " + stub + "SpanArgument<" + emission.types.span_element(*argument.type, place) +
           "> " + name + "(" + upcall + bound_argument(sequence->bound) + ");";
  }
  return "const auto " + name + " =\f" + stub + "read<" +
         emission.types.codec(*argument.type, place) + ">(" + upcall + ");";
}

/// Reads the arguments of a request and calls the asynchronous form.
void define_server(const Emission& emission, Writer& writer, const Method& method) {
  const Names& names = emission.names;
  const Place place{Names::enclosing_module(*method.owner), false, false, &method};
  const std::string& stub = names.stub_prefix();
  const std::string servant = names.free_name("servant");
  const std::string upcall = names.free_name("upcall");
  std::vector<std::string> body;
  if (carries_values(method))
    body.push_back(upcall + ".declare(" + emission.constant(method) + ");");
  for (const Argument* argument : arguments_of(method, Form::kServantAsync)) {
    body.push_back(read_argument(emission, *argument, place));
  }
  body.push_back(upcall + ".end_arguments();");
  std::string arguments = forwarded(emission, method, Form::kServantAsync);
  if (!arguments.empty()) arguments += ",\f";
  body.push_back(servant + "." + names.of(method).async + "(\v" + arguments + stub + "responder<" +
                 async_codec(emission, method, place) + ">(\v" + upcall + ",\f" +
                 emission.constant(method) + "));");
  writer.blank();
  writer.line("// " + origin(*method.source));
  writer.function(
      "void " + emission.server(method) + "(\v" +
          servant_of(emission, *method.owner, {Names::enclosing_module(*method.owner)}) + "& " +
          servant + ",\f" + stub + "Upcall& " + upcall + ")",
      body);
}

void define_table(const Emission& emission, Writer& writer, const Interface& definition,
                  std::vector<Method> methods) {
  std::sort(methods.begin(), methods.end(), [](const Method& left, const Method& right) {
    return left.wire_name() < right.wire_name();
  });
  const Place place{Names::enclosing_module(definition)};
  writer.blank();
  writer.line("constexpr " + emission.names.stub_prefix() + "OperationEntry<" +
              servant_of(emission, definition, place) + ">\f" + emission.table(definition) +
              "[] = {");
  writer.indent();
  writer.indent();
  for (const Method& method : methods) {
    writer.line("{" + quoted(method.wire_name()) + ",\f" + emission.server(method) + "},");
  }
  writer.outdent();
  writer.outdent();
  writer.line("};");
}

void define_dispatch_function(const Emission& emission, Writer& writer, const Interface& definition,
                              bool has_table) {
  const Names& names = emission.names;
  const std::string operation = names.free_name("operation");
  const std::string upcall = names.free_name("upcall");
  std::vector<std::string> tries;
  if (has_table) {
    tries.push_back(names.stub_prefix() + "dispatch(\v" + emission.table(definition) +
                    ",\f*this,\f" + operation + ",\f" + upcall + ")");
  }
  for (const Interface* base : definition.bases) {
    tries.push_back(servant_of(emission, *base, {&definition, true}) + "::corbel_dispatch(\v" +
                    operation + ",\f" + upcall + ")");
  }
  const bool named = !tries.empty();
  writer.function("bool " + class_path(names, definition) +
                      "::" + names.in_class(definition).servant + "::corbel_dispatch(\v" +
                      names.std_prefix() + "string_view" + (named ? " " + operation : "") + ",\f" +
                      names.stub_prefix() + "Upcall&" + (named ? " " + upcall : "") + ")",
                  {"return " + (named ? join(tries, " ||\f") : "false") + ";"});
}

void define_casts(const Emission& emission, Writer& writer, const Interface& definition) {
  const Names& names = emission.names;
  const Place inside{&definition, true};
  const std::string path =
      class_path(names, definition) + "::" + names.in_class(definition).servant + "::";
  const std::string wanted = names.free_name("wanted");
  std::vector<std::string> types{names.reference(definition, inside)};
  writer.function(
      "const " + names.stub_prefix() + "InterfaceType& " + path +
          "corbel_interface() const noexcept",
      {"return " + names.corbel_prefix() + "Type<" + types[0] + ">::interface_type();"});
  for (const Interface* base : definition.bases) types.push_back(names.reference(*base, inside));
  writer.function("void* " + path + "corbel_cast(\vconst " + names.stub_prefix() +
                      "InterfaceType& " + wanted + ") noexcept",
                  {"return " + names.stub_prefix() + "cast_servant<\v" + join(types) +
                   ">(\v*this,\f" + wanted + ");"});
}

}  // namespace

void define_dispatch(const Emission& emission, Writer& writer, const Interface& definition) {
  const std::vector<Method> methods = own_methods(definition);
  if (!methods.empty()) {
    writer.blank();
    writer.line("namespace {");
    for (const Method& method : methods) define_server(emission, writer, method);
    define_table(emission, writer, definition, methods);
    writer.blank();
    writer.line("}  // namespace");
  }
  writer.blank();
  writer.line("// " + origin(definition));
  define_casts(emission, writer, definition);
  define_dispatch_function(emission, writer, definition, !methods.empty());
}

}  // namespace corbel::idl
