#pragma once

#include <corbel/stub/codec.hpp>

#include <cstddef>
#include <map>
#include <utility>

/// IDL map<K, V>: travels as a sequence of pairs, as in DDS; CORBA's TypeCodes have no maps, so it
/// is described as a sequence of structs {key, value} without a repository id.
namespace corbel {
namespace stub {

TypeCode map_type_code(TypeCode key, TypeCode value, std::uint32_t bound = 0);

/// A map whose keys and values have codecs; Bound 0: unbounded.
template <class Key, class Mapped, std::size_t Bound = 0>
struct Map {
  using Value = std::map<typename Key::Value, typename Mapped::Value>;
  static constexpr std::size_t kSmallestSize = 4;

  static void encode(cdr::Encoder& encoder, const Value& values) {
    if constexpr (Bound != 0) check_bound(values.size(), Bound, "map");
    encoder.write_count(values.size());
    for (const auto& [key, value] : values) {
      Key::encode(encoder, key);
      Mapped::encode(encoder, value);
    }
  }

  static void decode(cdr::Decoder& decoder, Value& values) {
    constexpr std::size_t kNode = sizeof(typename Value::value_type) + 4 * sizeof(void*);
    values.clear();
    const auto count =
        decoder.read_count(Key::kSmallestSize + Mapped::kSmallestSize, kNode, false, Bound);
    if (!decoder.enter()) return;
    for (std::uint32_t i = 0; i < count && !decoder.failed(); ++i) {
      typename Key::Value key{};
      Key::decode(decoder, key);
      const auto [at, is_new] = values.try_emplace(std::move(key));
      if (!is_new) decoder.fail("map with the same key twice");
      Mapped::decode(decoder, at->second);
    }
    decoder.leave();
  }
};

}  // namespace stub

template <class K, class V>
struct Type<std::map<K, V>> : stub::Map<stub::Plain<K>, stub::Plain<V>> {
  static TypeCode type_code() {
    return stub::map_type_code(Type<K>::type_code(), Type<V>::type_code());
  }
};

}  // namespace corbel
