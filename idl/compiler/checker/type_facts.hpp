#pragma once

#include <cstdint>
#include <unordered_map>

#include "idl/compiler/ast/definitions.hpp"

namespace corbel::idl {

/// What the checker remembers about types, so that no question needs a walk through chains of
/// typedefs and members, which hostile input makes long.
class TypeFacts {
 public:
  /// Types nested deeper than this are refused; generated code and TypeCodes recurse along them.
  static constexpr std::uint32_t kMaxDepth = 128;

  struct Facts {
    std::uint32_t depth = 1;
    /// A struct or union that a value holds directly and one of which a sequence is held, if they
    /// were not defined yet when this type was made.
    const Declaration* needs = nullptr;
    const Declaration* sequence_of = nullptr;
    /// The local interface in it, which makes a type local: it cannot leave the process.
    const Declaration* local = nullptr;
  };

  Facts of(const Type& type) const;
  void set(const Type& type, const Facts& facts) { of_types_[&type] = facts; }
  /// Of a struct, union, valuetype, ... that is defined.
  Facts of(const Declaration& declaration) const;
  void set(const Declaration& declaration, const Facts& facts);

 private:
  std::unordered_map<const Type*, Facts> of_types_;
  std::unordered_map<const Declaration*, Facts> of_declarations_;
};

/// False for a struct or union that is only announced, or whose definition is not at its end yet.
bool is_defined(const Declaration& declaration);

}  // namespace corbel::idl
