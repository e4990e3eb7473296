#pragma once

#include <string>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"
#include "idl/compiler/emit/method.hpp"

namespace corbel::idl {

/// One piece of a value's state. A value box has one, which no declaration stands for.
struct StatePart {
  const Declaration* source;
  const Type* type;
  bool is_public;
  /// What a box calls its content.
  const char* content_name = "value";
};

/// What a valuetype or value box adds to the state of its base, in the order of the wire.
std::vector<StatePart> own_state(const Declaration& definition);
/// The same with what it inherits, which comes first.
std::vector<StatePart> whole_state(const Declaration& definition);

/// The base with state, or null.
const ValueType* stateful_base(const Declaration& definition);
std::vector<const ValueType*> abstract_bases(const Declaration& definition);
/// The abstract interfaces that `definition` supports directly, or through other interfaces.
std::vector<const Interface*> abstract_supports(const Declaration& definition);

/// Operations and attributes of its own, and those of the interfaces that it supports while its
/// bases do not; they have no owner.
std::vector<Method> value_methods(const ValueType& definition);
/// A factory's parameters as those of a method.
Method method_of(const Factory& factory);

/// True for a valuetype or value box.
bool is_value(const Declaration& declaration);
/// True if a valuetype, or an object by value, can be part of a value of this type. (An any is
/// copied as it is.)
bool holds_values(const Type& type);
/// The same for what an operation takes, gives or raises.
bool carries_values(const Method& method);

}  // namespace corbel::idl
