#pragma once

#include <corbel/any.hpp>

#include <tango_values.idl.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

// What TANGO calls a C++ type: its number (CmdArgType) and, for sequences, the IDL typedef's name.
// In C++ DevVarDoubleArray is just std::vector<double>, but TANGO's clients ask an any's TypeCode
// for the name.

struct Nothing {
  bool operator==(const Nothing&) const = default;
};

template <std::int32_t Number>
struct TangoNumber {
  static constexpr std::int32_t kNumber = Number;
};

template <class T>
struct TangoType;
template <>
struct TangoType<Nothing> : TangoNumber<0> {};
template <>
struct TangoType<bool> : TangoNumber<1> {};
template <>
struct TangoType<std::int16_t> : TangoNumber<2> {};
template <>
struct TangoType<std::int32_t> : TangoNumber<3> {};
template <>
struct TangoType<float> : TangoNumber<4> {};
template <>
struct TangoType<double> : TangoNumber<5> {};
template <>
struct TangoType<std::uint16_t> : TangoNumber<6> {};
template <>
struct TangoType<std::uint32_t> : TangoNumber<7> {};
template <>
struct TangoType<std::string> : TangoNumber<8> {};
template <>
struct TangoType<Tango::DevVarLongStringArray> : TangoNumber<17> {};
template <>
struct TangoType<Tango::DevVarDoubleStringArray> : TangoNumber<18> {};
template <>
struct TangoType<Tango::DevState> : TangoNumber<19> {};
template <>
struct TangoType<std::uint8_t> : TangoNumber<22> {};
template <>
struct TangoType<std::int64_t> : TangoNumber<23> {};
template <>
struct TangoType<std::uint64_t> : TangoNumber<24> {};
template <>
struct TangoType<Tango::DevEncoded> : TangoNumber<28> {};

template <>
struct TangoType<Tango::DevVarCharArray> : TangoNumber<9> {
  static constexpr const char* kAlias = "DevVarCharArray";
};
template <>
struct TangoType<Tango::DevVarShortArray> : TangoNumber<10> {
  static constexpr const char* kAlias = "DevVarShortArray";
};
template <>
struct TangoType<Tango::DevVarLongArray> : TangoNumber<11> {
  static constexpr const char* kAlias = "DevVarLongArray";
};
template <>
struct TangoType<Tango::DevVarFloatArray> : TangoNumber<12> {
  static constexpr const char* kAlias = "DevVarFloatArray";
};
template <>
struct TangoType<Tango::DevVarDoubleArray> : TangoNumber<13> {
  static constexpr const char* kAlias = "DevVarDoubleArray";
};
template <>
struct TangoType<Tango::DevVarUShortArray> : TangoNumber<14> {
  static constexpr const char* kAlias = "DevVarUShortArray";
};
template <>
struct TangoType<Tango::DevVarULongArray> : TangoNumber<15> {
  static constexpr const char* kAlias = "DevVarULongArray";
};
template <>
struct TangoType<Tango::DevVarStringArray> : TangoNumber<16> {
  static constexpr const char* kAlias = "DevVarStringArray";
};
template <>
struct TangoType<Tango::DevVarBooleanArray> : TangoNumber<21> {
  static constexpr const char* kAlias = "DevVarBooleanArray";
};
template <>
struct TangoType<Tango::DevVarLong64Array> : TangoNumber<25> {
  static constexpr const char* kAlias = "DevVarLong64Array";
};
template <>
struct TangoType<Tango::DevVarULong64Array> : TangoNumber<26> {
  static constexpr const char* kAlias = "DevVarULong64Array";
};
template <>
struct TangoType<Tango::DevVarStateArray> : TangoNumber<31> {
  static constexpr const char* kAlias = "DevVarStateArray";
};

/// No type of a command.
template <>
struct TangoType<Tango::DevVarEncodedArray> {
  static constexpr const char* kAlias = "DevVarEncodedArray";
};

/// An any as TANGO wants it.
template <class T>
corbel::Any tango_any(const T& value) {
  corbel::Any any;
  if constexpr (std::same_as<T, Nothing>) {
    return any;
  } else if constexpr (requires { TangoType<T>::kAlias; }) {
    const std::string name = TangoType<T>::kAlias;
    any.insert_as(
        corbel::TypeCode::alias("IDL:Tango/" + name + ":1.0", name, corbel::Type<T>::type_code()),
        value);
  } else {
    any.insert(value);
  }
  return any;
}
