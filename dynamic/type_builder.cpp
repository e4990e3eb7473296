#include <corbel/stub/map.hpp>
#include <dynamic/type_builder.hpp>
#include <idl/compiler/ast/type_code_label.hpp>

#include <algorithm>

namespace corbel::dynamic {

using namespace corbel::idl;  // the tree's many kinds

namespace {

using enum TCKind;

constexpr std::size_t kNone = ~std::size_t{0};
// Types that all contain each other are described in every order.
constexpr unsigned kMostMade = 10'000;

constexpr std::int16_t kCustom = 1;
constexpr std::int16_t kAbstract = 2;
constexpr std::int16_t kTruncatable = 3;

TypeCode of_bits(unsigned bits) {
  return bits <= 8 ? tk_octet : bits <= 16 ? tk_ushort : bits <= 32 ? tk_ulong : tk_ulonglong;
}

}  // namespace

TypeCode TypeBuilder::of(const idl::Type& type) {
  if (const auto* basic = as<PrimitiveType>(type)) return of_primitive(basic->primitive);
  if (const auto* text = as<StringType>(type))
    return text->wide ? TypeCode::wstring(text->bound) : TypeCode::string(text->bound);
  if (const auto* sequence = as<SequenceType>(type))
    return TypeCode::sequence(of(*sequence->element), sequence->bound);
  if (const auto* array = as<ArrayType>(type)) {
    TypeCode made = of(*array->element);
    for (auto size = array->dimensions.rbegin(); size != array->dimensions.rend(); ++size)
      made = TypeCode::array(made, *size);
    return made;
  }
  if (const auto* fixed = as<FixedType>(type)) return TypeCode::fixed(fixed->digits, fixed->scale);
  if (const auto* named = as<NamedType>(type)) return of(*named->declaration);
  const MapType& map = *as<MapType>(type);
  return stub::map_type_code(of(*map.key), of(*map.value), map.bound);
}

TypeCode TypeBuilder::of_primitive(Primitive primitive) {
  switch (primitive) {
    case Primitive::kVoid:
      return tk_void;
    case Primitive::kBoolean:
      return tk_boolean;
    case Primitive::kOctet:
    case Primitive::kUInt8:
    case Primitive::kInt8:  // CORBA 3.3 has no kind of its own for it
      return tk_octet;
    case Primitive::kChar:
      return tk_char;
    case Primitive::kWChar:
      return tk_wchar;
    case Primitive::kShort:
      return tk_short;
    case Primitive::kUShort:
      return tk_ushort;
    case Primitive::kLong:
      return tk_long;
    case Primitive::kULong:
      return tk_ulong;
    case Primitive::kLongLong:
      return tk_longlong;
    case Primitive::kULongLong:
      return tk_ulonglong;
    case Primitive::kFloat:
      return tk_float;
    case Primitive::kDouble:
      return tk_double;
    case Primitive::kLongDouble:
      return tk_longdouble;
    case Primitive::kAny:
      return tk_any;
    case Primitive::kTypeCode:
      return tk_TypeCode;
    case Primitive::kObject:
      return TypeCode::interface("IDL:omg.org/CORBA/Object:1.0", "Object");
    case Primitive::kValueBase:
      break;
  }
  return TypeCode::value("IDL:omg.org/CORBA/ValueBase:1.0", "ValueBase", kAbstract, TypeCode(), {});
}

TypeCode TypeBuilder::of(const Declaration& declaration) {
  if (const auto known = done_.find(&declaration); known != done_.end()) return known->second;
  const auto met = std::find(around_.begin(), around_.end(), &declaration);
  if (met != around_.end()) {
    outermost_met_ = std::min(outermost_met_, static_cast<std::size_t>(met - around_.begin()));
    return TypeCode::recursive(declaration.repository_id);
  }
  if (++made_ > kMostMade) {
    throw NotDescribable(scoped_name(declaration) +
                         " and types around it contain each other in too many ways");
  }
  const std::size_t own = around_.size();
  const std::size_t met_before = std::exchange(outermost_met_, kNone);
  around_.push_back(&declaration);
  struct Leave {
    std::vector<const Declaration*>& around;
    ~Leave() { around.pop_back(); }
  } const leave{around_};
  TypeCode made = of_constructed(declaration);
  // Complete in itself, so it is the same wherever it stands.
  if (outermost_met_ >= own) done_.emplace(&declaration, made);
  outermost_met_ = std::min(met_before, outermost_met_ >= own ? kNone : outermost_met_);
  return made;
}

TypeCode TypeBuilder::of_constructed(const Declaration& declaration) {
  const auto& id = declaration.repository_id;
  const auto& name = declaration.name;
  if (const auto* alias = as<Typedef>(&declaration))
    return TypeCode::alias(id, name, of(*alias->type));
  if (const auto* structure = as<Struct>(&declaration)) {
    Members members;
    add_members(*structure, members);
    return TypeCode::structure(id, name, std::move(members));
  }
  if (const auto* exception = as<Exception>(&declaration)) {
    Members members;
    for (const Member* member : exception->members)
      members.push_back({member->name, of(*member->type), 1});
    return TypeCode::exception(id, name, std::move(members));
  }
  if (const auto* definition = as<Union>(&declaration)) return of_union(*definition);
  if (const auto* definition = as<Enum>(&declaration)) return of_enum(*definition);
  if (const auto* interface = as<Interface>(&declaration)) {
    if (interface->is_local) return TypeCode::local_interface(id, name);
    return interface->is_abstract ? TypeCode::abstract_interface(id, name)
                                  : TypeCode::interface(id, name);
  }
  if (const auto* value = as<ValueType>(&declaration)) return of_value(*value);
  if (const auto* box = as<ValueBox>(&declaration))
    return TypeCode::value_box(id, name, of(*box->type));
  if (const auto* mask = as<Bitmask>(&declaration))
    return TypeCode::alias(id, name, of_bits(mask->bound));
  if (const auto* set = as<Bitset>(&declaration)) {
    unsigned bits = 0;
    for (const auto* part = set; part != nullptr; part = part->base) {
      for (const auto& field : part->fields) bits += field.width;
    }
    return TypeCode::alias(id, name, of_bits(bits));
  }
  throw NotDescribable("no TypeCode describes " + scoped_name(declaration));
}

void TypeBuilder::add_members(const Struct& definition, Members& members) {
  if (definition.base != nullptr) add_members(*definition.base, members);
  for (const Member* member : definition.members)
    members.push_back({member->name, of(*member->type), 1});
}

TypeCode TypeBuilder::of_enum(const Enum& definition) {
  std::vector<std::string> names;
  for (const Enumerator* enumerator : definition.enumerators) names.push_back(enumerator->name);
  return TypeCode::enumeration(definition.repository_id, definition.name, std::move(names));
}

// A case with several labels is a member for each of them.
TypeCode TypeBuilder::of_union(const Union& definition) {
  std::vector<TypeCode::UnionMember> members;
  std::int32_t default_index = -1;
  for (const UnionCase* branch : definition.cases) {
    const TypeCode type = of(*branch->type);
    for (const ConstValue& label : branch->labels)
      members.push_back({type_code_label(label, *definition.discriminator), branch->name, type});
    if (branch->is_default) {
      default_index = static_cast<std::int32_t>(members.size());
      members.push_back({0, branch->name, type});
    }
  }
  return TypeCode::union_(definition.repository_id, definition.name, of(*definition.discriminator),
                          default_index, std::move(members));
}

TypeCode TypeBuilder::of_value(const ValueType& definition) {
  TypeCode base;
  if (!definition.bases.empty() && !definition.bases.front()->is_abstract)
    base = of(*definition.bases.front());
  Members members;
  for (const Declaration* part : definition.definitions) {
    if (const auto* member = as<StateMember>(part)) {
      members.push_back(
          {member->name, of(*member->type), static_cast<std::int16_t>(member->is_public ? 1 : 0)});
    }
  }
  const std::int16_t modifier = definition.is_custom        ? kCustom
                                : definition.is_abstract    ? kAbstract
                                : definition.is_truncatable ? kTruncatable
                                                            : std::int16_t{0};
  return TypeCode::value(definition.repository_id, definition.name, modifier, base,
                         std::move(members));
}

}  // namespace corbel::dynamic
