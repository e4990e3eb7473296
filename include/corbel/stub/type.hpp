#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/stub/encoder.hpp>
#include <corbel/typecode.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

/// How a C++ type travels. Generated code specializes it for every IDL type; here are the basic
/// types, std::string, std::u16string, std::vector and std::array. A specialization has
///
///   static constexpr std::size_t kSmallestSize;   // octets on the wire, at least
///   static void encode(cdr::Encoder&, const T&);
///   static void decode(cdr::Decoder&, T&);        // failure stays in the decoder
///   static TypeCode type_code();
///
/// and for named types  static constexpr std::string_view kRepositoryId.
template <class T>
struct Type;

template <class T>
void encode(cdr::Encoder& encoder, const T& value) {
  Type<T>::encode(encoder, value);
}
template <class T>
T decode(cdr::Decoder& decoder) {
  T value{};
  Type<T>::decode(decoder, value);
  return value;
}
template <class T>
void decode(cdr::Decoder& decoder, T& value) {
  Type<T>::decode(decoder, value);
}

namespace stub {
/// Throws BadParam when a value of IDL type string<bound>, wstring<bound> or sequence<T, bound> is
/// longer.
void check_bound(std::size_t size, std::size_t bound, const char* what);

template <class T>
constexpr TCKind basic_kind() {
  if constexpr (std::same_as<T, bool>)
    return TCKind::tk_boolean;
  else if constexpr (std::same_as<T, char>)
    return TCKind::tk_char;
  else if constexpr (std::same_as<T, char16_t>)
    return TCKind::tk_wchar;
  else if constexpr (std::same_as<T, std::uint8_t> || std::same_as<T, std::int8_t>)
    return TCKind::tk_octet;  // CORBA 3.3 has no kind of its own for int8
  else if constexpr (std::same_as<T, std::int16_t>)
    return TCKind::tk_short;
  else if constexpr (std::same_as<T, std::uint16_t>)
    return TCKind::tk_ushort;
  else if constexpr (std::same_as<T, std::int32_t>)
    return TCKind::tk_long;
  else if constexpr (std::same_as<T, std::uint32_t>)
    return TCKind::tk_ulong;
  else if constexpr (std::same_as<T, std::int64_t>)
    return TCKind::tk_longlong;
  else if constexpr (std::same_as<T, std::uint64_t>)
    return TCKind::tk_ulonglong;
  else if constexpr (std::same_as<T, float>)
    return TCKind::tk_float;
  else if constexpr (std::same_as<T, double>)
    return TCKind::tk_double;
  else
    return TCKind::tk_longdouble;
}
}  // namespace stub

template <class T>
  requires(cdr::Primitive<T> && !std::same_as<T, char>)
struct Type<T> {
  static constexpr std::size_t kSmallestSize = sizeof(T);
  static void encode(cdr::Encoder& encoder, const T& value) { encoder.write(value); }
  static void decode(cdr::Decoder& decoder, T& value) { value = decoder.read<T>(); }
  static TypeCode type_code() { return TypeCode(stub::basic_kind<T>()); }
};

template <>
struct Type<char> {
  static constexpr std::size_t kSmallestSize = 1;
  static void encode(cdr::Encoder& encoder, const char& value) { encoder.write_char(value); }
  static void decode(cdr::Decoder& decoder, char& value) { value = decoder.read_char(); }
  static TypeCode type_code() { return TypeCode(TCKind::tk_char); }
};

template <>
struct Type<char16_t> {
  static constexpr std::size_t kSmallestSize = 2;
  static void encode(cdr::Encoder& encoder, const char16_t& value) { encoder.write(value); }
  static void decode(cdr::Decoder& decoder, char16_t& value) { value = decoder.read_wchar(); }
  static TypeCode type_code() { return TypeCode(TCKind::tk_wchar); }
};

template <>
struct Type<long double> {
  static constexpr std::size_t kSmallestSize = 16;
  static void encode(cdr::Encoder& encoder, const long double& value) { encoder.write(value); }
  static void decode(cdr::Decoder& decoder, long double& value) {
    value = decoder.read_long_double();
  }
  static TypeCode type_code() { return TypeCode(TCKind::tk_longdouble); }
};

template <>
struct Type<std::string> {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, std::string_view value) { encoder.write_string(value); }
  static void decode(cdr::Decoder& decoder, std::string& value) { value = decoder.read_string(); }
  static TypeCode type_code() { return TypeCode::string(); }
};

template <>
struct Type<std::string_view> : Type<std::string> {};

template <>
struct Type<std::u16string> {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, std::u16string_view value) {
    encoder.write_wstring(value);
  }
  static void decode(cdr::Decoder& decoder, std::u16string& value) {
    value = decoder.read_wstring();
  }
  static TypeCode type_code() { return TypeCode::wstring(); }
};

template <>
struct Type<std::u16string_view> : Type<std::u16string> {};

template <>
struct Type<TypeCode> {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, const TypeCode& value) { value.encode(encoder); }
  static void decode(cdr::Decoder& decoder, TypeCode& value) { value = TypeCode::decode(decoder); }
  static TypeCode type_code() { return TypeCode(TCKind::tk_TypeCode); }
};

/// A sequence. Bulk elements are copied in one piece.
template <class T>
struct Type<std::vector<T>> {
  static constexpr std::size_t kSmallestSize = 4;

  static void encode(cdr::Encoder& encoder, const std::vector<T>& values) {
    if constexpr (cdr::Bulk<T>) {
      encoder.write_sequence(std::span<const T>(values));
    } else {
      encoder.write_count(values.size());
      for (const auto& value : values) Type<T>::encode(encoder, value);
    }
  }

  static void decode(cdr::Decoder& decoder, std::vector<T>& values) {
    decode_bounded(decoder, values, 0);
  }

  static void decode_bounded(cdr::Decoder& decoder, std::vector<T>& values, std::size_t bound) {
    values.clear();
    constexpr bool kPrimitive = cdr::Primitive<T> || std::same_as<T, char16_t>;
    const std::uint32_t count =
        decoder.read_count(Type<T>::kSmallestSize, sizeof(T), kPrimitive, bound);
    if constexpr (cdr::Bulk<T>) {
      if (decoder.failed() || count == 0) return;
      // Without filling the memory with zeros first, where the elements may be had as they lie.
      if (const auto lying = decoder.view_array<T>(count); !lying.empty()) {
        values.assign(lying.begin(), lying.end());
        return;
      }
      values.resize(count);
      decoder.read_array(std::span<T>(values));
    } else {
      if (!decoder.enter()) return;
      values.reserve(count);
      for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
        if constexpr (std::same_as<T, bool>) {
          values.push_back(decoder.read<bool>());
        } else {
          Type<T>::decode(decoder, values.emplace_back());
        }
      }
      decoder.leave();
    }
  }

  static TypeCode type_code() { return TypeCode::sequence(Type<T>::type_code()); }
};

template <class T, std::size_t N>
struct Type<std::array<T, N>> {
  static constexpr std::size_t kSmallestSize = Type<T>::kSmallestSize * N;

  static void encode(cdr::Encoder& encoder, const std::array<T, N>& values) {
    if constexpr (cdr::Bulk<T>) {
      encoder.write_array(std::span<const T>(values));
    } else {
      for (const T& value : values) Type<T>::encode(encoder, value);
    }
  }
  static void decode(cdr::Decoder& decoder, std::array<T, N>& values) {
    if constexpr (cdr::Bulk<T>) {
      decoder.read_array(std::span<T>(values));
    } else {
      for (T& value : values) {
        if (decoder.failed()) return;
        Type<T>::decode(decoder, value);
      }
    }
  }
  static TypeCode type_code() {
    return TypeCode::array(Type<T>::type_code(), static_cast<std::uint32_t>(N));
  }
};

namespace stub {
/// How an enum with enumerators 0 to Count - 1 travels; generated code derives Type<E> from it.
template <class E, std::uint32_t Count>
struct EnumType {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, E value) {
    encoder.write(static_cast<std::uint32_t>(value));
  }
  static void decode(cdr::Decoder& decoder, E& value) {
    const auto number = decoder.read<std::uint32_t>();
    if (number < Count) {
      value = static_cast<E>(number);
    } else {
      decoder.fail("enum value out of range");
    }
  }
};
}  // namespace stub

/// A sequence lent for the duration of a call.
template <class T>
struct Type<std::span<const T>> {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, std::span<const T> values) {
    encoder.write_sequence(values);
  }
  static TypeCode type_code() { return TypeCode::sequence(Type<T>::type_code()); }
};

}  // namespace corbel
