#pragma once

#include <stdexcept>
#include <string>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

/// An IDL construct has no C++ mapping yet; the message names it.
class NotMapped : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace corbel::idl
