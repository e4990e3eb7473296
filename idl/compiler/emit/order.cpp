#include "idl/compiler/emit/order.hpp"

#include <algorithm>
#include <set>

#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/unsupported.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

bool is_class(const Declaration* declaration) {
  return declaration != nullptr && declaration->kind != DeclarationKind::kModule;
}

/// The base of a struct or bitset.
const Declaration* base_of(const Declaration& declaration) {
  if (const auto* structure = as<Struct>(&declaration)) return structure->base;
  const auto* bits = as<Bitset>(&declaration);
  return bits == nullptr ? nullptr : bits->base;
}

/// Visits units depth first: what a unit needs comes before it.
class Sorter {
 public:
  explicit Sorter(const Emission& emission) : emission_(emission) { list_units(); }

  Order sort();

 private:
  void list_units();
  void add(Unit::Kind kind, const Declaration& declaration, const Method& method = {});
  template <typename... Wanted>
  std::vector<Section> sections(Wanted... wanted);
  void visit_all(bool (*wanted)(const Unit&), std::uint32_t before_line);
  void visit(const Declaration& declaration);
  void try_visit(const Declaration& declaration);
  void visit_needs(const Unit& unit);
  void need_names(const Type& type, const Declaration& user);
  void need_complete(const Type& type, bool by_value);
  void need_members(const Declaration& aggregate);
  void need_nested(const Interface& interface);
  void need_value(const Declaration& definition);

  const Emission& emission_;
  std::vector<Unit> units_;
  std::map<const Declaration*, std::size_t> index_;
  std::set<const Declaration*> done_;
  std::vector<const Declaration*> open_;
  std::vector<Unit>* output_ = nullptr;
  bool trying_ = false;
};

bool is_simple(const Unit& unit) {
  return unit.kind == Unit::Kind::kEnum || unit.kind == Unit::Kind::kConstant ||
         unit.kind == Unit::Kind::kTypedef;
}
bool is_proxy(const Unit& unit) { return unit.kind == Unit::Kind::kProxy; }
bool is_any(const Unit&) { return true; }

void Sorter::add(Unit::Kind kind, const Declaration& declaration, const Method& method) {
  index_[&declaration] = units_.size();
  units_.push_back({kind, &declaration, method});
}

void Sorter::list_units() {
  for (const Declaration* declaration : emission_.generated()) {
    const Declaration* scope = scope_of(*declaration);
    const bool in_interface = as<Interface>(scope) != nullptr;
    const bool stands_alone = in_interface || !is_class(scope);
    const bool has_struct = as<Struct>(declaration) != nullptr ||
                            as<Bitmask>(declaration) != nullptr ||
                            as<Bitset>(declaration) != nullptr;
    if (has_struct && stands_alone) {
      add(Unit::Kind::kStruct, *declaration);
    } else if (as<Union>(declaration) != nullptr && stands_alone) {
      add(Unit::Kind::kUnion, *declaration);
    } else if (as<Exception>(declaration) != nullptr && stands_alone) {
      add(Unit::Kind::kException, *declaration);
    } else if (const auto* interface = as<Interface>(declaration)) {
      add(Unit::Kind::kProxy, *declaration);
      if (interface->is_local) continue;
      for (const Method& method : own_methods(*interface)) {
        if (method.has_outs()) add(Unit::Kind::kResults, *method.source, method);
      }
    } else if (is_class(scope)) {
      continue;
    } else if (is_value(*declaration)) {
      add(Unit::Kind::kValue, *declaration);
    } else if (const auto* native = as<Native>(declaration)) {
      add(native->by_value ? Unit::Kind::kTypedef : Unit::Kind::kProxy, *declaration);
    } else if (as<Enum>(declaration) != nullptr) {
      add(Unit::Kind::kEnum, *declaration);
    } else if (as<Typedef>(declaration) != nullptr) {
      add(Unit::Kind::kTypedef, *declaration);
    } else if (as<Constant>(declaration) != nullptr) {
      add(Unit::Kind::kConstant, *declaration);
    }
  }
}

/// `declaration` must be nameable: what it is nested in must be defined before `user`.
void Sorter::need_names(const Type& type, const Declaration& user) {
  for (const Declaration* declaration : named_in(type)) {
    const Declaration* outermost = declaration;
    while (is_class(scope_of(*outermost))) outermost = scope_of(*outermost);
    if (outermost == &user) continue;
    const bool must_be_defined = outermost != declaration ||
                                 declaration->kind == DeclarationKind::kTypedef ||
                                 declaration->kind == DeclarationKind::kEnum;
    if (must_be_defined) visit(*outermost);
  }
}

/// Members need their types complete, elements of sequences only as far as possible.
void Sorter::need_complete(const Type& type, bool by_value) {
  for (const Declaration* declaration : named_in(type)) {
    const bool directly =
        by_value && as<SequenceType>(type) == nullptr && as<MapType>(type) == nullptr;
    if (const auto* alias = as<Typedef>(declaration)) {
      if (scope_of(*declaration) != open_.back()) {
        need_names(type, *declaration);
        visit(*declaration);
      }
      need_complete(*alias->type, directly);
      continue;
    }
    if (is_value(*declaration)) continue;  // held by pointer
    const Declaration* unit = declaration;
    while (!index_.contains(unit) && is_class(scope_of(*unit))) unit = scope_of(*unit);
    if (unit == open_.back()) continue;
    if (directly) {
      visit(*unit);
    } else {
      try_visit(*unit);
    }
  }
}

void Sorter::need_members(const Declaration& aggregate) {
  if (const auto* definition = as<Union>(&aggregate)) {
    need_complete(*definition->discriminator, true);
  }
  for (const Declaration* child : children(aggregate)) {
    if (const auto* member = as<Member>(child)) need_complete(*member->type, true);
    if (const auto* branch = as<UnionCase>(child)) need_complete(*branch->type, true);
    if (as<Struct>(child) != nullptr || as<Union>(child) != nullptr) need_members(*child);
  }
}

void Sorter::need_nested(const Interface& interface) {
  for (const Declaration* child : children(interface)) {
    if (const auto* alias = as<Typedef>(child)) need_names(*alias->type, interface);
    if (const auto* constant = as<Constant>(child)) need_names(*constant->type, interface);
  }
}

void Sorter::need_value(const Declaration& definition) {
  if (const ValueType* base = stateful_base(definition)) visit(*base);
  for (const ValueType* base : abstract_bases(definition)) visit(*base);
  for (const Interface* interface : abstract_supports(definition)) visit(*interface);
  for (const StatePart& part : whole_state(definition)) {
    need_names(*part.type, definition);
    need_complete(*part.type, true);
  }
  const auto* value = as<ValueType>(&definition);
  if (value == nullptr) return;
  std::vector<Method> methods = value_methods(*value);
  for (const Declaration* child : value->definitions) {
    if (const auto* alias = as<Typedef>(child)) need_names(*alias->type, definition);
    if (const auto* constant = as<Constant>(child)) need_names(*constant->type, definition);
    if (const auto* factory = as<Factory>(child)) methods.push_back(method_of(*factory));
    if (!is_value(*child)) need_members(*child);
  }
  for (const Method& method : methods) {
    if (method.result != nullptr) need_names(*method.result, definition);
    for (const Argument& argument : method.arguments) need_names(*argument.type, definition);
  }
}

void Sorter::visit_needs(const Unit& unit) {
  if (unit.kind == Unit::Kind::kValue) return need_value(*unit.declaration);
  if (const auto* alias = as<Typedef>(unit.declaration)) need_names(*alias->type, *alias);
  if (const auto* constant = as<Constant>(unit.declaration)) need_names(*constant->type, *constant);
  if (const auto* interface = as<Interface>(unit.declaration)) {
    for (const Interface* base : ancestors(*interface)) visit(*base);
    need_nested(*interface);
    std::vector<const Interface*> owners = ancestors(*interface);
    owners.push_back(interface);
    for (const Interface* owner : owners) {
      for (const Method& method : own_methods(*owner)) {
        need_names(*method.result, *interface);
        for (const Argument& argument : method.arguments) need_names(*argument.type, *interface);
      }
    }
  }
  if (unit.kind == Unit::Kind::kStruct || unit.kind == Unit::Kind::kUnion ||
      unit.kind == Unit::Kind::kException) {
    if (is_class(scope_of(*unit.declaration))) visit(*scope_of(*unit.declaration));
    if (const Declaration* base = base_of(*unit.declaration)) {
      need_complete(Type{NamedType{base}}, true);
    }
    need_members(*unit.declaration);
  }
  if (unit.kind == Unit::Kind::kResults) {
    need_complete(*unit.method.result, true);
    for (const Argument& argument : unit.method.arguments) {
      if (argument.direction != Direction::kIn) need_complete(*argument.type, true);
    }
  }
}

void Sorter::visit(const Declaration& declaration) {
  const auto found = index_.find(&declaration);
  if (found == index_.end() || done_.contains(&declaration)) return;
  if (std::find(open_.begin(), open_.end(), &declaration) != open_.end()) {
    throw NotMapped(
        declaration,
        "'" + scoped_name(declaration) +
            "' and what it uses need each other's definition first (define the types nested in "
            "it outside), which");
  }
  const Unit unit = units_[found->second];
  open_.push_back(&declaration);
  visit_needs(unit);
  open_.pop_back();
  done_.insert(&declaration);
  output_->push_back(unit);
}

/// Where this closes a circle, nothing has happened. Not tried within another attempt: structs that
/// all refer to each other would be tried in every order.
void Sorter::try_visit(const Declaration& declaration) {
  if (trying_) return;
  trying_ = true;
  const auto done = done_;
  const auto open = open_;
  const std::size_t size = output_->size();
  try {
    visit(declaration);
  } catch (const NotMapped&) {
    done_ = done;
    open_ = open;
    output_->erase(output_->begin() + static_cast<std::ptrdiff_t>(size), output_->end());
  }
  trying_ = false;
}

void Sorter::visit_all(bool (*wanted)(const Unit&), std::uint32_t before_line) {
  for (const Unit& unit : units_) {
    if (wanted(unit) && unit.declaration->location.line < before_line) {
      visit(*unit.declaration);
    }
  }
}

/// Where files include each other, the place of the #include decides what each sees of the other:
/// what stands before it comes first.
template <typename... Wanted>
std::vector<Section> Sorter::sections(Wanted... wanted) {
  constexpr std::uint32_t kEnd = 0xffffffff;
  std::vector<Section> sections(1);
  const SourceFile& main = emission_.file.main_file();
  for (const Include& include : main.includes) {
    if (include.file == nullptr || !in_cycle(main, *include.file)) continue;
    output_ = &sections.back().units;
    (visit_all(wanted, include.line), ...);
    sections.emplace_back();
    sections.back().include = &include;
  }
  output_ = &sections.back().units;
  (visit_all(wanted, kEnd), ...);
  return sections;
}

Order Sorter::sort() {
  Order order;
  order.front = sections(is_simple, is_proxy);
  order.back = sections(is_any);
  return order;
}

}  // namespace

Order order_units(const Emission& emission) { return Sorter(emission).sort(); }

}  // namespace corbel::idl
