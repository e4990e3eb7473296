#pragma once

#include <vector>

#include "idl/compiler/emit/emission.hpp"

namespace corbel::idl {

/// One thing that the header defines at namespace level, with everything written inside it.
struct Unit {
  enum class Kind {
    kEnum,
    kConstant,
    kTypedef,
    kProxy,
    kStruct,
    kUnion,
    kException,
    kResults,
    kValue
  };
  Kind kind;
  /// For results the operation.
  const Declaration* declaration;
  Method method = {};
};

/// What stands between two includes in a header.
struct Section {
  /// To be included before it: a file that includes the main file too. Null in the first section.
  const Include* include = nullptr;
  std::vector<Unit> units;
};

/// In which order the header defines its units: each one after what it needs.
struct Order {
  /// Enums, constants, typedefs and proxies.
  std::vector<Section> front;
  /// Structs, exceptions and results in as many sections; all proxies stand before them.
  std::vector<Section> back;
};

/// Throws NotMapped when there is no order.
Order order_units(const Emission& emission);

}  // namespace corbel::idl
