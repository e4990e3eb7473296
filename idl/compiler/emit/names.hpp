#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "idl/compiler/emit/file_order.hpp"
#include "idl/compiler/emit/method.hpp"

namespace corbel::idl {

/// Where in the generated code a name is written, because C++ looks it up from there.
struct Place {
  /// The module, interface, struct or exception whose C++ scope it is; null: the global namespace.
  const Declaration* scope = nullptr;
  /// Inside the interface's servant class.
  bool in_servant = false;
  /// Inside namespace corbel, where the Type<> specializations stand.
  bool in_corbel = false;
  /// Its parameters are in scope.
  const Method* method = nullptr;
};

/// What the members generated for one method are called.
struct MethodNames {
  std::string call;
  std::string async;
  std::string results;
};

/// What a proxy class's members are called, those repeated from base interfaces included.
struct ClassNames {
  std::string servant;
  /// Of an abstract interface: what values that support it derive from.
  std::string value;
  std::map<const Declaration*, MethodNames> methods;
  std::set<std::string> all;
  /// Only the types among them.
  std::set<std::string> types;
};

/// What a union's class has beside the accessors of its branches, which are called like these.
struct UnionNames {
  struct Branch {
    std::string make;
    std::string is;
  };
  std::map<const Declaration*, Branch> branches;
  std::string discriminator;
  std::string visit;
  std::string clear;
  std::string branch_of;
  /// The private members.
  std::string label_member;
  std::string value_member;
  std::set<std::string> all;
};

/// The C++ names of everything in a tree. IDL names stay as they are; where that cannot be (C++
/// keywords, `what` in an exception), underscores are appended until the name is unique, and the
/// names of what is generated besides give way to the names in the IDL.
class Names {
 public:
  explicit Names(const CheckedFile& file);

  const std::string& of(const Declaration& declaration) const;
  const ClassNames& in_class(const Interface& interface) const { return classes_.at(&interface); }
  const UnionNames& in_union(const Union& definition) const { return unions_.at(&definition); }
  const MethodNames& of(const Method& method) const {
    return in_class(*method.owner).methods.at(method.source);
  }
  /// The name of a parameter; what a setter gets is called "value".
  std::string of(const Argument& argument) const;

  /// `wish`, with underscores until no name of the IDL is equal: for our own variables, functions
  /// and parameters, which then hide nothing and are hidden by nothing.
  std::string free_name(const std::string& wish) const;
  /// What the free function is called that makes a text of `definition`, in the namespace around.
  std::string text_function(const Declaration& definition) const;

  /// "std::" and "corbel::", with a leading "::" if a name in the IDL would capture them.
  const std::string& std_prefix() const { return std_; }
  const std::string& corbel_prefix() const { return corbel_; }
  /// "stub::": the alias in sources.
  const std::string& stub_prefix() const { return stub_; }

  /// The shortest way to write `target` that C++ understands at `place`.
  std::string reference(const Declaration& target, const Place& place) const;
  /// From the global namespace, without leading "::".
  std::string qualified(const Declaration& target) const;
  /// "a::b": the namespace that holds `declaration` or the class around it.
  std::string enclosing_namespace(const Declaration& declaration) const;
  /// The module that holds `declaration` or the class around it; null: the global namespace.
  static const Declaration* enclosing_module(const Declaration& declaration);

 private:
  using Scope = std::map<std::string, const Declaration*>;

  void collect(const std::vector<const Declaration*>& declarations, const Declaration* scope);
  void name_scope(const Declaration* scope);
  void name_class(const Interface& interface);
  void name_union(const Union& definition);
  bool must_change(const Declaration& declaration, const Declaration* scope) const;
  std::set<std::string> taken_in(const Declaration* scope) const;
  std::set<std::string> taken_before(const Declaration* scope, const SourceFile& file) const;
  void name_children(const Declaration* scope, const std::vector<const Declaration*>& children,
                     std::set<std::string> taken);
  std::string text_function(const Declaration& declaration, const Declaration* module) const;
  const Declaration* find(const std::string& name, const Place& place, bool& found) const;
  bool is_servant_member(const std::string& name, const Interface& interface) const;
  bool is_hidden_by_class(const std::string& name, const Declaration& scope) const;

  const std::vector<FileGroup> groups_;
  std::vector<const Declaration*> scopes_;  // in source order
  std::map<const Declaration*, std::vector<const Declaration*>> children_;
  /// Of where each was declared first.
  std::map<const Declaration*, const SourceFile*> homes_;
  std::map<const Declaration*, std::string> names_;
  std::map<const Declaration*, Scope> visible_;
  std::map<const Interface*, ClassNames> classes_;
  std::map<const Union*, UnionNames> unions_;
  std::set<std::string> all_;
  std::string std_ = "std::";
  std::string corbel_ = "corbel::";
  std::string stub_ = "stub::";
};

}  // namespace corbel::idl
