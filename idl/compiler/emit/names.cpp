#include "idl/compiler/emit/names.hpp"

#include <algorithm>
#include <iterator>

#include "idl/compiler/emit/reserved_words.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/writer.hpp"

namespace corbel::idl {
namespace {

std::string with_underscores(std::string name, const std::set<std::string>& taken) {
  do {
    name += '_';
  } while (taken.contains(name));
  return name;
}

/// Takes `wish` or, if that is taken, `wish` with underscores.
std::string claim(const std::string& wish, std::set<std::string>& taken) {
  std::string name = taken.contains(wish) ? with_underscores(wish, taken) : wish;
  taken.insert(name);
  return name;
}

bool contains(const FileGroup& group, const SourceFile& file) {
  return std::find(group.begin(), group.end(), &file) != group.end();
}

bool is_method(const Declaration& declaration) {
  return declaration.kind == DeclarationKind::kOperation ||
         declaration.kind == DeclarationKind::kAttribute;
}

/// What every servant inherits from corbel::Servant.
bool is_servant_function(const std::string& name) {
  return name == "corbel_interface" || name == "corbel_cast" || name == "corbel_dispatch";
}

/// What every value inherits from corbel::ValueBase.
bool is_value_function(const std::string& name) { return name.starts_with("corbel_"); }

/// True if a function to_string() comes with it, in the namespace around.
bool has_text(const Declaration& declaration) {
  switch (declaration.kind) {
    case DeclarationKind::kModule:
      return false;
    case DeclarationKind::kEnum:
    case DeclarationKind::kStruct:
    case DeclarationKind::kUnion:
    case DeclarationKind::kBitmask:
    case DeclarationKind::kBitset:
      return true;
    default: {
      const auto inner = children(declaration);
      return std::any_of(inner.begin(), inner.end(),
                         [](const Declaration* child) { return has_text(*child); });
    }
  }
}

}  // namespace

Names::Names(const CheckedFile& file) : groups_(included_first(file)) {
  collect({file.definitions.begin(), file.definitions.end()}, nullptr);
  for (const Declaration* scope : scopes_) name_scope(scope);
  if (all_.contains("std")) std_ = "::std::";
  if (all_.contains("corbel")) corbel_ = "::corbel::";
  stub_ = free_name("stub") + "::";
}

void Names::collect(const std::vector<const Declaration*>& declarations, const Declaration* scope) {
  if (children_.try_emplace(scope).second) scopes_.push_back(scope);
  for (const Declaration* declaration : declarations) {
    const Declaration& thing = entity(*declaration);
    auto& siblings = children_[scope];
    if (std::find(siblings.begin(), siblings.end(), &thing) == siblings.end()) {
      siblings.push_back(&thing);
      homes_[&thing] = &home(*declaration);
    }
    if (declaration->kind == DeclarationKind::kForward) continue;
    const auto inner = children(*declaration);
    if (!inner.empty() || as<Interface>(declaration) != nullptr) collect(inner, &thing);
  }
}

bool Names::must_change(const Declaration& declaration, const Declaration* scope) const {
  const std::string& name = declaration.name;
  if (is_reserved_word(name)) return true;
  if (scope == nullptr) {
    // Our own standard files define what belongs to the namespace corbel.
    if (name == "corbel" && declaration.location.file->is_standard) return false;
    return is_reserved_global(name);
  }
  switch (scope->kind) {
    case DeclarationKind::kInterface:
      return name == of(*scope) || is_servant_function(name);
    case DeclarationKind::kException:
      return name == of(*scope) || name == "what";
    case DeclarationKind::kStruct:
    case DeclarationKind::kUnion:
      return name == of(*scope);
    case DeclarationKind::kValueType:
      return name == of(*scope) || is_value_function(name);
    case DeclarationKind::kOperation:
      // The functions call each other by name, and a parameter should not hide a type.
      return name == of(*scope) || name == "async_" + scope->name ||
             (as<Interface>(scope_of(*scope)) != nullptr &&
              in_class(*as<Interface>(scope_of(*scope))).types.contains(name));
    default:
      return false;
  }
}

/// Names that the members of `scope` must not get although nothing of that name is declared there.
std::set<std::string> Names::taken_in(const Declaration* scope) const {
  std::set<std::string> taken;
  if (const auto* interface = as<Interface>(scope)) {
    for (const Interface* base : ancestors(*interface)) {
      for (const Declaration* member : children(*base)) {
        if (is_method(*member)) taken.insert(of(*member));
      }
    }
  }
  return taken;
}

void Names::name_scope(const Declaration* scope) {
  const auto& all = children_[scope];
  if (scope != nullptr && scope->kind != DeclarationKind::kModule) {
    name_children(scope, all, taken_in(scope));
  } else {
    for (const FileGroup& group : groups_) {
      std::vector<const Declaration*> own;
      std::copy_if(all.begin(), all.end(), std::back_inserter(own),
                   [&](const Declaration* child) { return contains(group, *homes_.at(child)); });
      if (!own.empty()) name_children(scope, own, taken_before(scope, *group.front()));
    }
  }
  for (const Declaration* child : all) {
    visible_[scope].emplace(names_[child], child);
    all_.insert(names_[child]);
  }
  if (const auto* interface = as<Interface>(scope)) name_class(*interface);
  if (const auto* definition = as<Union>(scope)) name_union(*definition);
}

/// What the files that `file` includes have in a module.
std::set<std::string> Names::taken_before(const Declaration* scope, const SourceFile& file) const {
  std::set<std::string> taken;
  for (const Declaration* child : children_.at(scope)) {
    const auto name = names_.find(child);
    if (name == names_.end() || !reaches(file, *homes_.at(child))) continue;
    taken.insert(name->second);
    if (has_text(*child)) taken.insert(text_function(*child, scope));
  }
  return taken;
}

void Names::name_children(const Declaration* scope, const std::vector<const Declaration*>& children,
                          std::set<std::string> taken) {
  std::vector<const Declaration*> others;
  for (const Declaration* child : children) {
    if (must_change(*child, scope) || !taken.insert(child->name).second) {
      others.push_back(child);
    } else {
      names_[child] = child->name;
    }
  }
  for (const Declaration* child : others) {
    names_[child] = with_underscores(child->name, taken);
    taken.insert(names_[child]);
  }
}

void Names::name_class(const Interface& interface) {
  ClassNames& names = classes_[&interface];
  names.all.insert(of(interface));
  for (const Declaration* child : children_[&interface]) {
    names.all.insert(of(*child));
    if (!is_method(*child)) names.types.insert(of(*child));
  }

  std::vector<const Interface*> owners = ancestors(interface);
  owners.push_back(&interface);
  std::vector<const Declaration*> methods;
  for (const Interface* owner : owners) {
    for (const Declaration* member : children(*owner)) {
      if (is_method(*member)) methods.push_back(member);
    }
  }
  for (const Declaration* method : methods) {
    const bool own = scope_of(*method) == &interface;
    names.methods[method].call = own ? of(*method) : claim(of(*method), names.all);
  }
  for (const Declaration* method : methods) {
    names.methods[method].async = claim("async_" + method->name, names.all);
    if (scope_of(*method) == &interface) {
      names.methods[method].results = claim(method->name + "_results", names.all);
      names.types.insert(names.methods[method].results);
    }
  }
  names.servant = claim("Servant", names.all);
  names.types.insert({names.servant, "Servant"});
  if (interface.is_abstract) {
    names.value = claim("Value", names.all);
    names.types.insert(names.value);
  }
}

void Names::name_union(const Union& definition) {
  UnionNames& names = unions_[&definition];
  names.all.insert(of(definition));
  for (const Declaration* child : children_[&definition]) names.all.insert(of(*child));
  names.discriminator = claim("discriminator", names.all);
  names.visit = claim("visit", names.all);
  names.clear = claim("clear", names.all);
  names.branch_of = claim("branch_of", names.all);
  names.label_member = claim("discriminator_", names.all);
  names.value_member = claim("value_", names.all);
  for (const UnionCase* branch : definition.cases) {
    UnionNames::Branch& made = names.branches[branch];
    made.make = claim("make_" + branch->name, names.all);
    made.is = claim("is_" + branch->name, names.all);
  }
  all_.insert(names.all.begin(), names.all.end());
}

const std::string& Names::of(const Declaration& declaration) const {
  const auto found = names_.find(&entity(declaration));
  return found == names_.end() ? declaration.name : found->second;
}

std::string Names::of(const Argument& argument) const {
  return argument.parameter == nullptr ? free_name("value") : of(*argument.parameter);
}

std::string Names::free_name(const std::string& wish) const {
  return all_.contains(wish) ? with_underscores(wish, all_) : wish;
}

std::string Names::text_function(const Declaration& definition) const {
  return text_function(definition, enclosing_module(definition));
}

std::string Names::text_function(const Declaration& declaration, const Declaration* module) const {
  const Declaration* outermost = &entity(declaration);
  while (scope_of(*outermost) != module) outermost = scope_of(*outermost);
  const SourceFile& file = *homes_.at(outermost);
  std::set<std::string> taken;
  for (const Declaration* child : children_.at(module)) {
    const auto name = names_.find(child);
    if (name != names_.end() && reaches(file, *homes_.at(child))) taken.insert(name->second);
  }
  return claim("to_string", taken);
}

std::string Names::qualified(const Declaration& target) const {
  std::string path = of(target);
  for (const Declaration* at = scope_of(target); at != nullptr; at = scope_of(*at)) {
    path = of(*at) + "::" + path;
  }
  return path;
}

const Declaration* Names::enclosing_module(const Declaration& declaration) {
  const Declaration* at = scope_of(declaration);
  while (at != nullptr && at->kind != DeclarationKind::kModule) at = scope_of(*at);
  return at;
}

std::string Names::enclosing_namespace(const Declaration& declaration) const {
  const Declaration* module = enclosing_module(declaration);
  return module == nullptr ? "" : qualified(*module);
}

}  // namespace corbel::idl
