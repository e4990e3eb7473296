#include "idl/compiler/checker/scope.hpp"

#include <algorithm>
#include <cctype>

#include "idl/compiler/ast/value_type.hpp"

namespace corbel::idl {
namespace {

std::string fold(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return folded;
}

bool is_called(const Entry& entry) {
  return as<Operation>(entry.declaration) != nullptr ||
         as<Attribute>(entry.declaration) != nullptr || as<Member>(entry.declaration) != nullptr ||
         as<StateMember>(entry.declaration) != nullptr;
}

template <typename T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

Entry* Scope::find_own(std::string_view wanted) {
  const auto found = entries_.find(fold(wanted));
  return found == entries_.end() ? nullptr : found->second.get();
}

std::vector<Entry*> Scope::find(std::string_view wanted) {
  const std::string key = fold(wanted);
  const auto own = entries_.find(key);
  if (own != entries_.end()) return {own->second.get()};
  std::vector<Entry*> found;
  std::vector<Scope*> seen;
  find_inherited(key, seen, found);
  return found;
}

void Scope::find_inherited(const std::string& key, std::vector<Scope*>& seen,
                           std::vector<Entry*>& found) {
  for (Scope* base : bases) {
    if (contains(seen, base)) continue;
    seen.push_back(base);
    const auto entry = base->entries_.find(key);
    if (entry == base->entries_.end()) {
      base->find_inherited(key, seen, found);
    } else if (!contains(found, entry->second.get())) {
      found.push_back(entry->second.get());
    }
  }
}

Entry* Scope::find_inherited_operation(std::string_view wanted) {
  const std::string key = fold(wanted);
  std::vector<Scope*> seen = bases;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto found = seen[i]->entries_.find(key);
    if (found != seen[i]->entries_.end() && is_called(*found->second)) return found->second.get();
    for (Scope* base : seen[i]->bases) {
      if (!contains(seen, base)) seen.push_back(base);
    }
  }
  return nullptr;
}

const Scope::Use* Scope::find_use(std::string_view wanted) const {
  const auto found = uses_.find(fold(wanted));
  return found == uses_.end() ? nullptr : &found->second;
}

Entry& Scope::add(Entry entry) {
  std::string key = fold(entry.name);
  auto& place = entries_[std::move(key)];
  place = std::make_unique<Entry>(std::move(entry));
  return *place;
}

void Scope::add_use(std::string_view used, const Location& where) {
  uses_.try_emplace(fold(used), Use{std::string(used), where});
}

}  // namespace corbel::idl
