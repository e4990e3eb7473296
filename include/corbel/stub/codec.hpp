#pragma once

#include <corbel/any.hpp>
#include <corbel/object.hpp>
#include <corbel/stub/type.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

/// Codecs say how one occurrence of a C++ type travels, where the type alone does not tell: an IDL
/// bound is no part of std::string. A codec has Value, kSmallestSize, encode and decode; generated
/// code composes them: Sequence<BoundedString<8>> is sequence<string<8>>.
namespace corbel::stub {

/// What Type<T> says.
template <class T>
struct Plain {
  using Value = T;
  static constexpr std::size_t kSmallestSize = Type<T>::kSmallestSize;
  template <class V>
  static void encode(cdr::Encoder& encoder, const V& value) {
    Type<T>::encode(encoder, value);
  }
  static void decode(cdr::Decoder& decoder, T& value) { Type<T>::decode(decoder, value); }
};

/// No value: the result of a void operation.
struct Void {
  using Value = void;
};

template <std::size_t Bound>
struct BoundedString {
  using Value = std::string;
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, std::string_view value) {
    check_bound(value.size(), Bound, "string");
    encoder.write_string(value);
  }
  static void decode(cdr::Decoder& decoder, std::string& value) {
    value = decoder.read_string(Bound);
  }
};

template <std::size_t Bound>
struct BoundedWString {
  using Value = std::u16string;
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, std::u16string_view value) {
    check_bound(value.size(), Bound, "wstring");
    encoder.write_wstring(value);
  }
  static void decode(cdr::Decoder& decoder, std::u16string& value) {
    value = decoder.read_wstring(Bound);
  }
};

/// sequence<T, Bound> whose elements need no codec of their own.
template <class T, std::size_t Bound>
struct BoundedSequence {
  using Value = std::vector<T>;
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, const std::vector<T>& values) {
    check_bound(values.size(), Bound, "sequence");
    Type<std::vector<T>>::encode(encoder, values);
  }
  static void encode(cdr::Encoder& encoder, std::span<const T> values)
    requires cdr::Bulk<T>
  {
    check_bound(values.size(), Bound, "sequence");
    encoder.write_sequence(values);
  }
  static void decode(cdr::Decoder& decoder, std::vector<T>& values) {
    Type<std::vector<T>>::decode_bounded(decoder, values, Bound);
  }
};

/// sequence<Element, Bound> of elements with a codec; Bound 0: unbounded.
template <class Element, std::size_t Bound = 0>
struct Sequence {
  using Value = std::vector<typename Element::Value>;
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, const Value& values) {
    if constexpr (Bound != 0) check_bound(values.size(), Bound, "sequence");
    encoder.write_count(values.size());
    for (const auto& value : values) Element::encode(encoder, value);
  }
  static void decode(cdr::Decoder& decoder, Value& values) {
    values.clear();
    const auto count =
        decoder.read_count(Element::kSmallestSize, sizeof(typename Element::Value), false, Bound);
    if (!decoder.enter()) return;
    values.reserve(count);
    for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
      Element::decode(decoder, values.emplace_back());
    }
    decoder.leave();
  }
};

/// Element[N] of elements with a codec.
template <class Element, std::size_t N>
struct Array {
  using Value = std::array<typename Element::Value, N>;
  static constexpr std::size_t kSmallestSize = Element::kSmallestSize * N;
  static void encode(cdr::Encoder& encoder, const Value& values) {
    for (const auto& value : values) Element::encode(encoder, value);
  }
  static void decode(cdr::Decoder& decoder, Value& values) {
    for (auto& value : values) {
      if (decoder.failed()) return;
      Element::decode(decoder, value);
    }
  }
};

}  // namespace corbel::stub
