#pragma once

#include <stdexcept>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

/// An IDL construct that the checker accepts has no C++ mapping; the message names it and its line.
class NotMapped : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws NotMapped, naming the line, if one of `declarations` is of a kind that has no mapping.
void refuse_unmapped(const std::vector<const Declaration*>& declarations);

}  // namespace corbel::idl
