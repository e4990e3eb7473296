#include "idl/compiler/ast/interface.hpp"

#include <unordered_set>

namespace corbel::idl {
namespace {

void collect(const Interface& interface, std::unordered_set<const Interface*>& seen,
             std::vector<const Interface*>& found) {
  for (const Interface* base : interface.bases) {
    if (!seen.insert(base).second) continue;
    collect(*base, seen, found);
    found.push_back(base);
  }
}

}  // namespace

std::vector<const Interface*> ancestors(const Interface& interface) {
  std::unordered_set<const Interface*> seen;
  std::vector<const Interface*> found;
  collect(interface, seen, found);
  return found;
}

}  // namespace corbel::idl
