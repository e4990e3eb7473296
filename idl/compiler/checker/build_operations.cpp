#include <algorithm>
#include <cctype>
#include <string>
#include <variant>

#include "idl/compiler/ast/value_type.hpp"
#include "idl/compiler/checker/tree_builder.hpp"
#include "idl/compiler/lexer/literals.hpp"

namespace corbel::idl {
namespace {

// Each attribute of a list keeps them all.
constexpr std::size_t kMostExceptions = 1000;

bool is_context_name(std::string name) {
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  if (name.ends_with('*')) name.pop_back();
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
         });
}

}  // namespace

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

// Operations of valuetypes stay in the process, so they may.
void TreeBuilder::check_locality(const TypeFacts::Facts& facts, const Location& where,
                                 bool is_state) {
  if (facts.local == nullptr) return;
  const Declaration* owner = names_.current().declaration;
  if (as<Operation>(owner) != nullptr) owner = owner->parent;
  const auto* interface = as<Interface>(owner);
  if (interface != nullptr ? interface->is_local : !is_state) return;
  reporter_.error(where, "'" + owner->name +
                             "' is not local, so nothing in it can hold the local "
                             "interface '" +
                             scoped_name(*facts.local) + "'");
}

void TreeBuilder::on(const syntax::Operation& node) {
  if (node.oneway) check_oneway(node);
  auto* operation = make_declaration<Operation>(node.name);
  operation->oneway = node.oneway;
  operation->result = parameter_type(*node.result);
  if (operation->result != nullptr) {
    check_locality(facts_.of(*operation->result), node.result->location);
  }
  const Entry* entry = names_.declare(node.name, operation);
  names_.open(Scope::Kind::kOperation, node.name.text, operation);
  operation->parameters = parameters(node.parameters);
  operation->raises = raises(node.raises);
  names_.leave();
  for (const Token& text : node.context) {
    const auto decoded = decode_narrow(text.text);
    const auto* name = std::get_if<std::string>(&decoded);
    if (name == nullptr || !is_context_name(*name)) {
      reporter_.error(text.location,
                      "expected a context name of letters, digits, '_' and '.', like \"sys.*\"");
    } else {
      operation->context.push_back(*name);
    }
  }
  if (!node.context.empty()) {
    reporter_.warning(node.context.front().location, "the context clause of '" + node.name.text +
                                                         "' is ignored: nothing is sent for it");
  }
  if (entry != nullptr) list(*operation);
}

std::vector<const Parameter*> TreeBuilder::parameters(const std::vector<syntax::Parameter>& nodes) {
  std::vector<const Parameter*> made;
  for (const syntax::Parameter& node : nodes) {
    const Type* its_type = parameter_type(*node.type);
    if (its_type != nullptr) check_locality(facts_.of(*its_type), node.type->location);
    begin_part(node.type->location, node.annotations);
    auto* parameter = make_declaration<Parameter>(node.name);
    parameter->documentation.clear();
    parameter->direction = node.direction;
    parameter->type = its_type;
    if (names_.declare(node.name, parameter) != nullptr) made.push_back(parameter);
  }
  return made;
}

std::vector<const Declaration*> TreeBuilder::raises(const std::vector<syntax::ScopedName>& names) {
  std::vector<const Declaration*> raised;
  if (names.size() > kMostExceptions) {
    reporter_.error(names.front().location(), "this clause names more than 1000 exceptions");
    return raised;
  }
  for (const syntax::ScopedName& name : names) {
    const Entry* entry = names_.resolve(name, NameTable::Counts::kNotAsUse);
    if (entry == nullptr || entry->kind == Entry::Kind::kBroken) continue;
    const auto* exception = as<Exception>(entry->declaration);
    if (exception == nullptr) {
      reporter_.error(name.location(), "expected an exception, found the " + describe(*entry));
    } else if (std::find(raised.begin(), raised.end(), exception) == raised.end()) {
      check_locality(facts_.of(*exception), name.location());
      raised.push_back(exception);
    }
  }
  return raised;
}

void TreeBuilder::on(const syntax::Attribute& node) {
  const Type* its_type = parameter_type(*node.type);
  if (its_type != nullptr) check_locality(facts_.of(*its_type), node.type->location);
  const auto get_raises = raises(node.get_raises);
  const auto set_raises = raises(node.set_raises);
  for (const syntax::Name& name : node.names) {
    auto* attribute = make_declaration<Attribute>(name);
    attribute->readonly = node.readonly;
    attribute->type = its_type;
    attribute->get_raises = get_raises;
    attribute->set_raises = set_raises;
    if (names_.declare(name, attribute) != nullptr) list(*attribute);
  }
}

}  // namespace corbel::idl
