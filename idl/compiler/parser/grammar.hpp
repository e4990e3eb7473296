#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "idl/compiler/parser/syntax.hpp"
#include "idl/compiler/parser/token_cursor.hpp"

namespace corbel::idl {

/// One function for each production of the grammar, by recursive descent; the definitions stand in
/// parse_<part>.cpp.
class Grammar {
 public:
  Grammar(const TokenStream& stream, Reporter& reporter) : cursor_(stream, reporter) {}

  syntax::Definitions specification();
  std::unordered_set<std::string> lost_names() { return std::move(lost_names_); }

 private:
  /// Counts nesting as long as it lives; fails beyond the limit.
  class Nesting {
   public:
    explicit Nesting(Grammar& grammar);
    ~Nesting() { --grammar_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Grammar& grammar_;
  };

  enum class Place { kModule, kInterface, kValueType, kHome };

  // parse_definitions.cpp
  syntax::Definitions body(Place place, const std::string& what, const Location& opened);
  void events(syntax::Definitions& into);
  void definition_or_recover(Place place, syntax::Definitions& into);
  syntax::DefinitionPtr definition(Place place);
  bool at_module_definition() const;
  syntax::Definition module_definition(Place place);
  syntax::Module module();
  syntax::Typedef type_definition();
  syntax::Constant constant();
  syntax::Native native();
  syntax::TypeIdentity type_identity();
  syntax::Import import();
  syntax::Bitmask bitmask();
  syntax::Bitset bitset();
  syntax::BitField bit_field();

  // parse_annotations.cpp
  std::vector<syntax::Annotation> annotations();
  syntax::AnnotationType annotation_type();

  // parse_components.cpp
  bool at_component() const;
  syntax::Component component_construct();
  void component_header(std::string_view construct);
  void ports(const std::string& what, const Location& opened);
  void port();
  void provides_or_uses();

  // parse_interfaces.cpp
  syntax::Definition interface_or_value();
  syntax::Interface interface(bool is_abstract, bool is_local);
  syntax::Definition value(bool is_abstract, bool is_custom);
  void value_header(syntax::ValueType& parsed, std::string_view what);
  syntax::Definition export_definition(Place place);
  syntax::Operation operation();
  syntax::Attribute attribute();
  syntax::StateMember state_member();
  syntax::Factory factory();
  std::vector<syntax::Parameter> parameters(bool in_only);
  syntax::Parameter parameter(bool in_only);
  std::vector<syntax::ScopedName> raises(std::string_view keyword);
  std::vector<Token> context();
  std::vector<syntax::ScopedName> scoped_names(std::string_view what);

  // parse_types.cpp
  syntax::TypePtr type(bool may_define = true);
  void keyword_type(syntax::Type& into, bool may_define);
  void unsigned_type(syntax::Type& into);
  void long_type(syntax::Type& into);
  void template_type(syntax::Type& into);
  syntax::TypePtr result_type();
  std::vector<syntax::Declarator> declarators();
  syntax::Declarator declarator();
  syntax::Struct structure();
  std::vector<syntax::Member> members(const std::string& what, const Location& opened);
  syntax::Union union_type();
  syntax::UnionCase union_case();
  syntax::Enum enumeration();
  syntax::Enumerator enumerator(std::string_view what);

  // parse_expressions.cpp
  syntax::ExpressionPtr expression(bool in_angles = false);
  syntax::ExpressionPtr binary(std::size_t level);
  syntax::ExpressionPtr unary();
  syntax::ExpressionPtr primary();
  syntax::ExpressionPtr make(syntax::Expression::Kind kind);

  TokenCursor cursor_;
  std::unordered_set<std::string> lost_names_;
  std::size_t depth_ = 0;
  /// Inside of `<...>` a `>>` closes two of them.
  bool in_angles_ = false;
  std::size_t expression_size_ = 0;
};

}  // namespace corbel::idl
