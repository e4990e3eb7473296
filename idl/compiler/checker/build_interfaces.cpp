#include <algorithm>
#include <map>

#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

constexpr std::uint32_t kMaxInheritanceDepth = 128;
constexpr std::size_t kMaxAncestors = 1000;

}  // namespace

void TreeBuilder::on(const syntax::Interface& node) {
  if (node.is_local || node.is_abstract) {
    refuse(node.name.location, node.is_local ? "local interfaces are" : "abstract interfaces are");
    return names_.declare_broken(node.name);
  }
  if (node.is_forward) return forward_interface(node);
  define_interface(node);
}

Interface* TreeBuilder::announced_interface(const syntax::Interface& node, Entry*& entry) {
  entry = names_.current().find_own(node.name.text);
  if (entry == nullptr || entry->name != node.name.text) return nullptr;
  return as<Interface>(entry->declaration);
}

void TreeBuilder::forward_interface(const syntax::Interface& node) {
  Entry* entry = nullptr;
  Interface* interface = announced_interface(node, entry);
  if (interface != nullptr) {
    if (same_prefix(*interface, node.name)) note_forward(*interface, node.name);
    return;
  }
  interface = make_declaration<Interface>(node.name);
  if (names_.declare(node.name, interface) != nullptr) note_forward(*interface, node.name);
}

void TreeBuilder::define_interface(const syntax::Interface& node) {
  Entry* entry = nullptr;
  Interface* interface = announced_interface(node, entry);
  if (interface != nullptr && interface->is_defined) {
    return names_.report_redefinition(node.name, *entry);
  }
  std::vector<Scope*> base_scopes;
  if (interface != nullptr) {
    if (!same_prefix(*interface, node.name)) return;
    const std::string id = interface->repository_id;
    place(*interface, node.name);
    interface->repository_id = id;
    bases(node, *interface, base_scopes);
    entry->location = node.name.location;
  } else {
    interface = make_declaration<Interface>(node.name);
    // The bases come first: an interface cannot derive from itself.
    bases(node, *interface, base_scopes);
    entry = names_.declare(node.name, interface);
  }
  interface->is_defined = true;
  if (entry != nullptr) list(*interface);
  Scope& scope = names_.open(Scope::Kind::kInterface, node.name.text, interface);
  scope.definitions = &interface->definitions;
  scope.bases = std::move(base_scopes);
  interface_scopes_[interface] = &scope;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  build(node.definitions);
  ids_.leave_scope();
  names_.leave();
}

void TreeBuilder::bases(const syntax::Interface& node, Interface& interface,
                        std::vector<Scope*>& scopes) {
  std::uint32_t depth = 0;
  for (const syntax::ScopedName& name : node.bases) {
    const Location& where = name.location();
    const Entry* entry = names_.resolve(name, NameTable::Counts::kNotAsUse);
    if (entry == nullptr || entry->kind == Entry::Kind::kBroken) continue;
    const auto* base = as<Interface>(entry->declaration);
    if (const auto* alias = as<Typedef>(entry->declaration)) {
      const auto* named = as<NamedType>(resolve_typedefs(*alias->type));
      if (named != nullptr) base = as<Interface>(named->declaration);
    }
    if (base == nullptr) {
      reporter_.error(where,
                      "expected an interface to inherit from, found the " + describe(*entry));
    } else if (!base->is_defined) {
      reporter_.error(where, "interface '" + to_string(name) +
                                 "' is only announced so far: expected its definition before an "
                                 "interface inherits from it");
      reporter_.note(base->location, "'" + base->name + "' is announced here");
    } else if (std::find(interface.bases.begin(), interface.bases.end(), base) !=
               interface.bases.end()) {
      reporter_.error(where,
                      "'" + to_string(name) + "' is already a base of '" + node.name.text + "'");
    } else {
      interface.bases.push_back(base);
      scopes.push_back(interface_scopes_[base]);
      depth = std::max(depth, inheritance_depths_[base]);
    }
  }
  inheritance_depths_[&interface] = depth + 1;
  if (depth >= kMaxInheritanceDepth) {
    reporter_.error(node.name.location, "interfaces inherit from each other more than 128 deep");
    interface.bases.clear();
    scopes.clear();
  }
  if (interface.bases.size() > 1) check_inherited_operations(node, interface);
}

void TreeBuilder::check_inherited_operations(const syntax::Interface& node,
                                             const Interface& interface) {
  const auto all = ancestors(interface);
  if (all.size() > kMaxAncestors) {
    reporter_.error(node.name.location, "this interface has more than 1000 base interfaces");
    return;
  }
  std::map<std::string, const Declaration*> called;
  for (const Interface* base : all) {
    for (const Declaration* member : base->definitions) {
      if (as<Operation>(member) == nullptr && as<Attribute>(member) == nullptr) continue;
      std::string key = member->name;
      for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      const auto [earlier, is_new] = called.emplace(std::move(key), member);
      if (is_new) continue;
      const Declaration& other = *earlier->second;
      reporter_.error(node.name.location, "'" + node.name.text + "' inherits both '" +
                                              scoped_name(other) + "' and '" +
                                              scoped_name(*member) + "', whose names collide");
      reporter_.note(other.location, "one is declared here");
      reporter_.note(member->location, "the other is declared here");
    }
  }
}

void TreeBuilder::check_oneway(const syntax::Operation& node) {
  const auto complain = [&](const Location& where, const std::string& what) {
    reporter_.error(where, "the oneway operation '" + node.name.text + "' cannot have " + what);
  };
  const syntax::Type& result = *node.result;
  if (result.kind != syntax::Type::Kind::kPrimitive || result.primitive != Primitive::kVoid) {
    complain(result.location, "a result: expected void");
  }
  for (const syntax::Parameter& parameter : node.parameters) {
    if (parameter.direction != Direction::kIn) {
      complain(parameter.name.location, "out and inout parameters: expected 'in'");
    }
  }
  if (!node.raises.empty()) complain(node.raises.front().location(), "a raises clause");
}

void TreeBuilder::on(const syntax::Operation& node) {
  if (node.oneway) check_oneway(node);
  auto* operation = make_declaration<Operation>(node.name);
  operation->oneway = node.oneway;
  operation->result = parameter_type(*node.result);
  const Entry* entry = names_.declare(node.name, operation);
  names_.open(Scope::Kind::kOperation, node.name.text, operation);
  parameters(node, *operation);
  operation->raises = raises(node.raises);
  names_.leave();
  if (!node.context.empty()) refuse(node.context.front().location, "context clauses are");
  if (entry != nullptr) list(*operation);
}

void TreeBuilder::parameters(const syntax::Operation& node, Operation& operation) {
  for (const syntax::Parameter& parameter : node.parameters) {
    definition_begin_ = parameter.type->location;
    const Type* its_type = parameter_type(*parameter.type);
    auto* made = make_declaration<Parameter>(parameter.name);
    made->documentation.clear();
    made->direction = parameter.direction;
    made->type = its_type;
    if (names_.declare(parameter.name, made) != nullptr) operation.parameters.push_back(made);
  }
}

std::vector<const Declaration*> TreeBuilder::raises(const std::vector<syntax::ScopedName>& names) {
  std::vector<const Declaration*> raised;
  for (const syntax::ScopedName& name : names) {
    const Entry* entry = names_.resolve(name, NameTable::Counts::kNotAsUse);
    if (entry == nullptr || entry->kind == Entry::Kind::kBroken) continue;
    const auto* exception = as<Exception>(entry->declaration);
    if (exception == nullptr) {
      reporter_.error(name.location(), "expected an exception, found the " + describe(*entry));
    } else if (std::find(raised.begin(), raised.end(), exception) == raised.end()) {
      raised.push_back(exception);
    }
  }
  return raised;
}

void TreeBuilder::on(const syntax::Attribute& node) {
  if (!node.get_raises.empty() || !node.set_raises.empty()) {
    const auto& raised = node.get_raises.empty() ? node.set_raises : node.get_raises;
    refuse(raised.front().location(), "exceptions of attributes are");
  }
  const Type* its_type = parameter_type(*node.type);
  for (const syntax::Name& name : node.names) {
    auto* attribute = make_declaration<Attribute>(name);
    attribute->readonly = node.readonly;
    attribute->type = its_type;
    if (names_.declare(name, attribute) != nullptr) list(*attribute);
  }
}

}  // namespace corbel::idl
