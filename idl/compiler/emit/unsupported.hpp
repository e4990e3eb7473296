#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"

namespace corbel::idl {

/// IDL that the checker accepts has no C++ mapping.
class NotMapped : public std::runtime_error {
 public:
  struct Refusal {
    Location where;
    std::string message;
  };

  explicit NotMapped(std::vector<Refusal> refusals);
  /// `what` is to be completed by "cannot be expressed in C++ yet".
  NotMapped(const Declaration& where, const std::string& what);

  const std::vector<Refusal>& refusals() const { return refusals_; }

 private:
  std::vector<Refusal> refusals_;  // at least one
};

/// Throws NotMapped for those `declarations` that are of a kind that has no mapping.
void refuse_unmapped(const std::vector<const Declaration*>& declarations);

}  // namespace corbel::idl
