#pragma once

#include <corbel/dynamic_value.hpp>

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace corbel::json {

/// The members' names of a struct, exception, enum or valuetype, inherited ones first. They live as
/// long as the type.
inline void add_names(const TypeCode& type, std::vector<std::string_view>& names) {
  if (type.kind() == TCKind::tk_value && type.concrete_base_type().kind() == TCKind::tk_value)
    add_names(type.concrete_base_type(), names);
  for (std::uint32_t i = 0; i < type.member_count(); ++i) names.push_back(type.member_name(i));
}
inline std::vector<std::string_view> names_of(const TypeCode& plain) {
  std::vector<std::string_view> names;
  add_names(plain, names);
  return names;
}
/// Of the value itself: a valuetype may have more than its declared type.
inline std::vector<std::string_view> names_of(const DynamicValue& value) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < value.size(); ++i) names.push_back(value.name(i));
  return names;
}
/// A TypeCode may leave names out.
inline bool names_are_unique(const std::vector<std::string_view>& names) {
  std::unordered_set<std::string_view> seen;
  for (const auto name : names) {
    if (name.empty() || !seen.insert(name).second) return false;
  }
  return true;
}

}  // namespace corbel::json
