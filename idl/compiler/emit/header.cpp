#include <algorithm>
#include <cctype>
#include <utility>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

/// Each header is included when the code uses what it declares.
constexpr std::pair<const char*, const char*> kHeaders[] = {
    {"corbel::Any", "corbel/any.hpp"},
    {"by_value::Value<", "corbel/by_value.hpp"},
    {"corbel::Bitmask<", "corbel/bitmask.hpp"},
    {"corbel::Fixed<", "corbel/fixed.hpp"},
    {"corbel::UserException", "corbel/exceptions.hpp"},
    {"corbel::LocalObject", "corbel/local_object.hpp"},
    {"corbel::Object", "corbel/object.hpp"},
    {"corbel::Reply", "corbel/reply.hpp"},
    {"corbel::Responder", "corbel/responder.hpp"},
    {"corbel::Servant", "corbel/servant.hpp"},
    {"corbel::AbstractBase", "corbel/abstract_base.hpp"},
    {"corbel::ValueBase", "corbel/stub/value.hpp"},
    {"stub::ValueList<", "corbel/stub/value.hpp"},
    {"corbel::TypeCode", "corbel/typecode.hpp"},
    {"struct Type<", "corbel/stub/type.hpp"},
    {"std::map<", "corbel/stub/map.hpp"},
    {"std::map<", "map"},
    {"std::shared_ptr<", "memory"},
    {"stub::branch<", "corbel/stub/union.hpp"},
    {"std::array<", "array"},
    {"std::ostream", "iosfwd"},
    {"std::derived_from<", "concepts"},
    {"std::nullptr_t", "cstddef"},
    {"std::size_t", "cstddef"},
    {"std::int", "cstdint"},
    {"std::uint", "cstdint"},
    {"std::initializer_list", "initializer_list"},
    {"std::span", "span"},
    {"std::string ", "string"},
    {"std::string>", "string"},
    {"std::string,", "string"},
    {"std::string;", "string"},
    {"std::string&", "string"},
    {"std::u16string", "string"},
    {"string_view", "string_view"},
    {"std::forward", "utility"},
    {"std::move", "utility"},
    {"std::variant", "variant"},
    {"std::vector", "vector"},
};

std::string library_includes(const std::string& body) {
  std::set<std::string> ours;
  std::set<std::string> standard;
  for (const auto& [use, header] : kHeaders) {
    if (body.find(use) == std::string::npos) continue;
    const std::string name = header;
    (name.starts_with("corbel/") ? ours : standard).insert("#include <" + name + ">\n");
  }
  std::string text;
  for (const std::string& line : ours) text += line;
  if (!ours.empty() && !standard.empty()) text += '\n';
  for (const std::string& line : standard) text += line;
  return text.empty() ? text : text + '\n';
}

/// The header generated for an included file; empty for a file that is part of this one.
std::string include_line(const Emission& emission, const Include& include) {
  if (include.file == nullptr) return "";
  const std::string name = base_name(include.file->path) + ".hpp";
  for (const Declaration* declaration : emission.generated()) {
    if (declaration->location.file == include.file && !include.file->is_main) return "";
  }
  return include.file->is_standard ? "#include <" + name + ">" : "#include \"" + name + "\"";
}

/// The headers of classes that travel by value.
std::string class_includes(const Emission& emission) {
  std::string text;
  for (const Declaration* declaration : emission.generated()) {
    const auto* native = as<Native>(declaration);
    if (native == nullptr || !native->by_value) continue;
    const std::string line = "#include <" + native->by_value->header + ">\n";
    if (text.find(line) == std::string::npos) text += line;
  }
  return text.empty() ? text : text + '\n';
}

/// In a file that others include back, only those that do not.
std::string idl_includes(const Emission& emission) {
  std::string text;
  const SourceFile& main = emission.file.main_file();
  for (const Include& include : main.includes) {
    if (include.file == nullptr || in_cycle(main, *include.file)) continue;
    const std::string line = include_line(emission, include);
    if (!line.empty() && text.find(line) == std::string::npos) text += line + '\n';
  }
  return text.empty() ? text : text + '\n';
}

void declare_forward(const Emission& emission, Writer& writer) {
  std::set<const Declaration*> seen;
  for (const Declaration* declaration : emission.generated()) {
    const Declaration& thing = entity(*declaration);
    const Declaration* scope = scope_of(thing);
    if (scope != nullptr && scope->kind != DeclarationKind::kModule) continue;
    const auto* interface = as<Interface>(&thing);
    const bool is_struct = as<Struct>(&thing) != nullptr || as<Bitmask>(&thing) != nullptr ||
                           as<Bitset>(&thing) != nullptr;
    const bool is_class = as<Exception>(&thing) != nullptr || as<Union>(&thing) != nullptr ||
                          is_value(thing) ||
                          (as<Native>(&thing) != nullptr && is_local_object(thing));
    if (interface == nullptr && !is_struct && !is_class) continue;
    if (interface != nullptr && !interface->is_defined) continue;
    if (!seen.insert(&thing).second) continue;
    writer.in_namespace(emission.names.enclosing_namespace(thing));
    writer.line((is_struct ? "struct " : "class ") + emission.names.of(thing) + ";");
  }
}

void declare_unit(Emission& emission, Writer& writer, const Unit& unit) {
  const Declaration& declaration = *unit.declaration;
  writer.in_namespace(emission.names.enclosing_namespace(
      unit.kind == Unit::Kind::kResults ? *unit.method.owner : declaration));
  switch (unit.kind) {
    case Unit::Kind::kEnum:
      declare_enum(emission, writer, *as<Enum>(&declaration));
      declare_to_string(emission, writer, *as<Enum>(&declaration));
      break;
    case Unit::Kind::kConstant:
      declare_constant(emission, writer, *as<Constant>(&declaration));
      break;
    case Unit::Kind::kTypedef:
      if (const auto* native = as<Native>(&declaration)) {
        declare_native(emission, writer, *native);
      } else {
        declare_typedef(emission, writer, *as<Typedef>(&declaration));
      }
      break;
    case Unit::Kind::kProxy:
      if (const auto* native = as<Native>(&declaration)) {
        declare_native(emission, writer, *native);
      } else if (as<Interface>(&declaration)->is_local) {
        declare_local(emission, writer, *as<Interface>(&declaration));
      } else {
        declare_proxy(emission, writer, *as<Interface>(&declaration));
        if (as<Interface>(&declaration)->is_abstract) {
          declare_support(emission, writer, *as<Interface>(&declaration));
        }
      }
      declare_nested_to_strings(emission, writer, declaration);
      break;
    case Unit::Kind::kStruct:
      if (const auto* one = as<Struct>(&declaration)) declare_struct(emission, writer, *one);
      if (const auto* one = as<Bitmask>(&declaration)) declare_bitmask(emission, writer, *one);
      if (const auto* one = as<Bitset>(&declaration)) declare_bitset(emission, writer, *one);
      declare_nested_to_strings(emission, writer, declaration);
      break;
    case Unit::Kind::kUnion:
      declare_union(emission, writer, *as<Union>(&declaration));
      declare_nested_to_strings(emission, writer, declaration);
      break;
    case Unit::Kind::kException:
      declare_exception(emission, writer, *as<Exception>(&declaration));
      declare_nested_to_strings(emission, writer, declaration);
      break;
    case Unit::Kind::kValue:
      declare_value(emission, writer, declaration);
      declare_nested_to_strings(emission, writer, declaration);
      break;
    case Unit::Kind::kResults:
      declare_results(emission, writer, unit.method);
      break;
  }
  emission.mark_complete(declaration);
  for (const Declaration* child : children(declaration)) {
    if (declaration.kind != DeclarationKind::kInterface) emission.mark_complete(*child);
  }
}

void declare_units(Emission& emission, Writer& writer, const Section& section) {
  for (const Unit& unit : section.units) declare_unit(emission, writer, unit);
}

void declare_servants(const Emission& emission, Writer& writer) {
  for (const Interface* definition : emission.interfaces()) {
    declare_servant(emission, writer, *definition);
  }
}

/// True for what has a Type<> of its own.
bool has_type(const Declaration& declaration) {
  return as<Enum>(&declaration) != nullptr || as<Struct>(&declaration) != nullptr ||
         as<Union>(&declaration) != nullptr || as<Exception>(&declaration) != nullptr ||
         as<Interface>(&declaration) != nullptr || as<Native>(&declaration) != nullptr ||
         as<Bitmask>(&declaration) != nullptr || as<Bitset>(&declaration) != nullptr ||
         is_value(declaration);
}

void specialize_all(const Emission& emission, Writer& writer) {
  for (const Declaration* declaration : emission.generated()) {
    if (!has_type(*declaration)) continue;
    writer.in_namespace("corbel");
    if (const auto* one = as<Enum>(declaration)) specialize_enum(emission, writer, *one);
    if (const auto* one = as<Struct>(declaration)) specialize_struct(emission, writer, *one);
    if (const auto* one = as<Union>(declaration)) specialize_union(emission, writer, *one);
    if (const auto* one = as<Exception>(declaration)) specialize_exception(emission, writer, *one);
    if (const auto* one = as<Bitmask>(declaration))
      specialize_aggregate(emission, writer, *one, word_size(*one));
    if (const auto* one = as<Bitset>(declaration))
      specialize_aggregate(emission, writer, *one, word_size(*one));
    if (is_value(*declaration)) specialize_value(emission, writer, *declaration);
    if (is_local_object(*declaration)) {
      specialize_local(emission, writer, *declaration);
    } else if (const auto* native = as<Native>(declaration)) {
      specialize_by_value(emission, writer, *native);
    } else if (const auto* one = as<Interface>(declaration)) {
      specialize_proxy(emission, writer, *one);
      if (one->is_abstract) specialize_support(emission, writer, *one);
    }
  }
}

/// What comes after all types.
void declare_end(const Emission& emission, Writer& writer) {
  declare_texts(emission, writer);
  declare_servants(emission, writer);
  specialize_all(emission, writer);
}

std::string macro(const SourceFile& file, const std::string& suffix) {
  std::string name = "CORBEL_GENERATED_";
  for (const char c : base_name(file.path)) {
    const auto octet = static_cast<unsigned char>(c);
    name += std::isalnum(octet) != 0 ? static_cast<char>(std::toupper(octet)) : '_';
  }
  return name + suffix;
}

/// The sections as they are written between `before` and `after`, with the includes among them.
std::string circular_part(Emission& emission, const std::vector<Section>& sections,
                          void (*before)(const Emission&, Writer&),
                          void (*after)(const Emission&, Writer&)) {
  std::string text;
  for (const Section& section : sections) {
    if (section.include != nullptr) text += include_line(emission, *section.include) + "\n\n";
    Writer writer;
    if (&section == &sections.front()) before(emission, writer);
    declare_units(emission, writer, section);
    if (&section == &sections.back()) after(emission, writer);
    writer.in_namespace("");
    text += writer.text();
    if (!writer.text().empty()) text += '\n';
  }
  return text;
}

/// Files that include each other: the proxies of all of them come first, then the types of all.
std::string circular_header(Emission& emission, const Order& order, const std::string& banner) {
  const auto nothing = [](const Emission&, Writer&) {};
  const SourceFile& main = emission.file.main_file();
  const std::string front = circular_part(emission, order.front, declare_forward, nothing);
  const std::string back = circular_part(emission, order.back, nothing, declare_end);
  std::string condition = "#if !defined(" + macro(main, "_TYPES") + ")";
  for (const auto& file : emission.file.files) {
    if (in_cycle(main, *file)) {
      condition += " && \\\n    defined(" + macro(*file, "_PROXIES_DONE") + ")";
    }
  }
  return banner + "// This file and files that it includes include each other.\n" + "#ifndef " +
         macro(main, "_PROXIES") + "\n#define " + macro(main, "_PROXIES") + "\n\n" +
         library_includes(front + back) + class_includes(emission) + idl_includes(emission) +
         front + "#define " + macro(main, "_PROXIES_DONE") + "\n#endif\n\n" + condition +
         "\n#define " + macro(main, "_TYPES") + "\n\n" + back + "#endif\n";
}

}  // namespace

std::string header_text(Emission& emission, const std::string& banner) {
  const Order order = order_units(emission);
  if (order.front.size() > 1) return circular_header(emission, order, banner);
  Writer writer;
  declare_forward(emission, writer);
  declare_units(emission, writer, order.front.front());
  declare_units(emission, writer, order.back.front());
  declare_end(emission, writer);
  writer.in_namespace("");
  std::string text = banner + "#pragma once\n\n" + library_includes(writer.text()) +
                     class_includes(emission) + idl_includes(emission) + writer.text();
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace corbel::idl
