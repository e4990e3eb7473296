#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "idl/compiler/emit/names.hpp"

namespace corbel::idl {

/// Writes IDL types as C++.
class Types {
 public:
  explicit Types(const Names& names) : names_(names) {}

  /// As a member, result or element: "std::vector<NameComponent>"; "void" for no result.
  std::string name(const Type& type, const Place& place) const;
  /// As an in parameter: "std::string_view", "std::span<const double>", "const Name&".
  std::string parameter(const Type& type, const Place& place) const;
  /// "std::span<const double>" for sequences that are lent; the element's name by itself.
  bool is_span(const Type& type) const;
  std::string span_element(const Type& type, const Place& place) const;

  /// How one occurrence travels: "stub::Plain<Name>", "stub::BoundedString<8>".
  std::string codec(const Type& type, const Place& place) const;
  /// True if the C++ type alone does not tell how it travels.
  bool needs_codec(const Type& type) const;

  /// Octets on the wire, at least.
  std::uint64_t smallest_size(const Type& type) const;

  /// Passed by value: basic types and enums.
  bool is_small(const Type& type) const;
  const Names& names() const { return names_; }

 private:
  std::string primitive(Primitive primitive, const Place& place) const;
  std::string array(const ArrayType& type, std::string element, const std::string& of_what) const;
  std::string std_prefix(const Place& place) const;
  std::string corbel_prefix(const Place& place) const;
  std::string stub_prefix(const Place& place) const;

  const Names& names_;
  mutable std::map<const Declaration*, std::uint64_t> struct_sizes_;
};

/// A sequence's element bound: ", 8", or nothing.
std::string bound_argument(std::uint32_t bound);

/// Octets of the integer that a bitmask or bitset travels as.
std::uint64_t word_size(const Bitmask& definition);
std::uint64_t word_size(const Bitset& definition);

/// True for a local interface or a native type that does not travel: its values are shared
/// pointers.
bool is_local_object(const Declaration& declaration);

/// The declaration of a struct, enum, interface, ... behind typedefs; null for other types.
const Declaration* named_declaration(const Type& type);

}  // namespace corbel::idl
