#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

namespace cdr {
class Encoder;
class Decoder;
}  // namespace cdr

class Any;

/// CORBA::TCKind, values as on the wire.
enum class TCKind : std::uint32_t {
  tk_null = 0,
  tk_void,
  tk_short,
  tk_long,
  tk_ushort,
  tk_ulong,
  tk_float,
  tk_double,
  tk_boolean,
  tk_char,
  tk_octet,
  tk_any,
  tk_TypeCode,
  tk_Principal,
  tk_objref,
  tk_struct,
  tk_union,
  tk_enum,
  tk_string,
  tk_sequence,
  tk_array,
  tk_alias,
  tk_except,
  tk_longlong,
  tk_ulonglong,
  tk_longdouble,
  tk_wchar,
  tk_wstring,
  tk_fixed,
  tk_value,
  tk_value_box,
  tk_native,
  tk_abstract_interface,
  tk_local_interface,
};

namespace detail {
struct TypeCodeNode;
}

/// The description of an IDL type at run time (CORBA 3.3, 8.11): an immutable value, cheap to copy.
/// Recursive types are made with recursive(id) inside the type whose id that is.
/// Accessors throw corbel::BadTypecode where the kind has no such part, BadParam for an index out
/// of range. Threads: any.
class TypeCode {
 public:
  /// tk_null.
  TypeCode();
  /// A type without parameters, tk_null to tk_TypeCode, tk_longlong, tk_wchar, ...
  TypeCode(TCKind kind);  // NOLINT: a kind is a type code

  struct NamedType;    // struct, exception and valuetype members
  struct UnionMember;  // label, name, type

  static TypeCode string(std::uint32_t bound = 0);
  static TypeCode wstring(std::uint32_t bound = 0);
  static TypeCode sequence(TypeCode element, std::uint32_t bound = 0);
  static TypeCode array(TypeCode element, std::uint32_t length);
  static TypeCode alias(std::string id, std::string name, TypeCode original);
  static TypeCode enumeration(std::string id, std::string name, std::vector<std::string> labels);
  static TypeCode structure(std::string id, std::string name, std::vector<NamedType> members);
  static TypeCode exception(std::string id, std::string name, std::vector<NamedType> members);
  /// default_index -1: no default label. Labels are in the discriminator's range as signed 64 bit.
  static TypeCode union_(std::string id, std::string name, TypeCode discriminator,
                         std::int32_t default_index, std::vector<UnionMember> members);
  static TypeCode interface(std::string id, std::string name);
  static TypeCode local_interface(std::string id, std::string name);
  static TypeCode abstract_interface(std::string id, std::string name);
  static TypeCode fixed(std::uint16_t digits, std::int16_t scale);
  /// modifier: VM_NONE 0, VM_CUSTOM 1, VM_ABSTRACT 2, VM_TRUNCATABLE 3. visibility: private 0,
  /// public 1.
  static TypeCode value(std::string id, std::string name, std::int16_t modifier, TypeCode base,
                        std::vector<NamedType> members);
  static TypeCode value_box(std::string id, std::string name, TypeCode boxed);
  static TypeCode recursive(std::string id);

  TCKind kind() const noexcept;
  const std::string& id() const;
  const std::string& name() const;
  std::uint32_t member_count() const;
  const std::string& member_name(std::uint32_t index) const;
  TypeCode member_type(std::uint32_t index) const;
  std::int64_t member_label(std::uint32_t index) const;
  std::int16_t member_visibility(std::uint32_t index) const;
  TypeCode discriminator_type() const;
  std::int32_t default_index() const;
  /// Bound of a string or sequence (0: none), length of an array.
  std::uint32_t length() const;
  /// Element of a sequence or array, original of an alias, boxed type of a value box.
  TypeCode content_type() const;
  std::uint16_t fixed_digits() const;
  std::int16_t fixed_scale() const;
  std::int16_t type_modifier() const;
  TypeCode concrete_base_type() const;

  /// The type behind all aliases.
  TypeCode unaliased() const;
  /// Identical in all parts, names included (CORBA equal).
  bool equal(const TypeCode& other) const;
  /// Same type on the wire: aliases looked through, names ignored, ids compared where both have
  /// one.
  bool equivalent(const TypeCode& other) const;
  friend bool operator==(const TypeCode& left, const TypeCode& right) { return left.equal(right); }

  /// IDL-like text: "struct bank::Point", "sequence<long, 8>".
  std::string to_string() const;

  void encode(cdr::Encoder& encoder) const;
  /// Failures are kept in the decoder; the result is tk_null then.
  static TypeCode decode(cdr::Decoder& decoder);

  /// As to_string().
  friend std::ostream& operator<<(std::ostream& out, const TypeCode& type);

  /// Internal: the shared description.
  const std::shared_ptr<const detail::TypeCodeNode>& node() const noexcept { return node_; }
  explicit TypeCode(std::shared_ptr<const detail::TypeCodeNode> node) : node_(std::move(node)) {}

 private:
  std::shared_ptr<const detail::TypeCodeNode> node_;
};

struct TypeCode::NamedType {
  std::string name;
  TypeCode type;
  std::int16_t visibility = 1;
};

struct TypeCode::UnionMember {
  std::int64_t label = 0;  ///< ignored at the default index
  std::string name;
  TypeCode type;
};

}  // namespace corbel
