#include "idl/compiler/emit/method.hpp"

#include <algorithm>

namespace corbel::idl {
namespace {

const Type& void_type() {
  static const Type type{PrimitiveType{Primitive::kVoid}};
  return type;
}

Method method_of(const Interface* owner, const Operation& operation) {
  Method method{owner, &operation, Access::kCall, operation.oneway, operation.result, {}, {}};
  for (const Parameter* parameter : operation.parameters) {
    method.arguments.push_back({parameter, parameter->direction, parameter->type});
  }
  method.raises = operation.raises;
  return method;
}

Method getter_of(const Interface* owner, const Attribute& attribute) {
  return {owner, &attribute, Access::kGet, false, attribute.type, {}, attribute.get_raises};
}

Method setter_of(const Interface* owner, const Attribute& attribute) {
  return {owner,
          &attribute,
          Access::kSet,
          false,
          &void_type(),
          {{nullptr, Direction::kIn, attribute.type}},
          attribute.set_raises};
}

}  // namespace

std::string Method::wire_name() const {
  switch (access) {
    case Access::kCall:
      return source->name;
    case Access::kGet:
      return "_get_" + source->name;
    case Access::kSet:
      return "_set_" + source->name;
  }
  return source->name;
}

bool Method::has_outs() const {
  return std::any_of(arguments.begin(), arguments.end(),
                     [](const Argument& argument) { return argument.direction != Direction::kIn; });
}

bool Method::returns_value() const { return !is_primitive(*result, Primitive::kVoid); }

std::vector<Method> own_methods(const Interface& interface) {
  return own_methods(interface.definitions, &interface);
}

std::vector<Method> own_methods(const std::vector<Declaration*>& definitions,
                                const Interface* owner) {
  std::vector<Method> methods;
  for (const Declaration* definition : definitions) {
    if (const auto* operation = as<Operation>(definition)) {
      methods.push_back(method_of(owner, *operation));
    } else if (const auto* attribute = as<Attribute>(definition)) {
      methods.push_back(getter_of(owner, *attribute));
      if (!attribute->readonly) methods.push_back(setter_of(owner, *attribute));
    }
  }
  return methods;
}

}  // namespace corbel::idl
