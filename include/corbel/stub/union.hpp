#pragma once

#include <corbel/stub/type.hpp>

#include <cstddef>
#include <utility>
#include <variant>

/// What generated unions are made of. A union holds its discriminator and a std::variant with one
/// alternative for each branch, in the order of the IDL, and std::monostate after them if there are
/// discriminators that select no branch.
namespace corbel::stub {

/// Throws BadParam: `branch` was asked for and the union holds another one.
[[noreturn]] void throw_other_branch(const char* branch);
/// Throws BadParam unless `selects`: a label was given that does not select `branch`.
void check_label(bool selects, const char* branch);

/// The value of branch I, called `name`.
template <std::size_t I, class Variant>
auto& branch(Variant& value, const char* name) {
  auto* found = std::get_if<I>(&value);
  if (found == nullptr) throw_other_branch(name);
  return *found;
}

/// How the value behind the discriminator travels: a codec for each branch.
template <class... Codecs>
struct Branches {
  template <class Variant>
  static void encode(cdr::Encoder& encoder, const Variant& value) {
    encode_one(encoder, value, std::index_sequence_for<Codecs...>());
  }
  /// Makes `value` hold branch `index`, as read.
  template <class Variant>
  static void decode(cdr::Decoder& decoder, std::size_t index, Variant& value) {
    if (decoder.failed()) return;
    if (decode_one(decoder, index, value, std::index_sequence_for<Codecs...>())) return;
    if constexpr (std::variant_size_v<Variant> > sizeof...(Codecs)) {
      value.template emplace<sizeof...(Codecs)>();
    } else {
      decoder.fail("discriminator of a union selects no branch");
    }
  }

 private:
  template <class Variant, std::size_t... I>
  static void encode_one(cdr::Encoder& encoder, const Variant& value, std::index_sequence<I...>) {
    static_cast<void>(
        ((value.index() == I && (Codecs::encode(encoder, *std::get_if<I>(&value)), true)) || ...));
  }
  template <class Variant, std::size_t... I>
  static bool decode_one(cdr::Decoder& decoder, std::size_t index, Variant& value,
                         std::index_sequence<I...>) {
    return ((index == I && (Codecs::decode(decoder, value.template emplace<I>()), true)) || ...);
  }
};

}  // namespace corbel::stub
