#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

/// The constant that describes one method.
void define_operation(const Emission& emission, Writer& writer, const Method& method) {
  const Names& names = emission.names;
  std::vector<std::string> raised;
  for (const Declaration* exception : method.raises) {
    raised.push_back(names.reference(*exception, {Names::enclosing_module(*method.owner)}));
  }
  const std::string raises =
      raised.empty() ? "{}" : names.stub_prefix() + "raises<\v" + join(raised) + ">";
  writer.line("constexpr " + names.stub_prefix() + "Operation " + emission.constant(method) +
              "{\v" + quoted(method.wire_name()) + ",\f" + (method.oneway ? "true" : "false") +
              ",\f" + raises + ",\f" + quoted(scoped_name(*method.source)) +
              (carries_values(method) ? ",\f" + known_values(emission) : "") + "};");
}

/// "stub::in(amount)", "stub::out_as<stub::BoundedString<8>>(name)".
std::string passed(const Emission& emission, const Method& method, const Argument& argument,
                   Form form) {
  const Place place{method.owner, false, false, &method};
  const bool in = argument.direction == Direction::kIn || is_async(form);
  const char* direction = in ? "in" : argument.direction == Direction::kOut ? "out" : "inout";
  std::string codec;
  if (emission.types.needs_codec(*argument.type)) {
    codec = "_as<" + emission.types.codec(*argument.type, place) + ">";
  }
  return emission.names.stub_prefix() + direction + codec + "(" + emission.names.of(argument) + ")";
}

std::string call_arguments(const Emission& emission, const Method& method, Form form) {
  std::string arguments;
  for (const Argument* argument : arguments_of(method, form)) {
    arguments += ",\f" + passed(emission, method, *argument, form);
  }
  return arguments;
}

std::string synchronous_call(const Emission& emission, const Method& method) {
  const Names& names = emission.names;
  const Place place{method.owner, false, false, &method};
  const std::string arguments = call_arguments(emission, method, Form::kProxy);
  if (method.oneway && !method.owner->is_abstract) {
    return names.stub_prefix() + "call_oneway(\v*this,\f" + emission.constant(method) + arguments +
           ");";
  }
  const std::string servant = names.free_name("servant");
  if (carries_values(method) && !method.owner->is_abstract) {
    return (method.returns_value() ? "return " : "") + names.stub_prefix() + "call_by_value<" +
           emission.types.codec(*method.result, place) + ">(\v*this,\f" +
           emission.constant(method) + arguments + ");";
  }
  const std::string give = method.returns_value() ? "return " : "";
  const std::string direct = "[&](auto& " + servant + ")\f{ " + give + servant + "." +
                             names.of(method).call + "(\v" +
                             forwarded(emission, method, Form::kProxy) + "); }";
  const char* function = method.owner->is_abstract ? "call_abstract<" : "call<";
  return give + names.stub_prefix() + function + names.reference(*method.owner, place) + ", " +
         emission.types.codec(*method.result, place) + ">(\v*this,\f" + emission.constant(method) +
         ",\f" + direct + arguments + ");";
}

std::string asynchronous_call(const Emission& emission, const Method& method) {
  return "return " + emission.names.stub_prefix() + "call_async<" +
         async_codec(emission, method, {method.owner, false, false, &method}) + ">(\v*this,\f" +
         emission.constant(method) + call_arguments(emission, method, Form::kProxyAsync) + ");";
}

void define_method(const Emission& emission, Writer& writer, const Method& method, Form form) {
  const MethodNames& names = emission.names.of(method);
  const std::string& name = is_async(form) ? names.async : names.call;
  const Place inside{method.owner, false, false, &method};
  const std::string start =
      return_type(emission, method, form, {Names::enclosing_module(*method.owner)}) + kSpace +
      class_path(emission.names, *method.owner) + "::" + name;
  writer.function(
      start + parameter_list(emission, method, form, inside) + " const",
      {is_async(form) ? asynchronous_call(emission, method) : synchronous_call(emission, method)});
  const std::string braces = braces_parameters(emission, method, form, inside);
  if (braces.empty()) return;
  writer.function(
      start + braces + " const",
      {"return " + name + "(\v" + braces_arguments(emission, method, form, inside) + ");"});
}

}  // namespace

void define_proxy(const Emission& emission, Writer& writer, const Interface& definition) {
  const std::vector<Method> methods = own_methods(definition);
  writer.in_namespace(emission.names.enclosing_namespace(definition));
  if (!methods.empty()) {
    writer.blank();
    writer.line("namespace {");
    writer.blank();
    writer.line("// " + origin(definition));
    for (const Method& method : methods) define_operation(emission, writer, method);
    writer.blank();
    writer.line("}  // namespace");
  }
  for (const Method& method : methods) {
    writer.blank();
    writer.line("// " + origin(*method.source));
    define_method(emission, writer, method, Form::kProxy);
    if (!method.oneway) define_method(emission, writer, method, Form::kProxyAsync);
  }
  define_inherited(emission, writer, definition);
}

}  // namespace corbel::idl
