#include "idl/compiler/emit/emitters.hpp"
#include "idl/compiler/emit/tree.hpp"

namespace corbel::idl {
namespace {

void define_all(const Emission& emission, Writer& writer) {
  for (const Declaration* declaration : emission.generated()) {
    if (const auto* one = as<Enum>(declaration)) define_to_string(emission, writer, *one);
    if (const auto* one = as<Struct>(declaration)) define_struct(emission, writer, *one);
    if (const auto* one = as<Exception>(declaration)) define_exception(emission, writer, *one);
    if (const auto* one = as<Interface>(declaration)) {
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

void implement_all(const Emission& emission, Writer& writer) {
  for (const Declaration* declaration : emission.generated()) {
    const auto* enumeration = as<Enum>(declaration);
    const auto* structure = as<Struct>(declaration);
    const auto* exception = as<Exception>(declaration);
    if (enumeration == nullptr && structure == nullptr && exception == nullptr) continue;
    writer.in_namespace("corbel");
    if (enumeration != nullptr) implement_enum(emission, writer, *enumeration);
    if (structure != nullptr) implement_struct(emission, writer, *structure);
    if (exception != nullptr) implement_exception(emission, writer, *exception);
  }
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
  if (writer.text().find("corbel::Any") != std::string::npos) {
    includes += "#include <corbel/any.hpp>\n";
  }
  includes += "#include <corbel/stub/proxy_base.hpp>\n#include <corbel/stub/skeleton.hpp>\n\n";
  std::string alias = emission.names.stub_prefix();
  alias.resize(alias.size() - 2);
  return banner + includes + "namespace " + alias + " = corbel::stub;\n\n" + writer.text();
}

}  // namespace corbel::idl
