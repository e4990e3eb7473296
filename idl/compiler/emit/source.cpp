#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {
namespace {

void define_all(const Emission& emission, Writer& writer) {
  for (const Declaration* declaration : emission.generated()) {
    if (const auto* one = as<Enum>(declaration)) define_to_string(emission, writer, *one);
    if (const auto* one = as<Struct>(declaration)) define_struct(emission, writer, *one);
    if (const auto* one = as<Union>(declaration)) define_union(emission, writer, *one);
    if (const auto* one = as<Bitset>(declaration)) define_bitset(emission, writer, *one);
    define_text(emission, writer, *declaration);
    if (const auto* one = as<Exception>(declaration)) define_exception(emission, writer, *one);
    if (is_value(*declaration)) define_value(emission, writer, *declaration);
    if (const auto* one = as<Interface>(declaration); one != nullptr && !one->is_local) {
      define_proxy(emission, writer, *one);
      define_servant(emission, writer, *one);
    }
  }
}

void specialize_all_results(const Emission& emission, Writer& writer) {
  for (const Interface* interface : emission.interfaces()) {
    for (const Method& method : own_methods(*interface)) {
      if (!method.has_outs()) continue;
      writer.in_namespace("corbel");
      specialize_results(emission, writer, method);
    }
  }
}

bool is_abstract(const Declaration& declaration) {
  const auto* interface = as<Interface>(&declaration);
  return interface != nullptr && interface->is_abstract && interface->is_defined;
}

/// True for what has functions of a Type<> in the source.
bool has_codec(const Declaration& declaration) {
  return as<Enum>(&declaration) != nullptr || as<Struct>(&declaration) != nullptr ||
         as<Union>(&declaration) != nullptr || as<Exception>(&declaration) != nullptr ||
         as<Bitmask>(&declaration) != nullptr || as<Bitset>(&declaration) != nullptr ||
         is_value(declaration) || is_abstract(declaration);
}

void implement_all(const Emission& emission, Writer& writer) {
  for (const Declaration* declaration : emission.generated()) {
    if (has_codec(*declaration)) writer.in_namespace("corbel");
    if (const auto* one = as<Enum>(declaration)) implement_enum(emission, writer, *one);
    if (const auto* one = as<Struct>(declaration)) implement_struct(emission, writer, *one);
    if (const auto* one = as<Union>(declaration)) implement_union(emission, writer, *one);
    if (const auto* one = as<Bitmask>(declaration)) implement_bitmask(emission, writer, *one);
    if (const auto* one = as<Bitset>(declaration)) implement_bitset(emission, writer, *one);
    if (const auto* one = as<Exception>(declaration)) implement_exception(emission, writer, *one);
    if (is_value(*declaration)) implement_value(emission, writer, *declaration);
    if (is_abstract(*declaration)) implement_support(emission, writer, *as<Interface>(declaration));
  }
}

std::string known_values_text(const Emission& emission) {
  Writer writer;
  define_known_values(emission, writer);
  return writer.text().empty() ? "" : writer.text() + "\n";
}

}  // namespace

std::string source_text(Emission& emission, const std::string& banner) {
  Writer writer;
  specialize_all_results(emission, writer);
  define_all(emission, writer);
  implement_all(emission, writer);
  writer.in_namespace("");

  std::string includes = "#include \"" + base_name(emission.file.main_file().path) + ".hpp\"\n\n";
  if (writer.text().empty()) return banner + includes;
  std::string code = writer.text();
  const auto uses = [&code](const std::string& text) {
    return code.find(text) != std::string::npos;
  };
  if (uses(known_values(emission))) code.insert(0, known_values_text(emission));
  if (uses("corbel::Any") || uses(emission.names.stub_prefix() + "print(")) {
    includes += "#include <corbel/any.hpp>\n";
  }
  if (uses("stub::put_bits(")) includes += "#include <corbel/bitmask.hpp>\n";
  if (uses("stub::kValueType<") || uses("stub::value_base_type_code")) {
    includes += "#include <corbel/stub/value.hpp>\n";
  }
  if (uses("stub::call_abstract<")) includes += "#include <corbel/stub/abstract_call.hpp>\n";
  includes += "#include <corbel/stub/proxy_base.hpp>\n#include <corbel/stub/skeleton.hpp>\n\n";
  if (uses("std::ostream")) includes += "#include <ostream>\n\n";
  std::string alias = emission.names.stub_prefix();
  alias.resize(alias.size() - 2);
  return banner + includes + "namespace " + alias + " = corbel::stub;\n\n" + code;
}

}  // namespace corbel::idl
