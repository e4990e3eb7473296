#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "idl/compiler/ast/checked_file.hpp"
#include "idl/compiler/checker/constants.hpp"
#include "idl/compiler/checker/name_table.hpp"
#include "idl/compiler/checker/repository_ids.hpp"
#include "idl/compiler/checker/type_facts.hpp"
#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/source/reporter.hpp"

namespace corbel::idl {

/// Walks the syntax tree in source order and builds the checked tree: one function for each
/// construct, in build_<part>.cpp.
class TreeBuilder {
 public:
  TreeBuilder(CheckedFile& file, Reporter& reporter);

  void forgive(const std::unordered_set<std::string>& lost_names, bool all) {
    names_.forgive(&lost_names, all);
  }
  void build(const syntax::Definitions& definitions);
  /// What can only be said at the end: announced but never defined.
  void finish();

 private:
  // build_definitions.cpp
  void definition(const syntax::Definition& definition);
  void on(const syntax::Directive& node);
  void on(const syntax::Module& node);
  void on(const syntax::Typedef& node);
  void on(const syntax::Enum& node);
  void on(const syntax::Constant& node);
  void on(const syntax::Union& node);
  void on(const syntax::ValueType& node);
  void on(const syntax::ValueBox& node);
  void on(const syntax::StateMember& node);
  void on(const syntax::Factory& node);
  void on(const syntax::Native& node);
  void on(const syntax::TypeIdentity& node);
  void on(const syntax::Skipped& node);

  // build_structs.cpp
  void on(const syntax::Struct& node);
  void forward_struct(const syntax::Struct& node);
  void define_struct(const syntax::Struct& node);
  Struct* announced_struct(const syntax::Name& name, Entry*& entry);
  void define_exception(const syntax::Struct& node);
  template <typename Owner>
  std::uint32_t members(const syntax::Struct& node, Owner& owner);
  void check_member_type(const syntax::Member& member, const Type& type);

  // build_interfaces.cpp
  void on(const syntax::Interface& node);
  void on(const syntax::Operation& node);
  void on(const syntax::Attribute& node);
  Interface* announced_interface(const syntax::Interface& node, Entry*& entry);
  void forward_interface(const syntax::Interface& node);
  void define_interface(const syntax::Interface& node);
  void bases(const syntax::Interface& node, Interface& interface, std::vector<Scope*>& scopes);
  void check_inherited_operations(const syntax::Interface& node, const Interface& interface);
  void check_oneway(const syntax::Operation& node);
  void parameters(const syntax::Operation& node, Operation& operation);
  std::vector<const Declaration*> raises(const std::vector<syntax::ScopedName>& names);

  // build_types.cpp
  /// Null after an error. An inline definition is added to the current scope.
  const Type* type(const syntax::Type& node);
  const Type* named_type(const syntax::Type& node);
  const Type* sequence_type(const syntax::Type& node);
  const Type* string_type(const syntax::Type& node);
  const Type* defined_in_place(const syntax::Type& node);
  /// `type` with the dimensions of the declarator.
  const Type* array_type(const Type* type, const syntax::Declarator& declarator);
  /// The type of a parameter, result or attribute, which must have a name and be complete.
  const Type* parameter_type(const syntax::Type& node);
  /// Reports a type that holds what is not defined yet.
  bool is_complete(const Type& type, const Location& where);
  const Type* make(Type::Variant value, const TypeFacts::Facts& facts);
  bool check_depth(std::uint32_t depth, const Location& where);

  // build_pragmas.cpp
  void pragma(const SourceEvent& event);
  void pragma_id(const SourceEvent& event, const std::vector<std::string>& words);
  void set_repository_id(Entry& entry, std::string id, const Location& where);

  // tree_builder.cpp
  template <typename T>
  T* make_declaration(const syntax::Name& name);
  void place(Declaration& declaration, const syntax::Name& name);
  void list(Declaration& declaration);
  void refuse(const Location& where, const std::string& what);
  void note_forward(const Declaration& target, const syntax::Name& name);
  bool same_prefix(const Declaration& announced, const syntax::Name& name);

  CheckedFile& file_;
  Reporter& reporter_;
  NameTable names_;
  Constants constants_;
  RepositoryIds ids_;
  TypeFacts facts_;
  /// Where the current definition begins, for its documentation comment.
  Location definition_begin_;
  /// The forward declarations, to see at the end what was never defined.
  std::vector<const Forward*> announced_;
  std::unordered_set<const Struct*> being_defined_;
  std::unordered_map<const Interface*, Scope*> interface_scopes_;
  std::unordered_map<const Interface*, std::uint32_t> inheritance_depths_;
};

template <typename T>
T* TreeBuilder::make_declaration(const syntax::Name& name) {
  T* declaration = file_.make_declaration<T>();
  place(*declaration, name);
  return declaration;
}

}  // namespace corbel::idl
