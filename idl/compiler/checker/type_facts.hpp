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
    /// A struct that a value holds directly and a sequence of which is held, if they were not
    /// defined yet when this type was made.
    const Struct* needs = nullptr;
    const Struct* sequence_of = nullptr;
  };

  Facts of(const Type& type) const;
  void set(const Type& type, const Facts& facts) { of_types_[&type] = facts; }
  std::uint32_t depth_of(const Declaration& declaration) const;
  void set_depth(const Declaration& declaration, std::uint32_t depth);

 private:
  std::unordered_map<const Type*, Facts> of_types_;
  std::unordered_map<const Declaration*, std::uint32_t> of_declarations_;
};

}  // namespace corbel::idl
