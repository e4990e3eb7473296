#include <algorithm>
#include <optional>

#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

// to_string() and operator<< of structs and unions. The runtime prints them by their TypeCode.
namespace corbel::idl {
namespace {

bool holds_local(const Declaration& declaration, std::set<const Declaration*>& seen);

bool holds_local(const Type& type, std::set<const Declaration*>& seen) {
  const std::vector<const Declaration*> named = named_in(type);
  return std::any_of(named.begin(), named.end(),
                     [&](const Declaration* one) { return holds_local(*one, seen); });
}

/// True if a value can hold an object that does not travel.
bool holds_local(const Declaration& declaration, std::set<const Declaration*>& seen) {
  if (is_local_object(declaration)) return true;
  if (!seen.insert(&declaration).second) return false;
  if (const auto* alias = as<Typedef>(&declaration)) return holds_local(*alias->type, seen);
  const std::vector<const Declaration*> parts = children(declaration);
  return std::any_of(parts.begin(), parts.end(), [&](const Declaration* part) {
    if (const auto* member = as<Member>(part)) return holds_local(*member->type, seen);
    const auto* branch = as<UnionCase>(part);
    return branch != nullptr && holds_local(*branch->type, seen);
  });
}

bool is_printable(const Declaration& declaration) {
  if (as<Bitmask>(&declaration) != nullptr || as<Bitset>(&declaration) != nullptr) return true;
  if (as<Struct>(&declaration) == nullptr && as<Union>(&declaration) == nullptr) return false;
  std::set<const Declaration*> seen;
  return !holds_local(declaration, seen);
}

struct Signatures {
  std::string function;
  std::string to_string;
  std::string print;
  std::string out;
  std::string value;
};

Signatures signatures(const Emission& emission, const Declaration& definition) {
  const Names& names = emission.names;
  const Declaration* module = Names::enclosing_module(definition);
  const std::string& std_prefix = names.std_prefix();
  Signatures made;
  made.function = names.text_function(definition);
  made.out = names.free_name("out");
  made.value = names.free_name("value");
  const std::string parameter =
      "const " + names.reference(definition, {module}) + "& " + made.value + ")";
  made.to_string = std_prefix + "string " + made.function + "(\v" + parameter;
  made.print = std_prefix + "ostream& operator<<(\v" + std_prefix + "ostream& " + made.out + ",\f" +
               parameter;
  return made;
}

}  // namespace

void declare_texts(const Emission& emission, Writer& writer) {
  std::optional<std::string> current;
  for (const Declaration* declaration : emission.generated()) {
    if (!is_printable(*declaration)) continue;
    const std::string path = emission.names.enclosing_namespace(*declaration);
    if (current != path) {
      current = path;
      writer.in_namespace(path);
      writer.blank();
      writer.comment("As an any prints them.");
    }
    const Signatures text = signatures(emission, *declaration);
    writer.line(text.to_string + ";");
    writer.line(text.print + ";");
  }
}

void define_text(const Emission& emission, Writer& writer, const Declaration& definition) {
  if (!is_printable(definition)) return;
  if (as<Bitmask>(&definition) != nullptr) {
    writer.in_namespace(emission.names.enclosing_namespace(definition));
    writer.blank();
    writer.line("// " + origin(definition));
  }
  const Signatures text = signatures(emission, definition);
  const std::string& stub = emission.names.stub_prefix();
  if (const auto* mask = as<Bitmask>(&definition)) {
    writer.function(text.to_string,
                    {"return " + stub + "print_flags(\vstatic_cast<" + emission.names.std_prefix() +
                     "uint" + std::to_string(8 * word_size(*mask)) + "_t>(" + text.value + "),\f" +
                     flag_list(*mask) + ");"});
  } else {
    writer.function(text.to_string, {"return " + stub + "print(" + text.value + ");"});
  }
  writer.function(text.print,
                  {"return " + text.out + " << " + text.function + "(" + text.value + ");"});
}

}  // namespace corbel::idl
