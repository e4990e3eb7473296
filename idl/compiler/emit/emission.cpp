#include "idl/compiler/emit/emission.hpp"

#include <algorithm>
#include <cctype>

#include "idl/compiler/emit/tree.hpp"
#include "idl/compiler/emit/value_parts.hpp"

namespace corbel::idl {

Emission::Emission(const CheckedFile& checked) : file(checked), names(checked), types(names) {
  list({file.definitions.begin(), file.definitions.end()});
  list_values({file.definitions.begin(), file.definitions.end()});
  for (const Interface* interface : all<Interface>()) {
    if (interface->is_local) continue;
    interfaces_.push_back(interface);
    name_helpers(*interface);
  }
}

void Emission::list(const std::vector<const Declaration*>& declarations) {
  for (const Declaration* declaration : declarations) {
    if (!is_generated(*declaration)) continue;
    if (declaration->kind != DeclarationKind::kModule) generated_.push_back(declaration);
    list(children(*declaration));
  }
}

void Emission::list_values(const std::vector<const Declaration*>& declarations) {
  for (const Declaration* declaration : declarations) {
    if (is_value(*declaration)) values_.push_back(declaration);
    if (declaration->kind == DeclarationKind::kModule) list_values(children(*declaration));
  }
}

std::string Emission::helper(const std::string& wish) {
  std::string name = names.free_name(wish);
  while (!helpers_.insert(name).second) name += '_';
  return name;
}

void Emission::name_helpers(const Interface& interface) {
  const std::string prefix = snake_case(interface.name) + "_";
  for (const Method& method : own_methods(interface)) {
    const char* access = method.access == Access::kGet   ? "get_"
                         : method.access == Access::kSet ? "set_"
                                                         : "";
    const std::string name = prefix + access + method.source->name;
    constants_[{method.source, method.access}] = helper(name);
    servers_[{method.source, method.access}] = helper("serve_" + name);
  }
  tables_[&interface] = helper(prefix + "operations");
}

const std::string& Emission::constant(const Method& method) const {
  return constants_.at({method.source, method.access});
}

const std::string& Emission::server(const Method& method) const {
  return servers_.at({method.source, method.access});
}

bool Emission::is_complete(const Type& type) const {
  const std::vector<const Declaration*> named = named_in(type);
  return std::all_of(named.begin(), named.end(), [this](const Declaration* declaration) {
    if (const auto* alias = as<Typedef>(declaration)) return is_complete(*alias->type);
    if (declaration->kind == DeclarationKind::kEnum || is_value(*declaration)) return true;
    const auto* interface = as<Interface>(declaration);
    if (interface != nullptr && !interface->is_defined) return true;  // written as corbel::Object
    if (is_generated(*declaration)) return complete_.contains(declaration);
    return !in_cycle(home(*declaration), file.main_file());
  });
}

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string origin(const Declaration& declaration) {
  return base_name(declaration.location.file->path) + ":" +
         std::to_string(declaration.location.line);
}

const std::string& documentation_of(const Declaration& declaration) {
  static const std::string none;
  const Declaration* parent = declaration.parent;
  const bool is_parents = parent != nullptr && parent->location.line == declaration.location.line &&
                          parent->documentation == declaration.documentation;
  return is_parents ? none : declaration.documentation;
}

void write_documentation(Writer& writer, const Declaration& declaration) {
  write_documentation(writer, documentation_of(declaration));
}

void write_documentation(Writer& writer, const std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    // A backslash at the end of a comment line, or what may stand for one, would swallow the next
    // line.
    const auto cut = [&line](std::string_view tail) {
      if (!line.ends_with(tail)) return false;
      line.resize(line.size() - tail.size());
      return true;
    };
    while (cut("\\") || cut(" ") || cut("\r") ||
           cut("?"
               "?/")) {
    }
    writer.line("///" + (line.empty() ? "" : " " + line));
    begin = end + 1;
  }
}

void write_origin(Writer& writer, const Declaration& declaration) {
  writer.blank();
  writer.line("// " + origin(declaration));
  write_documentation(writer, declaration);
}

std::string class_path(const Names& names, const Declaration& declaration) {
  std::string path = names.of(declaration);
  const Declaration* scope = scope_of(declaration);
  for (; scope != nullptr && scope->kind != DeclarationKind::kModule; scope = scope_of(*scope)) {
    path = names.of(*scope) + "::" + path;
  }
  return path;
}

std::string snake_case(const std::string& name) {
  const auto is_upper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts_word =
        i > 0 && is_upper(name[i]) && name[i - 1] != '_' &&
        (!is_upper(name[i - 1]) ||
         (i + 1 < name.size() && name[i + 1] != '_' && !is_upper(name[i + 1])));
    if (starts_word) result += '_';
    result += static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
  }
  return result;
}

std::string quoted(std::string_view octets) {
  static constexpr char kDigits[] = "01234567";
  std::string literal = "\"";
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    // "??/" would be a trigraph.
    if (c == '"' || c == '\\' || (c == '?' && literal.ends_with('?'))) {
      literal += '\\';
      literal += c;
    } else if (octet >= 0x20 && octet < 0x7f) {
      literal += c;
    } else {
      // Three octal digits: a digit that follows cannot become part of it.
      literal += '\\';
      for (const int shift : {6, 3, 0}) literal += kDigits[(octet >> shift) & 7];
    }
  }
  return literal + '"';
}

}  // namespace corbel::idl
