#pragma once

#include <corbel/typecode.hpp>
#include <idl/compiler/ast/checked_file.hpp>
#include <idl/compiler/ast/interface.hpp>
#include <idl/compiler/ast/value_type.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace corbel::dynamic {

/// A type that no TypeCode can describe; what() says why.
class NotDescribable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Makes TypeCodes of checked IDL. Types that contain themselves, or each other, become recursive.
class TypeBuilder {
 public:
  /// Throws NotDescribable.
  TypeCode of(const idl::Type& type);
  TypeCode of(const idl::Declaration& declaration);

 private:
  using Members = std::vector<TypeCode::NamedType>;

  TypeCode of_primitive(idl::Primitive primitive);
  TypeCode of_constructed(const idl::Declaration& declaration);
  TypeCode of_union(const idl::Union& definition);
  TypeCode of_value(const idl::ValueType& definition);
  TypeCode of_enum(const idl::Enum& definition);
  void add_members(const idl::Struct& definition, Members& members);

  std::unordered_map<const idl::Declaration*, TypeCode> done_;
  std::vector<const idl::Declaration*> around_;  // being made, outermost first
  std::size_t outermost_met_ = ~std::size_t{0};  // the outermost of them that was met again
  unsigned made_ = 0;
};

}  // namespace corbel::dynamic
