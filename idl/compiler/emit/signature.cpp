#include "idl/compiler/emit/signature.hpp"

namespace corbel::idl {
namespace {

std::string parameter_type(const Emission& emission, const Argument& argument, Form form,
                           const Place& place) {
  if (argument.direction == Direction::kIn || is_async(form)) {
    return emission.types.parameter(*argument.type, place);
  }
  return emission.types.name(*argument.type, place) + "&";
}

std::string responder_type(const Emission& emission, const Method& method, const Place& place) {
  return emission.names.corbel_prefix() + "Responder<" + async_value(emission, method, place) + ">";
}

std::string listed(const std::vector<std::string>& parameters) {
  return parameters.empty() ? "()" : "(" + std::string(1, kBreak) + join(parameters) + ")";
}

bool is_lent(const Emission& emission, const Argument& argument, Form form) {
  return emission.types.is_span(*argument.type) &&
         (argument.direction == Direction::kIn || is_async(form));
}

std::string braces_type(const Emission& emission, const Argument& argument, const Place& place) {
  return emission.names.std_prefix() + "initializer_list<" +
         emission.types.span_element(*argument.type, place) + ">";
}

}  // namespace

std::string async_value(const Emission& emission, const Method& method, const Place& place) {
  if (!method.has_outs()) return emission.types.name(*method.result, place);
  const std::string& results = emission.names.of(method).results;
  bool hidden = false;
  for (const Argument& argument : method.arguments) {
    hidden = hidden || (place.method != nullptr && emission.names.of(argument) == results);
  }
  if (place.scope == method.owner && !place.in_corbel && !hidden) return results;
  return emission.names.reference(*method.owner, place) + "::" + results;
}

std::string async_codec(const Emission& emission, const Method& method, const Place& place) {
  if (!method.has_outs()) return emission.types.codec(*method.result, place);
  return emission.names.stub_prefix() + "Plain<" + async_value(emission, method, place) + ">";
}

std::string return_type(const Emission& emission, const Method& method, Form form,
                        const Place& place) {
  if (form == Form::kServantAsync) return "void";
  if (form == Form::kProxyAsync) {
    return emission.names.corbel_prefix() + "Reply<" + async_value(emission, method, place) + ">";
  }
  return emission.types.name(*method.result, place);
}

std::vector<const Argument*> arguments_of(const Method& method, Form form) {
  std::vector<const Argument*> arguments;
  for (const Argument& argument : method.arguments) {
    if (argument.direction != Direction::kOut || !is_async(form)) arguments.push_back(&argument);
  }
  return arguments;
}

std::string parameter_list(const Emission& emission, const Method& method, Form form,
                           const Place& place) {
  std::vector<std::string> parameters;
  for (const Argument* argument : arguments_of(method, form)) {
    parameters.push_back(parameter_type(emission, *argument, form, place) + " " +
                         emission.names.of(*argument));
  }
  if (form == Form::kServantAsync) {
    parameters.push_back(responder_type(emission, method, place) + " " +
                         emission.names.free_name("responder"));
  }
  return listed(parameters);
}

std::string unnamed_parameters(const Emission& emission, const Method& method, Form form,
                               const Place& place) {
  std::vector<std::string> parameters;
  for (const Argument* argument : arguments_of(method, form)) {
    parameters.push_back(parameter_type(emission, *argument, form, place));
  }
  return listed(parameters);
}

std::string forwarded(const Emission& emission, const Method& method, Form form) {
  std::vector<std::string> arguments;
  for (const Argument* argument : arguments_of(method, form)) {
    arguments.push_back(emission.names.of(*argument));
  }
  return join(arguments);
}

std::string braces_parameters(const Emission& emission, const Method& method, Form form,
                              const Place& place) {
  std::vector<std::string> parameters;
  bool any = false;
  for (const Argument* argument : arguments_of(method, form)) {
    const bool lent = is_lent(emission, *argument, form);
    any = any || lent;
    parameters.push_back((lent ? braces_type(emission, *argument, place)
                               : parameter_type(emission, *argument, form, place)) +
                         " " + emission.names.of(*argument));
  }
  return any ? listed(parameters) : "";
}

std::string braces_arguments(const Emission& emission, const Method& method, Form form,
                             const Place& place) {
  std::vector<std::string> arguments;
  for (const Argument* argument : arguments_of(method, form)) {
    const std::string name = emission.names.of(*argument);
    arguments.push_back(is_lent(emission, *argument, form)
                            ? emission.types.parameter(*argument->type, place) + "(" + name + ")"
                            : name);
  }
  return join(arguments);
}

}  // namespace corbel::idl
