#include <algorithm>

#include "idl/compiler/ast/value_type.hpp"
#include "idl/compiler/checker/tree_builder.hpp"

namespace corbel::idl {
namespace {

/// Everything that a valuetype inherits from or supports, directly or not, each once.
class Ancestors {
 public:
  explicit Ancestors(const ValueType& value) { collect(value); }

  const std::vector<const Declaration*>& all() const { return found_; }
  /// An interface among them that is not abstract, or null.
  const Interface* concrete() const {
    for (const Declaration* declaration : found_) {
      const auto* interface = as<Interface>(declaration);
      if (interface != nullptr && !interface->is_abstract) return interface;
    }
    return nullptr;
  }

 private:
  bool add(const Declaration* declaration) {
    const bool is_new = seen_.insert(declaration).second;
    if (is_new) found_.push_back(declaration);
    return is_new;
  }

  void collect(const ValueType& value) {
    for (const Interface* interface : value.supports) {
      if (!add(interface)) continue;
      for (const Interface* ancestor : ancestors(*interface)) add(ancestor);
    }
    for (const ValueType* base : value.bases) {
      if (add(base)) collect(*base);
    }
  }

  std::vector<const Declaration*> found_;
  std::unordered_set<const Declaration*> seen_;
};

}  // namespace

void TreeBuilder::on(const syntax::ValueType& node) {
  Entry* entry = nullptr;
  const auto* earlier = announced<ValueType>(node.name, entry);
  if (earlier != nullptr && earlier->is_abstract != node.is_abstract) {
    const std::string abstract = "an abstract valuetype";
    const std::string other = "a valuetype that is not abstract";
    reporter_.error(node.name.location,
                    "'" + node.name.text + "' was declared before as " +
                        (earlier->is_abstract ? abstract + ", not as " + other
                                              : other + ", not as " + abstract));
    reporter_.note(earlier->location, "'" + node.name.text + "' is declared here");
    return;
  }
  if (!node.is_forward) return define_value(node);
  if (auto* value = announce<ValueType>(node.name)) value->is_abstract = node.is_abstract;
}

void TreeBuilder::define_value(const syntax::ValueType& node) {
  ValueType described;
  value_bases(node, described);
  value_supports(node, described);
  Entry* entry = nullptr;
  ValueType* value = begin_definition<ValueType>(node.name, entry);
  if (value == nullptr) return;
  value->is_abstract = node.is_abstract;
  value->is_custom = node.is_custom;
  value->is_truncatable = node.is_truncatable;
  value->bases = described.bases;
  value->supports = described.supports;
  if (!note_inheritance(*value, node.name, {value->bases.begin(), value->bases.end()})) {
    value->bases.clear();
  }
  check_inherited(node.name, Ancestors(*value).all());
  value->is_defined = true;
  if (entry != nullptr) list(*value);
  Scope& scope = names_.open(Scope::Kind::kInterface, node.name.text, value);
  scope.definitions = &value->definitions;
  scope.bases = scopes_of({value->bases.begin(), value->bases.end()});
  const auto supported = scopes_of({value->supports.begin(), value->supports.end()});
  scope.bases.insert(scope.bases.end(), supported.begin(), supported.end());
  scopes_[value] = &scope;
  if (entry != nullptr) entry->scope = &scope;
  ids_.enter_scope();
  build(node.definitions);
  ids_.leave_scope();
  names_.leave();
}

void TreeBuilder::value_bases(const syntax::ValueType& node, ValueType& value) {
  if (node.is_truncatable && node.is_custom) {
    reporter_.error(node.name.location, "a custom valuetype cannot be truncatable");
  }
  for (const syntax::ScopedName& name : node.bases) {
    const Entry* entry = names_.resolve(name, NameTable::Counts::kNotAsUse);
    if (entry == nullptr || entry->kind == Entry::Kind::kBroken) continue;
    const auto* base = as<ValueType>(entry->declaration);
    if (const auto* alias = as<Typedef>(entry->declaration)) {
      const auto* named = as<NamedType>(resolve_typedefs(*alias->type));
      if (named != nullptr) base = as<ValueType>(named->declaration);
    }
    const Location& where = name.location();
    if (base == nullptr) {
      reporter_.error(where, "expected a valuetype to inherit from, found the " + describe(*entry));
    } else if (!base->is_defined) {
      reporter_.error(where, "valuetype '" + to_string(name) +
                                 "' is only announced so far: expected its definition before a "
                                 "valuetype inherits from it");
    } else if (std::find(value.bases.begin(), value.bases.end(), base) != value.bases.end()) {
      reporter_.error(where,
                      "'" + to_string(name) + "' is already a base of '" + node.name.text + "'");
    } else {
      check_value_base(node, *base, where, &name == &node.bases.front());
      value.bases.push_back(base);
    }
  }
}

void TreeBuilder::check_value_base(const syntax::ValueType& node, const ValueType& base,
                                   const Location& where, bool is_first) {
  const std::string names = "'" + base.name + "'";
  if (base.is_abstract) {
    if (is_first && node.is_truncatable) {
      reporter_.error(where, "truncatable needs a base with state, but " + names + " is abstract");
    }
  } else if (base.is_custom && !node.is_custom) {
    reporter_.error(where, "'" + node.name.text + "' cannot inherit from the custom valuetype " +
                               names + ": expected 'custom valuetype " + node.name.text + "'");
  } else if (node.is_abstract) {
    reporter_.error(where, "the abstract valuetype '" + node.name.text + "' cannot inherit from " +
                               names + ", which is not abstract");
  } else if (!is_first) {
    reporter_.error(where, "only the first base of a valuetype may have state, but " + names +
                               " is not abstract");
  }
}

void TreeBuilder::value_supports(const syntax::ValueType& node, ValueType& value) {
  const Interface* concrete = Ancestors(value).concrete();
  for (const syntax::ScopedName& name : node.supports) {
    const Interface* interface = interface_named(name, "support");
    if (interface == nullptr) continue;
    if (std::find(value.supports.begin(), value.supports.end(), interface) !=
        value.supports.end()) {
      reporter_.error(name.location(),
                      "'" + node.name.text + "' supports '" + to_string(name) + "' already");
      continue;
    }
    value.supports.push_back(interface);
    if (interface->is_abstract) continue;
    if (concrete != nullptr && interface != concrete) {
      const auto inherited = ancestors(*interface);
      if (std::find(inherited.begin(), inherited.end(), concrete) == inherited.end()) {
        reporter_.error(name.location(),
                        "a valuetype can support one interface that is not abstract, and '" +
                            node.name.text + "' supports '" + concrete->name + "' already");
      }
    }
    concrete = interface;
  }
}

void TreeBuilder::on(const syntax::ValueBox& node) {
  const Type* boxed = type(*node.type);
  if (boxed == nullptr) return names_.declare_broken(node.name);
  if (!is_complete(*boxed, node.type->location)) return names_.declare_broken(node.name);
  const auto* named = as<NamedType>(resolve_typedefs(*boxed));
  if (is_primitive(*boxed, Primitive::kValueBase) ||
      (named != nullptr && (as<ValueType>(named->declaration) != nullptr ||
                            as<ValueBox>(named->declaration) != nullptr))) {
    reporter_.error(node.type->location, "a value box cannot hold a valuetype");
    return names_.declare_broken(node.name);
  }
  auto* box = make_declaration<ValueBox>(node.name);
  box->type = boxed;
  TypeFacts::Facts facts = facts_.of(*boxed);
  ++facts.depth;
  facts_.set(*box, facts);
  if (names_.declare(node.name, box) != nullptr) list(*box);
}

void TreeBuilder::on(const syntax::StateMember& node) {
  auto* value = as<ValueType>(names_.current().declaration);
  const Location begin = definition_begin_;
  const std::vector<Annotation> its_annotations = annotations_;
  if (value->is_abstract) {
    reporter_.error(begin, "the abstract valuetype '" + value->name + "' cannot have state");
  }
  const Type* base = type(*node.type);
  if (base != nullptr) {
    check_member_type(node.type->location, *base);
    check_locality(facts_.of(*base), node.type->location, true);
  }
  for (const syntax::Declarator& declarator : node.declarators) {
    const Type* complete = member_type(base, declarator);
    definition_begin_ = begin;
    annotations_ = its_annotations;
    auto* member = make_declaration<StateMember>(declarator.name);
    member->is_public = node.is_public;
    member->type = complete;
    if (names_.declare(declarator.name, member) == nullptr || complete == nullptr) continue;
    list(*member);
    TypeFacts::Facts facts = facts_.of(*value);
    facts.depth = std::max(facts.depth, facts_.of(*complete).depth + 1);
    facts_.set(*value, facts);
  }
}

void TreeBuilder::on(const syntax::Factory& node) {
  const auto* value = as<ValueType>(names_.current().declaration);
  if (value->is_abstract) {
    reporter_.error(definition_begin_,
                    "the abstract valuetype '" + value->name + "' cannot have a factory");
  }
  auto* factory = make_declaration<Factory>(node.name);
  const Entry* entry = names_.declare(node.name, factory);
  names_.open(Scope::Kind::kOperation, node.name.text, factory);
  factory->parameters = parameters(node.parameters);
  factory->raises = raises(node.raises);
  names_.leave();
  if (entry != nullptr) list(*factory);
}

}  // namespace corbel::idl
