#pragma once

#include <string>
#include <unordered_map>
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
  const Type* constant_type(const syntax::Type& node);
  void on(const syntax::Native& node);
  void read_by_value(Native& native, const Location& where);
  void on(const syntax::Component& node);
  void on(const syntax::AnnotationType&) {}

  // build_structs.cpp
  void on(const syntax::Struct& node);
  void define_struct(const syntax::Struct& node);
  void define_exception(const syntax::Struct& node);
  const Struct* struct_base(const syntax::Struct& node);
  template <typename Owner>
  TypeFacts::Facts members(const syntax::Struct& node, Owner& owner);
  void check_member_type(const Location& where, const Type& type);
  /// The type of a member with this declarator; null after an error.
  const Type* member_type(const Type* base, const syntax::Declarator& declarator);

  // build_unions.cpp
  void on(const syntax::Union& node);
  const Type* discriminator(const syntax::Type& node);
  void labels(const syntax::UnionCase& node, UnionCase& made, class UnionLabels& taken);
  void branch(const syntax::UnionCase& node, Union& owner, class UnionLabels& taken,
              TypeFacts::Facts& facts);

  // build_interfaces.cpp
  void on(const syntax::Interface& node);
  void define_interface(const syntax::Interface& node);
  std::vector<const Interface*> bases(const syntax::Interface& node);
  const Interface* interface_named(const syntax::ScopedName& name, const char* purpose);
  bool check_base(const syntax::Interface& node, const Interface& base, const Location& where);
  /// Reports too many ancestors and operations of the same name. `name` is what inherits.
  void check_inherited(const syntax::Name& name, const std::vector<const Declaration*>& ancestors);
  /// Notes how deep `declaration` derives; false, reported, if that is too deep.
  bool note_inheritance(const Declaration& declaration, const syntax::Name& name,
                        const std::vector<const Declaration*>& bases);
  std::vector<Scope*> scopes_of(const std::vector<const Declaration*>& declarations);

  // build_operations.cpp
  void on(const syntax::Operation& node);
  void on(const syntax::Attribute& node);
  void check_oneway(const syntax::Operation& node);
  std::vector<const Parameter*> parameters(const std::vector<syntax::Parameter>& nodes);
  std::vector<const Declaration*> raises(const std::vector<syntax::ScopedName>& names);
  /// Reports something local in the signature of an interface, or the state of a valuetype, that is
  /// not.
  void check_locality(const TypeFacts::Facts& facts, const Location& where, bool is_state = false);

  // build_values.cpp
  void on(const syntax::ValueType& node);
  void on(const syntax::ValueBox& node);
  void on(const syntax::StateMember& node);
  void on(const syntax::Factory& node);
  void define_value(const syntax::ValueType& node);
  void value_bases(const syntax::ValueType& node, ValueType& value);
  void check_value_base(const syntax::ValueType& node, const ValueType& base, const Location& where,
                        bool is_first);
  void value_supports(const syntax::ValueType& node, ValueType& value);

  // build_bits.cpp
  void on(const syntax::Bitmask& node);
  void on(const syntax::Bitset& node);
  std::uint32_t bit_bound(const Bitmask& bitmask);
  void bit_field(const syntax::BitField& node, Bitset& bitset, std::uint32_t& bits);

  // build_annotations.cpp
  /// From here on declarations get these annotations and the documentation above `begin`.
  void begin_part(const Location& begin, const std::vector<syntax::Annotation>& annotations);
  std::vector<Annotation> annotations(const std::vector<syntax::Annotation>& nodes);
  /// Counts what is kept, and reports when that becomes too much.
  void count_octets(const Annotation& annotation, const Location& where);
  /// Gives `@default` of a member the member's type.
  void check_default(const std::vector<syntax::Annotation>& nodes, Declaration& member,
                     const Type& type);

  // build_types.cpp
  /// Null after an error. An inline definition is added to the current scope.
  const Type* type(const syntax::Type& node);
  const Type* named_type(const syntax::Type& node);
  const Type* sequence_type(const syntax::Type& node);
  const Type* map_type(const syntax::Type& node);
  const Type* string_type(const syntax::Type& node);
  const Type* fixed_type(const syntax::Type& node);
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
  void on(const syntax::TypeIdentity& node);
  void type_prefix(const syntax::TypeIdentity& node, std::string prefix);
  void on(const syntax::Import& node);

  // tree_builder.cpp
  template <typename T>
  T* make_declaration(const syntax::Name& name);
  void place(Declaration& declaration, const syntax::Name& name);
  void list(Declaration& declaration);
  void note_forward(const Declaration& target, const syntax::Name& name);
  bool same_prefix(const Entry& announced, const syntax::Name& name);
  /// The T that was declared under this name in this scope, or null; `entry` is then a clash.
  template <typename T>
  T* announced(const syntax::Name& name, Entry*& entry);
  /// Announces a T; null if that is an error.
  template <typename T>
  T* announce(const syntax::Name& name);
  /// The T to define under this name: the announced one, or a new one; null after an error. An
  /// empty `entry` means that the name could not be declared.
  template <typename T>
  T* begin_definition(const syntax::Name& name, Entry*& entry);

  CheckedFile& file_;
  Reporter& reporter_;
  NameTable names_;
  Constants constants_;
  RepositoryIds ids_;
  TypeFacts facts_;
  /// Where the current definition begins, for its documentation comment, and its annotations.
  Location definition_begin_;
  std::vector<Annotation> annotations_;
  /// What annotations and documentation take so far: both are copied to each of several names.
  std::size_t annotation_octets_ = 0;
  std::size_t documentation_octets_ = 0;
  /// The forward declarations, to see at the end what was never defined.
  std::vector<const Forward*> announced_;
  std::unordered_set<const Declaration*> being_defined_;
  std::unordered_map<const Declaration*, Scope*> scopes_;
  std::unordered_map<const Declaration*, std::uint32_t> inheritance_depths_;
  /// Files in which the warning about components was given.
  std::unordered_set<const SourceFile*> with_components_;
};

template <typename T>
T* TreeBuilder::make_declaration(const syntax::Name& name) {
  T* declaration = file_.make_declaration<T>();
  place(*declaration, name);
  return declaration;
}

template <typename T>
T* TreeBuilder::announced(const syntax::Name& name, Entry*& entry) {
  entry = names_.current().find_own(name.text);
  if (entry == nullptr || entry->name != name.text || !entry->skipped.empty()) return nullptr;
  return as<T>(entry->declaration);
}

template <typename T>
T* TreeBuilder::announce(const syntax::Name& name) {
  Entry* entry = nullptr;
  T* target = announced<T>(name, entry);
  if (target != nullptr) {
    if (!same_prefix(*entry, name)) return nullptr;
  } else {
    target = make_declaration<T>(name);
    if (names_.declare(name, target) == nullptr) return nullptr;
  }
  note_forward(*target, name);
  return target;
}

template <typename T>
T* TreeBuilder::begin_definition(const syntax::Name& name, Entry*& entry) {
  T* made = announced<T>(name, entry);
  if (made == nullptr) {
    made = make_declaration<T>(name);
    entry = names_.declare(name, made);
    return made;
  }
  if (made->is_defined || being_defined_.contains(made)) {
    names_.report_redefinition(name, *entry);
    return nullptr;
  }
  if (!same_prefix(*entry, name)) return nullptr;
  const std::string id = made->repository_id;
  place(*made, name);
  made->repository_id = id;
  entry->location = name.location;
  return made;
}

}  // namespace corbel::idl
