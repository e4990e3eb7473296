#include "idl/compiler/lexer/keywords.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace corbel::idl {
namespace {

// Sorted without regard to case.
constexpr std::array<std::string_view, 65> kKeywords{
    "abstract",   "any",       "attribute", "boolean",    "case",        "char",      "component",
    "const",      "consumes",  "context",   "custom",     "default",     "double",    "emits",
    "enum",       "eventtype", "exception", "factory",    "FALSE",       "finder",    "fixed",
    "float",      "getraises", "home",      "import",     "in",          "inout",     "interface",
    "local",      "long",      "manages",   "module",     "multiple",    "native",    "Object",
    "octet",      "oneway",    "out",       "primarykey", "private",     "provides",  "public",
    "publishes",  "raises",    "readonly",  "sequence",   "setraises",   "short",     "string",
    "struct",     "supports",  "switch",    "TRUE",       "truncatable", "typedef",   "typeid",
    "typeprefix", "union",     "unsigned",  "uses",       "ValueBase",   "valuetype", "void",
    "wchar",      "wstring",
};

constexpr std::array<std::string_view, 17> kComponentKeywords{
    "component", "consumes",  "emits",   "eventtype",  "finder",     "getraises",
    "home",      "import",    "manages", "multiple",   "primarykey", "provides",
    "publishes", "setraises", "typeid",  "typeprefix", "uses"};

int lower(char c) { return std::tolower(static_cast<unsigned char>(c)); }

bool less_ignoring_case(std::string_view left, std::string_view right) {
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [](char a, char b) { return lower(a) < lower(b); });
}

}  // namespace

std::string_view find_keyword(std::string_view word) {
  const auto* found =
      std::lower_bound(kKeywords.begin(), kKeywords.end(), word, less_ignoring_case);
  if (found == kKeywords.end() || less_ignoring_case(word, *found)) return {};
  return *found;
}

bool is_component_keyword(std::string_view keyword) {
  return std::find(kComponentKeywords.begin(), kComponentKeywords.end(), keyword) !=
         kComponentKeywords.end();
}

}  // namespace corbel::idl
