#include <algorithm>

#include "idl/compiler/emit/names.hpp"
#include "idl/compiler/emit/tree.hpp"

// Plays the name lookup of C++, so that names are written as short as can be and never mean
// something else.
namespace corbel::idl {

bool Names::is_servant_member(const std::string& name, const Interface& interface) const {
  std::vector<const Interface*> classes = ancestors(interface);
  classes.push_back(&interface);
  return name == "Servant" ||
         std::any_of(classes.begin(), classes.end(), [&](const Interface* one) {
           const ClassNames& names = in_class(*one);
           if (name == names.servant) return true;
           return std::any_of(names.methods.begin(), names.methods.end(), [&](const auto& entry) {
             return name == entry.second.call || name == entry.second.async;
           });
         });
}

/// What a generated class has or inherits beside the names in the IDL.
bool Names::is_hidden_by_class(const std::string& name, const Declaration& scope) const {
  if (const auto* interface = as<Interface>(&scope)) {
    return name == "Object" || name == "AbstractBase" || name == "value_" || name == "state_" ||
           in_class(*interface).all.contains(name);
  }
  if (scope.kind == DeclarationKind::kException) {
    return name == "UserException" || name == "exception" || name == "what" || name == "type_";
  }
  if (scope.kind == DeclarationKind::kValueType) {
    return name == "ValueBase" || name == "Factory" || name.starts_with("corbel_");
  }
  const auto* definition = as<Union>(&scope);
  return definition != nullptr && in_union(*definition).all.contains(name);
}

/// What `name` means at `place`; null if it is nothing that a reference can mean. `found` is false
/// if no scope up to the global namespace knows the name.
const Declaration* Names::find(const std::string& name, const Place& place, bool& found) const {
  found = true;
  if (place.method != nullptr) {
    for (const Argument& argument : place.method->arguments) {
      if (of(argument) == name) return nullptr;
    }
  }
  if (place.in_servant && is_servant_member(name, *as<Interface>(place.scope))) return nullptr;
  for (const Declaration* scope = place.scope;; scope = scope_of(*scope)) {
    const bool is_class = scope != nullptr && scope->kind != DeclarationKind::kModule;
    if (is_class && name == of(*scope)) return scope;
    const auto names = visible_.find(scope);
    if (names != visible_.end()) {
      const auto entry = names->second.find(name);
      if (entry != names->second.end()) return entry->second;
    }
    if (is_class && is_hidden_by_class(name, *scope)) return nullptr;
    if (scope == nullptr) break;
  }
  found = false;
  return nullptr;
}

std::string Names::reference(const Declaration& target, const Place& place) const {
  if (place.in_corbel) return "::" + qualified(target);
  const Declaration* first = &entity(target);
  std::string path = of(*first);
  while (true) {
    bool found = false;
    if (find(of(*first), place, found) == first && found) return path;
    const Declaration* scope = scope_of(*first);
    if (scope == nullptr) return "::" + path;
    first = scope;
    path = of(*first) + "::" + path;
  }
}

}  // namespace corbel::idl
