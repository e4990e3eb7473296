#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "idl/compiler/emit/types.hpp"
#include "idl/compiler/emit/writer.hpp"

namespace corbel::idl {

/// What all emitters share while the code for one main file is written.
class Emission {
 public:
  explicit Emission(const CheckedFile& checked);

  const CheckedFile& file;
  const Names names;
  const Types types;

  /// Generated interfaces that are defined and not local, in source order: every base before what
  /// derives from it.
  const std::vector<const Interface*>& interfaces() const { return interfaces_; }
  /// Generated enums, structs and exceptions wherever they are nested, in source order.
  template <typename T>
  std::vector<const T*> all() const {
    std::vector<const T*> found;
    for (const Declaration* declaration : generated_) {
      if (const T* wanted = as<T>(declaration)) found.push_back(wanted);
    }
    return found;
  }
  /// The valuetypes and value boxes of all files, in source order.
  const std::vector<const Declaration*>& values() const { return values_; }
  /// Everything generated, in source order.
  const std::vector<const Declaration*>& generated() const { return generated_; }

  /// The name of the constant that describes a method in the source file: "account_withdraw".
  const std::string& constant(const Method& method) const;
  /// "serve_account_withdraw" and "account_operations".
  const std::string& server(const Method& method) const;
  const std::string& table(const Interface& interface) const { return tables_.at(&interface); }

  /// Types whose definition has been written so far to the header.
  void mark_complete(const Declaration& declaration) { complete_.insert(&declaration); }
  bool is_complete(const Type& type) const;

 private:
  void list(const std::vector<const Declaration*>& declarations);
  void list_values(const std::vector<const Declaration*>& declarations);
  void name_helpers(const Interface& interface);
  std::string helper(const std::string& wish);

  std::vector<const Declaration*> generated_;
  std::vector<const Interface*> interfaces_;
  std::vector<const Declaration*> values_;
  std::map<std::pair<const Declaration*, Access>, std::string> constants_;
  std::map<std::pair<const Declaration*, Access>, std::string> servers_;
  std::map<const Interface*, std::string> tables_;
  std::set<std::string> helpers_;
  std::set<const Declaration*> complete_;
};

/// "bank.idl": the last part of a path.
std::string base_name(const std::string& path);
/// "bank.idl:7".
std::string origin(const Declaration& declaration);
/// Writes "// bank.idl:7" and the documentation comment of the IDL.
void write_origin(Writer& writer, const Declaration& declaration);
/// The documentation comment, unless it is that of the definition around on the same line.
const std::string& documentation_of(const Declaration& declaration);
/// Only the documentation comment.
void write_documentation(Writer& writer, const Declaration& declaration);
void write_documentation(Writer& writer, const std::string& text);
/// "Account::Point": how a class is called in the namespace around it.
std::string class_path(const Names& names, const Declaration& declaration);
/// "naming_context" for "NamingContext".
std::string snake_case(const std::string& name);
/// A string literal with these octets.
std::string quoted(std::string_view octets);

}  // namespace corbel::idl
