#pragma once

#include "idl/compiler/emit/emission.hpp"
#include "idl/compiler/emit/order.hpp"

// One function per construct and artifact. Each writes at the place that its name says: `declare_`
// in the header, `define_` in the source, `specialize_` the header's Type<> and `implement_` the
// source's.
namespace corbel::idl {

// enum.cpp
void declare_enum(const Emission& emission, Writer& writer, const Enum& definition);
/// The free function, in the namespace around the enum.
void declare_to_string(const Emission& emission, Writer& writer, const Enum& definition);
/// The same for the enums nested in a class that is complete now.
void declare_nested_to_strings(const Emission& emission, Writer& writer, const Declaration& scope);
void define_to_string(const Emission& emission, Writer& writer, const Enum& definition);
void specialize_enum(const Emission& emission, Writer& writer, const Enum& definition);
void implement_enum(const Emission& emission, Writer& writer, const Enum& definition);

// constant.cpp, typedef.cpp
void declare_constant(const Emission& emission, Writer& writer, const Constant& definition);
void declare_typedef(const Emission& emission, Writer& writer, const Typedef& definition);

// structure.cpp
/// How a definition calls itself where it stands: "Account::Point", or "Point" inside another type.
std::string declared_name(const Emission& emission, const Declaration& definition);
/// Types defined inside a member's declaration.
void declare_nested_types(const Emission& emission, Writer& writer,
                          const std::vector<Declaration*>& definitions);
void declare_struct(const Emission& emission, Writer& writer, const Struct& definition);
void declare_members(const Emission& emission, Writer& writer,
                     const std::vector<const Member*>& members, const Declaration& scope);
void define_struct(const Emission& emission, Writer& writer, const Struct& definition);
/// operator== that compares the members one by one.
void define_equality(const Emission& emission, Writer& writer, const Declaration& definition,
                     const std::vector<const Member*>& members);
void specialize_struct(const Emission& emission, Writer& writer, const Struct& definition);
void implement_struct(const Emission& emission, Writer& writer, const Struct& definition);
/// encode() and decode() of a Type<> whose values have these members.
struct Field {
  std::string name;
  const Type* type;
};
std::vector<Field> fields_of(const Emission& emission, const std::vector<const Member*>& members);
void implement_codec(const Emission& emission, Writer& writer, const std::string& cpp_type,
                     const std::vector<Field>& fields);

/// The Type<> of a struct or union: what it can do.
void specialize_aggregate(const Emission& emission, Writer& writer, const Declaration& definition,
                          std::uint64_t smallest_size);

// union.cpp
void declare_union(const Emission& emission, Writer& writer, const Union& definition);
void define_union(const Emission& emission, Writer& writer, const Union& definition);
void specialize_union(const Emission& emission, Writer& writer, const Union& definition);
void implement_union(const Emission& emission, Writer& writer, const Union& definition);

// bits.cpp: bitmasks and bitsets
void declare_bitmask(const Emission& emission, Writer& writer, const Bitmask& definition);
void implement_bitmask(const Emission& emission, Writer& writer, const Bitmask& definition);
/// {{"read", 0x1}, {"write", 0x2}}
std::string flag_list(const Bitmask& definition);
void declare_bitset(const Emission& emission, Writer& writer, const Bitset& definition);
void define_bitset(const Emission& emission, Writer& writer, const Bitset& definition);
void implement_bitset(const Emission& emission, Writer& writer, const Bitset& definition);

// value.cpp: valuetypes and value boxes
void declare_value(const Emission& emission, Writer& writer, const Declaration& definition);
void define_value(const Emission& emission, Writer& writer, const Declaration& definition);
void specialize_value(const Emission& emission, Writer& writer, const Declaration& definition);
void implement_value(const Emission& emission, Writer& writer, const Declaration& definition);
/// The constant that lists the valuetypes which the source's operations know; its name, or "{}".
void define_known_values(const Emission& emission, Writer& writer);
std::string known_values(const Emission& emission);

// abstract_interface.cpp: the class that values derive from which support an abstract interface
void declare_support(const Emission& emission, Writer& writer, const Interface& definition);
void specialize_support(const Emission& emission, Writer& writer, const Interface& definition);
void implement_support(const Emission& emission, Writer& writer, const Interface& definition);

// exception.cpp
void declare_exception(const Emission& emission, Writer& writer, const Exception& definition);
void define_exception(const Emission& emission, Writer& writer, const Exception& definition);
void specialize_exception(const Emission& emission, Writer& writer, const Exception& definition);
void implement_exception(const Emission& emission, Writer& writer, const Exception& definition);

// results.cpp: what the asynchronous forms of an operation with out parameters give
void declare_results(const Emission& emission, Writer& writer, const Method& method);
/// In the source: nobody else needs it.
void specialize_results(const Emission& emission, Writer& writer, const Method& method);

// proxy.cpp, proxy_inherited.cpp, proxy_source.cpp
void declare_proxy(const Emission& emission, Writer& writer, const Interface& definition);
void declare_inherited(const Emission& emission, Writer& writer, const Interface& definition,
                       bool asynchronous);
/// Those whose result is not complete where the proxy is declared.
void define_inherited(const Emission& emission, Writer& writer, const Interface& definition);
void define_proxy(const Emission& emission, Writer& writer, const Interface& definition);
void specialize_proxy(const Emission& emission, Writer& writer, const Interface& definition);
/// What an interface declares beside its operations: types and constants. Those that may need
/// complete proxies are only announced.
void declare_scope(const Emission& emission, Writer& writer, const Interface& definition);

// local.cpp: local interfaces and native types
void declare_local(const Emission& emission, Writer& writer, const Interface& definition);
void declare_native(const Emission& emission, Writer& writer, const Native& definition);
void specialize_by_value(const Emission& emission, Writer& writer, const Native& definition);
void specialize_local(const Emission& emission, Writer& writer, const Declaration& definition);

// servant.cpp, dispatch.cpp
void declare_servant(const Emission& emission, Writer& writer, const Interface& definition);
void define_servant(const Emission& emission, Writer& writer, const Interface& definition);
void define_dispatch(const Emission& emission, Writer& writer, const Interface& definition);

// text.cpp: to_string() and operator<< of structs and unions
/// Of all that can travel.
void declare_texts(const Emission& emission, Writer& writer);
void define_text(const Emission& emission, Writer& writer, const Declaration& definition);

// type_code.cpp
/// An expression, as written inside namespace corbel, for the TypeCode of a type as used somewhere:
/// aliases and bounds kept.
std::string type_code(const Emission& emission, const Type& type);
/// For a struct, union or exception: with its members, and recursive() where it contains itself.
std::string aggregate_type_code(const Emission& emission, const Declaration& definition);
/// True for a struct or union that contains itself, however deep.
bool is_recursive(const Declaration& definition);
/// Type<T>::type_code() that makes `expression` once.
void implement_type_code(const Emission& emission, Writer& writer, const std::string& cpp_type,
                         const std::string& expression);

// literal.cpp
/// The type of a constant: that of a `const fixed` has as many digits as its value.
std::string constant_type(const Emission& emission, const ConstValue& value, const Type& type,
                          const Place& place);
/// `value` as a C++ expression of type `type`.
std::string literal(const Emission& emission, const ConstValue& value, const Type& type,
                    const Place& place);

// header.cpp, source.cpp
std::string header_text(Emission& emission, const std::string& banner);
std::string source_text(Emission& emission, const std::string& banner);

}  // namespace corbel::idl
