#include <algorithm>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/signature.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

// A proxy repeats the operations that it inherits and passes them on to the proxy they belong to.
namespace corbel::idl {
namespace {

Form form_of(bool asynchronous) { return asynchronous ? Form::kProxyAsync : Form::kProxy; }

struct Inherited {
  const Interface& proxy;
  Method method;

  const std::string& name(const Emission& emission, bool asynchronous) const {
    const MethodNames& names = emission.names.in_class(proxy).methods.at(method.source);
    return asynchronous ? names.async : names.call;
  }
  /// "operator Account().withdraw(amount)"
  std::string call(const Emission& emission, bool asynchronous) const {
    const MethodNames& names = emission.names.of(method);
    return "operator " + emission.names.reference(*method.owner, {&proxy, false, false, &method}) +
           "()." + (asynchronous ? names.async : names.call) + "(\v" +
           forwarded(emission, method, form_of(asynchronous)) + ")";
  }
};

std::vector<Inherited> inherited_by(const Interface& definition) {
  std::vector<Inherited> found;
  for (const Interface* base : ancestors(definition)) {
    for (const Method& method : own_methods(*base)) found.push_back({definition, method});
  }
  return found;
}

/// A function defined in the class needs its result complete there: of the types of this file that
/// is certain only for the proxy and those it inherits from.
bool is_complete_in_class(const Emission& emission, const Interface& proxy, const Type& type) {
  const std::vector<const Interface*> bases = ancestors(proxy);
  for (const Declaration* declaration : named_in(type)) {
    const auto* interface = as<Interface>(declaration);
    if (declaration->kind == DeclarationKind::kEnum || declaration == &proxy) continue;
    if (is_value(*declaration)) continue;
    if (interface != nullptr && !interface->is_defined) continue;
    if (std::find(bases.begin(), bases.end(), interface) != bases.end()) continue;
    if (const auto* alias = as<Typedef>(declaration)) {
      if (!is_complete_in_class(emission, proxy, *alias->type)) return false;
    } else if (in_cycle(home(*declaration), emission.file.main_file())) {
      return false;
    }
  }
  return true;
}

/// A Reply, in contrast, can be passed on without knowing what is in it.
bool fits_in_class(const Emission& emission, const Inherited& inherited, bool asynchronous) {
  return asynchronous || is_complete_in_class(emission, inherited.proxy, *inherited.method.result);
}

void declare_braces(const Emission& emission, Writer& writer, const Inherited& inherited,
                    bool asynchronous) {
  const Form form = form_of(asynchronous);
  const Place place{&inherited.proxy, false, false, &inherited.method};
  const std::string parameters = braces_parameters(emission, inherited.method, form, place);
  if (parameters.empty()) return;
  writer.line(return_type(emission, inherited.method, form, {&inherited.proxy}) + kSpace +
              inherited.name(emission, asynchronous) + parameters + " const;");
}

}  // namespace

void declare_inherited(const Emission& emission, Writer& writer, const Interface& definition,
                       bool asynchronous) {
  const Form form = form_of(asynchronous);
  const Interface* owner = nullptr;
  for (const Inherited& inherited : inherited_by(definition)) {
    const Method& method = inherited.method;
    if (asynchronous && method.oneway) continue;
    if (method.owner != owner && !asynchronous) {
      writer.blank();
      writer.line("// from " + emission.names.reference(*method.owner, {&definition}));
    }
    owner = method.owner;
    const std::string signature =
        return_type(emission, method, form, {&definition}) + kSpace +
        inherited.name(emission, asynchronous) +
        parameter_list(emission, method, form, {&definition, false, false, &method}) + " const";
    if (fits_in_class(emission, inherited, asynchronous)) {
      writer.function(signature, {"return " + inherited.call(emission, asynchronous) + ";"});
    } else {
      writer.line(signature + ";");
    }
    declare_braces(emission, writer, inherited, asynchronous);
  }
}

void define_inherited(const Emission& emission, Writer& writer, const Interface& definition) {
  const Place around{Names::enclosing_module(definition)};
  const std::string path = class_path(emission.names, definition) + "::";
  for (const Inherited& inherited : inherited_by(definition)) {
    const Method& method = inherited.method;
    const Place inside{&definition, false, false, &method};
    for (const bool asynchronous : {false, true}) {
      if (asynchronous && method.oneway) continue;
      const Form form = form_of(asynchronous);
      const std::string start = return_type(emission, method, form, around) + kSpace + path +
                                inherited.name(emission, asynchronous);
      if (!fits_in_class(emission, inherited, asynchronous)) {
        writer.blank();
        writer.function(start + parameter_list(emission, method, form, inside) + " const",
                        {"return " + inherited.call(emission, asynchronous) + ";"});
      }
      const std::string braces = braces_parameters(emission, method, form, inside);
      if (braces.empty()) continue;
      writer.blank();
      writer.function(start + braces + " const",
                      {"return " + inherited.name(emission, asynchronous) + "(\v" +
                       braces_arguments(emission, method, form, inside) + ");"});
    }
  }
}

}  // namespace corbel::idl
