#include <algorithm>
#include <map>

#include "idl/compiler/ast/value_type.hpp"
#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

constexpr std::uint32_t kMaxInheritanceDepth = 128;
constexpr std::size_t kMaxAncestors = 1000;

const std::vector<Declaration*>& definitions_of(const Declaration& declaration) {
  const auto* value = as<ValueType>(&declaration);
  return value != nullptr ? value->definitions : as<Interface>(&declaration)->definitions;
}

std::string folded(std::string name) {
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

/// "local interface", "abstract interface", "interface".
std::string kind_of(bool is_local, bool is_abstract) {
  return is_local ? "local interface" : is_abstract ? "abstract interface" : "interface";
}

}  // namespace

void TreeBuilder::on(const syntax::Interface& node) {
  Entry* entry = nullptr;
  const auto* earlier = announced<Interface>(node.name, entry);
  if (earlier != nullptr &&
      (earlier->is_local != node.is_local || earlier->is_abstract != node.is_abstract)) {
    reporter_.error(node.name.location, "'" + node.name.text + "' was declared before as " +
                                            kind_of(earlier->is_local, earlier->is_abstract) +
                                            ", not as " + kind_of(node.is_local, node.is_abstract));
    reporter_.note(earlier->location, "'" + node.name.text + "' is declared here");
    return;
  }
  if (!node.is_forward) return define_interface(node);
  if (Interface* interface = announce<Interface>(node.name)) {
    interface->is_local = node.is_local;
    interface->is_abstract = node.is_abstract;
  }
}

void TreeBuilder::define_interface(const syntax::Interface& node) {
  // The bases come first: an interface cannot derive from itself.
  std::vector<const Interface*> its_bases = bases(node);
  Entry* entry = nullptr;
  Interface* interface = begin_definition<Interface>(node.name, entry);
  if (interface == nullptr) return;
  interface->is_local = node.is_local;
  interface->is_abstract = node.is_abstract;
  if (node.is_local) facts_.set(*interface, {1, nullptr, nullptr, interface});
  const std::vector<const Declaration*> declarations(its_bases.begin(), its_bases.end());
  if (!note_inheritance(*interface, node.name, declarations)) its_bases.clear();
  interface->bases = its_bases;
  if (its_bases.size() > 1) {
    const auto all = ancestors(*interface);
    check_inherited(node.name, {all.begin(), all.end()});
  }
  interface->is_defined = true;
  if (entry != nullptr) list(*interface);
  Scope& scope = names_.open(Scope::Kind::kInterface, node.name.text, interface);
  scope.definitions = &interface->definitions;
  scope.bases = scopes_of({its_bases.begin(), its_bases.end()});
  scopes_[interface] = &scope;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  build(node.definitions);
  ids_.leave_scope();
  names_.leave();
}

std::vector<Scope*> TreeBuilder::scopes_of(const std::vector<const Declaration*>& declarations) {
  std::vector<Scope*> found;
  for (const Declaration* declaration : declarations) found.push_back(scopes_[declaration]);
  return found;
}

const Interface* TreeBuilder::interface_named(const syntax::ScopedName& name, const char* purpose) {
  const Entry* entry = names_.resolve(name, NameTable::Counts::kNotAsUse);
  if (entry == nullptr || entry->kind == Entry::Kind::kBroken) return nullptr;
  const auto* found = as<Interface>(entry->declaration);
  if (const auto* alias = as<Typedef>(entry->declaration)) {
    const auto* named = as<NamedType>(resolve_typedefs(*alias->type));
    if (named != nullptr) found = as<Interface>(named->declaration);
  }
  if (found == nullptr) {
    reporter_.error(name.location(), "expected an interface to " + std::string(purpose) +
                                         ", found the " + describe(*entry));
  } else if (!entry->skipped.empty()) {
    reporter_.error(name.location(),
                    "nothing can " + std::string(purpose) + " the " + describe(*entry));
    return nullptr;
  } else if (!found->is_defined) {
    reporter_.error(name.location(), "interface '" + to_string(name) +
                                         "' is only announced so far: expected its definition "
                                         "before " +
                                         (purpose[0] == 'i' ? "an interface inherits from it"
                                                            : "a valuetype supports it"));
    reporter_.note(found->location, "'" + found->name + "' is announced here");
    return nullptr;
  }
  return found;
}

std::vector<const Interface*> TreeBuilder::bases(const syntax::Interface& node) {
  std::vector<const Interface*> found;
  for (const syntax::ScopedName& name : node.bases) {
    const Interface* base = interface_named(name, "inherit from");
    if (base == nullptr || !check_base(node, *base, name.location())) continue;
    if (std::find(found.begin(), found.end(), base) != found.end()) {
      reporter_.error(name.location(),
                      "'" + to_string(name) + "' is already a base of '" + node.name.text + "'");
    } else {
      found.push_back(base);
    }
  }
  return found;
}

bool TreeBuilder::check_base(const syntax::Interface& node, const Interface& base,
                             const Location& where) {
  if (node.is_abstract && !base.is_abstract) {
    reporter_.error(where, "the abstract interface '" + node.name.text + "' cannot inherit from '" +
                               base.name + "', which is not abstract");
    return false;
  }
  if (!node.is_local && base.is_local) {
    reporter_.error(where, "'" + node.name.text + "' cannot inherit from the local interface '" +
                               base.name + "': expected 'local interface " + node.name.text + "'");
    return false;
  }
  return true;
}

bool TreeBuilder::note_inheritance(const Declaration& declaration, const syntax::Name& name,
                                   const std::vector<const Declaration*>& bases) {
  std::uint32_t depth = 0;
  for (const Declaration* base : bases) depth = std::max(depth, inheritance_depths_[base]);
  inheritance_depths_[&declaration] = depth + 1;
  if (depth < kMaxInheritanceDepth) return true;
  reporter_.error(name.location, std::string(kind_name(declaration.kind)) +
                                     "s inherit from each other more than 128 deep");
  return false;
}

void TreeBuilder::check_inherited(const syntax::Name& name,
                                  const std::vector<const Declaration*>& ancestors) {
  if (ancestors.size() > kMaxAncestors) {
    reporter_.error(name.location, "'" + name.text + "' inherits from more than 1000 others");
    return;
  }
  std::map<std::string, const Declaration*> called;
  for (const Declaration* base : ancestors) {
    for (const Declaration* member : definitions_of(*base)) {
      if (as<Operation>(member) == nullptr && as<Attribute>(member) == nullptr &&
          as<StateMember>(member) == nullptr) {
        continue;
      }
      const auto [earlier, is_new] = called.emplace(folded(member->name), member);
      if (is_new) continue;
      const Declaration& other = *earlier->second;
      reporter_.error(name.location, "'" + name.text + "' inherits both '" + scoped_name(other) +
                                         "' and '" + scoped_name(*member) +
                                         "', whose names collide");
      reporter_.note(other.location, "one is declared here");
      reporter_.note(member->location, "the other is declared here");
    }
  }
}

}  // namespace corbel::idl
