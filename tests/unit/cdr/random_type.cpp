#include <tests/unit/cdr/random_value.hpp>

namespace corbel::testing {

using enum TCKind;

std::string RandomValue::new_id() { return "IDL:random/T" + std::to_string(++names_) + ":1.0"; }

TypeCode RandomValue::basic_type() {
  static constexpr TCKind kKinds[] = {tk_short,      tk_long,     tk_ushort,   tk_ulong,
                                      tk_float,      tk_double,   tk_boolean,  tk_char,
                                      tk_octet,      tk_string,   tk_longlong, tk_ulonglong,
                                      tk_longdouble, tk_TypeCode, tk_null,     tk_any};
  if (options_.wide && below(6) == 0) return TypeCode(below(2) == 0 ? tk_wchar : tk_wstring);
  if (below(12) == 0) return TypeCode::string(20);
  if (below(12) == 0) return TypeCode::fixed(static_cast<std::uint16_t>(1 + below(31)), 2);
  if (below(12) == 0) return TypeCode::interface(new_id(), "Reference");
  if (below(12) == 0) return TypeCode::enumeration(new_id(), "Color", {"red", "green", "blue"});
  return TypeCode(kKinds[below(std::size(kKinds))]);
}

TypeCode RandomValue::type(unsigned depth) {
  if (depth > 4) return basic_type();
  switch (below(8)) {
    case 0:
      return TypeCode::sequence(type(depth + 1), below(2) == 0 ? 0 : 5);
    case 1:
      return TypeCode::array(type(depth + 1), below(4));
    case 2:
      return TypeCode::alias(new_id(), "Alias", type(depth + 1));
    case 3:
      return union_type(depth);
    case 4:
      return named_type(depth);
    default:
      return basic_type();
  }
}

TypeCode RandomValue::named_type(unsigned depth) {
  if (below(4) == 0) return recursive_type();
  if (options_.values && below(3) == 0) return value_type(depth);
  std::vector<TypeCode::NamedType> members;
  for (unsigned count = below(5); count > 0; --count) {
    members.push_back({"m" + std::to_string(count), type(depth + 1)});
  }
  const std::string id = new_id();
  return below(5) == 0 && options_.exceptions
             ? TypeCode::exception(id, "Failure", std::move(members))
             : TypeCode::structure(id, "Struct", std::move(members));
}

TypeCode RandomValue::union_type(unsigned depth) {
  static constexpr TCKind kKinds[] = {tk_short,   tk_long, tk_ushort,   tk_ulong,
                                      tk_boolean, tk_char, tk_longlong, tk_ulonglong};
  const TCKind kind = kKinds[below(std::size(kKinds))];
  const std::int32_t default_index = below(2) == 0 || kind == tk_boolean ? -1 : 1;
  std::vector<TypeCode::UnionMember> members;
  members.push_back({0, "a", type(depth + 1)});
  members.push_back({1, "b", type(depth + 1)});
  if (kind != tk_boolean) members.push_back({100, "c", type(depth + 1)});
  if (default_index == 1) members[1].label = 0;
  return TypeCode::union_(new_id(), "Union", TypeCode(kind), default_index, std::move(members));
}

TypeCode RandomValue::recursive_type() {
  const std::string id = new_id();
  return TypeCode::structure(id, "Tree",
                             {{"label", basic_type()},
                              {"children", TypeCode::sequence(TypeCode::recursive(id))},
                              {"note", basic_type()}});
}

TypeCode RandomValue::value_type(unsigned depth) {
  const std::string id = new_id();
  if (below(4) == 0) return TypeCode::value_box(id, "Box", type(depth + 1));
  TypeCode base;
  if (below(2) == 0)
    base = TypeCode::value(new_id(), "Base", 0, TypeCode(), {{"base", type(depth + 1)}});
  const std::int16_t modifier = below(2) == 0 ? 3 : 0;
  return TypeCode::value(id, "Node", modifier, base,
                         {{"content", type(depth + 1), 0}, {"next", TypeCode::recursive(id), 1}});
}

}  // namespace corbel::testing
