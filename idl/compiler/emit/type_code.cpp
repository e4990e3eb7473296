#include <algorithm>

#include "idl/compiler/ast/type_code_label.hpp"
#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/unsupported.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

struct Part {
  std::string name;
  const Type& type;
  bool is_public = true;
};

/// What a value of `aggregate` can hold.
std::vector<Part> parts_of(const Declaration& aggregate) {
  std::vector<Part> parts;
  const auto add = [&parts](const auto& members) {
    for (const auto* member : members) parts.push_back({member->name, *member->type});
  };
  if (const auto* structure = as<Struct>(&aggregate)) add(all_members(*structure));
  if (const auto* exception = as<Exception>(&aggregate)) add(exception->members);
  if (is_value(aggregate)) {
    for (const StatePart& part : own_state(aggregate))
      parts.push_back(
          {part.source == nullptr ? "" : part.source->name, *part.type, part.is_public});
  }
  if (const auto* definition = as<Union>(&aggregate)) add(definition->cases);
  return parts;
}

/// True if a value of `from` can hold one of `to`, however deep.
bool contains(const Declaration& from, const Declaration& to, std::set<const Declaration*>& seen);

bool contains(const Type& type, const Declaration& to, std::set<const Declaration*>& seen) {
  const Type& resolved = resolve_typedefs(type);
  if (const auto* sequence = as<SequenceType>(resolved)) {
    return contains(*sequence->element, to, seen);
  }
  if (const auto* array = as<ArrayType>(resolved)) return contains(*array->element, to, seen);
  if (const auto* map = as<MapType>(resolved)) {
    return contains(*map->key, to, seen) || contains(*map->value, to, seen);
  }
  const auto* named = as<NamedType>(resolved);
  return named != nullptr && (named->declaration == &to || contains(*named->declaration, to, seen));
}

bool contains(const Declaration& from, const Declaration& to, std::set<const Declaration*>& seen) {
  if (!seen.insert(&from).second) return false;
  const ValueType* base = stateful_base(from);
  if (base != nullptr && (base == &to || contains(*base, to, seen))) return true;
  const std::vector<Part> parts = parts_of(from);
  return std::any_of(parts.begin(), parts.end(),
                     [&](const Part& part) { return contains(part.type, to, seen); });
}

/// Writes one expression. A TypeCode that contains itself is written whole, with recursive() for
/// those around it; any other named type is left to its own Type<>.
class Expression {
 public:
  explicit Expression(const Emission& emission) : emission_(emission) {}

  std::string of(const Type& type);
  std::string of_aggregate(const Declaration& definition);

 private:
  std::string of_primitive(Primitive primitive) const;
  std::string of_named(const Declaration& declaration);
  std::string of_union(const Union& definition);
  std::string of_value(const Declaration& definition);
  std::string plain(const Type& type) const {
    return "Type<" + emission_.types.name(type, {.in_corbel = true}) + ">::type_code()";
  }

  const Emission& emission_;
  std::vector<const Declaration*> around_;
  unsigned aggregates_ = 0;
};

std::string Expression::of_primitive(Primitive primitive) const {
  switch (primitive) {
    case Primitive::kBoolean:
      return "TCKind::tk_boolean";
    case Primitive::kOctet:
    case Primitive::kUInt8:
    case Primitive::kInt8:  // CORBA 3.3 has no kind of its own for it
      return "TCKind::tk_octet";
    case Primitive::kChar:
      return "TCKind::tk_char";
    case Primitive::kWChar:
      return "TCKind::tk_wchar";
    case Primitive::kShort:
      return "TCKind::tk_short";
    case Primitive::kUShort:
      return "TCKind::tk_ushort";
    case Primitive::kLong:
      return "TCKind::tk_long";
    case Primitive::kULong:
      return "TCKind::tk_ulong";
    case Primitive::kLongLong:
      return "TCKind::tk_longlong";
    case Primitive::kULongLong:
      return "TCKind::tk_ulonglong";
    case Primitive::kFloat:
      return "TCKind::tk_float";
    case Primitive::kDouble:
      return "TCKind::tk_double";
    case Primitive::kLongDouble:
      return "TCKind::tk_longdouble";
    case Primitive::kAny:
      return "TCKind::tk_any";
    case Primitive::kTypeCode:
      return "TCKind::tk_TypeCode";
    case Primitive::kObject:
      return "Type<Object>::type_code()";
    case Primitive::kValueBase:
      return "stub::value_base_type_code()";
    case Primitive::kVoid:
      break;
  }
  return "TCKind::tk_void";
}

std::string Expression::of(const Type& type) {
  if (const auto* basic = as<PrimitiveType>(type)) return of_primitive(basic->primitive);
  if (const auto* text = as<StringType>(type)) {
    return std::string("TypeCode::") + (text->wide ? "wstring(" : "string(") +
           (text->bound == 0 ? "" : std::to_string(text->bound)) + ")";
  }
  if (const auto* sequence = as<SequenceType>(type)) {
    return "TypeCode::sequence(\v" + of(*sequence->element) +
           (sequence->bound == 0 ? "" : ",\f" + std::to_string(sequence->bound)) + ")";
  }
  if (const auto* array = as<ArrayType>(type)) {
    std::string code = of(*array->element);
    for (auto size = array->dimensions.rbegin(); size != array->dimensions.rend(); ++size) {
      code = "TypeCode::array(\v" + code + ",\f" + std::to_string(*size) + ")";
    }
    return code;
  }
  if (const auto* named = as<NamedType>(type)) return of_named(*named->declaration);
  if (const auto* decimal = as<FixedType>(type)) {
    return "TypeCode::fixed(" + std::to_string(decimal->digits) + ", " +
           std::to_string(decimal->scale) + ")";
  }
  const MapType& map = *as<MapType>(type);
  return "stub::map_type_code(\v" + of(*map.key) + ",\f" + of(*map.value) +
         bound_argument(map.bound) + ")";
}

std::string Expression::of_named(const Declaration& declaration) {
  if (const auto* alias = as<Typedef>(&declaration)) {
    return "TypeCode::alias(\v" + quoted(alias->repository_id) + ",\f" + quoted(alias->name) +
           ",\f" + of(*alias->type) + ")";
  }
  const auto* interface = as<Interface>(&declaration);
  if (interface != nullptr && !interface->is_defined) {
    return "TypeCode::interface(\v" + quoted(interface->repository_id) + ",\f" +
           quoted(interface->name) + ")";
  }
  if (std::find(around_.begin(), around_.end(), &declaration) != around_.end()) {
    return "TypeCode::recursive(" + quoted(declaration.repository_id) + ")";
  }
  std::set<const Declaration*> seen;
  if (!around_.empty() && contains(declaration, *around_.front(), seen)) {
    return of_aggregate(declaration);
  }
  return plain(Type{NamedType{&declaration}});
}

std::string Expression::of_aggregate(const Declaration& definition) {
  // Structs that all contain each other would be written in every order.
  constexpr unsigned kMostAggregates = 1000;
  if (++aggregates_ > kMostAggregates) {
    throw NotMapped(definition,
                    "'" + scoped_name(definition) +
                        "' and structs around it contain each other in too many ways, which");
  }
  around_.push_back(&definition);
  std::string expression;
  if (const auto* with_branches = as<Union>(&definition)) {
    expression = of_union(*with_branches);
  } else if (is_value(definition)) {
    expression = of_value(definition);
  } else {
    std::vector<std::string> members;
    for (const Part& part : parts_of(definition)) {
      members.push_back("{" + quoted(part.name) + ",\f" + of(part.type) + "}");
    }
    const bool is_exception = definition.kind == DeclarationKind::kException;
    expression = std::string("TypeCode::") + (is_exception ? "exception(\v" : "structure(\v") +
                 quoted(definition.repository_id) + ",\f" + quoted(definition.name) + ",\f{" +
                 join(members) + "})";
  }
  around_.pop_back();
  return expression;
}

std::string Expression::of_value(const Declaration& definition) {
  const std::string start = quoted(definition.repository_id) + ",\f" + quoted(definition.name);
  if (const auto* box = as<ValueBox>(&definition)) {
    return "TypeCode::value_box(\v" + start + ",\f" + of(*box->type) + ")";
  }
  const auto& value = *as<ValueType>(&definition);
  const char* modifier = value.is_custom        ? "1"
                         : value.is_abstract    ? "2"
                         : value.is_truncatable ? "3"
                                                : "0";
  const ValueType* base = stateful_base(definition);
  std::vector<std::string> members;
  for (const Part& part : parts_of(definition)) {
    members.push_back("{" + quoted(part.name) + ",\f" + of(part.type) +
                      (part.is_public ? "}" : ",\f0}"));
  }
  return "TypeCode::value(\v" + start + ",\f" + modifier + ",\f" +
         (base == nullptr ? "TypeCode()" : of_named(*base)) + ",\f{" + join(members) + "})";
}

/// A member for each label, "default" being one of them.
std::string Expression::of_union(const Union& definition) {
  std::vector<std::string> members;
  std::string default_index = "-1";
  for (const UnionCase* branch : definition.cases) {
    const std::string rest = ",\f" + quoted(branch->name) + ",\f" + of(*branch->type) + "}";
    for (const ConstValue& label : branch->labels) {
      const ConstValue number = type_code_label(label, *definition.discriminator);
      members.push_back(
          "{" + literal(emission_, number, *definition.discriminator, {.in_corbel = true}) + rest);
    }
    if (!branch->is_default) continue;
    default_index = std::to_string(members.size());
    members.push_back("{0" + rest);
  }
  return "TypeCode::union_(\v" + quoted(definition.repository_id) + ",\f" +
         quoted(definition.name) + ",\f" + of(*definition.discriminator) + ",\f" + default_index +
         ",\f{" + join(members) + "})";
}

}  // namespace

std::string type_code(const Emission& emission, const Type& type) {
  return Expression(emission).of(type);
}

std::string aggregate_type_code(const Emission& emission, const Declaration& definition) {
  return Expression(emission).of_aggregate(definition);
}

bool is_recursive(const Declaration& definition) {
  std::set<const Declaration*> seen;
  return contains(definition, definition, seen);
}

void implement_type_code(const Emission&, Writer& writer, const std::string& cpp_type,
                         const std::string& expression) {
  writer.line("TypeCode Type<" + cpp_type + ">::type_code() {");
  writer.indent();
  writer.line("static const TypeCode code =\f" + expression + ";");
  writer.line("return code;");
  writer.outdent();
  writer.line("}");
}

}  // namespace corbel::idl
