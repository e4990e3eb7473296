#pragma once

#include <corbel/exceptions.hpp>
#include <corbel/stub/type.hpp>
#include <corbel/typecode.hpp>

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace corbel {

/// A value of any IDL type together with its TypeCode. A value type: copies are independent (they
/// share immutable octets). A value whose type this program was not compiled with survives being
/// received and passed on, whatever the GIOP version, byte order or code set on either side.
/// Threads: as a std::string.
class Any {
 public:
  /// tk_null.
  Any() = default;

  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Any> && requires { Type<T>::type_code(); })
  explicit Any(const T& value) {
    insert(value);
  }
  explicit Any(const char* text) : Any(std::string_view(text)) {}

  template <class T>
  void insert(const T& value) {
    if constexpr (requires { Type<T>::type_code_of(value); }) {
      insert_as(Type<T>::type_code_of(value), value);  // a valuetype's own, not the pointer's
    } else {
      insert_as(Type<T>::type_code(), value);
    }
  }
  void insert(const char* text) { insert(std::string_view(text)); }
  /// With a type of its own, e.g. an alias or a bounded string.
  template <class T>
  void insert_as(TypeCode type, const T& value) {
    cdr::Encoder encoder;
    Type<T>::encode(encoder, value);
    assign(std::move(type), encoder.copy());
  }

  const TypeCode& type() const noexcept { return type_; }
  bool empty() const noexcept { return type_.kind() == TCKind::tk_null; }

  template <class T>
  bool is() const {
    return matches(Type<T>::type_code());
  }
  /// The value, if its type is equivalent to T's, or a valuetype derived from it.
  template <class T>
  std::optional<T> get_if() const {
    if (!is<T>()) return std::nullopt;
    cdr::Decoder decoder = this->decoder();
    T value{};
    Type<T>::decode(decoder, value);
    decoder.throw_if_failed("extracting from an any", static_cast<std::uint32_t>(Completion::no));
    return value;
  }
  /// Throws BadTypecode naming both types when the types differ.
  template <class T>
  T get() const {
    if (auto value = get_if<T>()) return *std::move(value);
    throw_type_mismatch(Type<T>::type_code());
  }

  /// Same type (equivalent) and same value, however it is encoded: -0.0 is 0.0, a NaN is itself,
  /// which valuetypes are shared counts, of a reference not its type id.
  friend bool operator==(const Any& left, const Any& right) {
    return left.type_.equivalent(right.type_) && left.same_value(right);
  }

  void encode(cdr::Encoder& encoder) const;
  static Any decode(cdr::Decoder& decoder);
  /// The value without its type, as a parameter of that type travels.
  void encode_value(cdr::Encoder& encoder) const;
  /// Failures stay in the decoder; the result is empty then.
  static Any decode_value(TypeCode type, cdr::Decoder& decoder);

  /// The value's octets in native byte order, GIOP 1.2, UTF-8 and UTF-16, aligned from the first.
  std::span<const std::byte> octets() const noexcept {
    return octets_ ? std::span<const std::byte>(*octets_) : std::span<const std::byte>();
  }
  /// Reads octets() (of an exception the members, after its repository id); knows the Orb that the
  /// value came through.
  cdr::Decoder decoder() const noexcept;
  /// Takes octets as octets() gives them, unchecked (an exception's repository id may be missing).
  void assign(TypeCode type, std::vector<std::byte> octets);
  /// The Orb that references inside belong to.
  void set_orb(std::weak_ptr<detail::OrbCore> orb) noexcept { orb_ = std::move(orb); }

 private:
  void keep(TypeCode type, std::vector<std::byte> octets);
  /// Equivalent (or derived), and laid out alike too: an id from a peer proves nothing about its
  /// octets.
  bool matches(const TypeCode& wanted) const;
  [[noreturn]] void throw_type_mismatch(const TypeCode& wanted) const;
  bool same_value(const Any& other) const;

  TypeCode type_;
  std::shared_ptr<const std::vector<std::byte>> octets_;
  std::weak_ptr<detail::OrbCore> orb_;
  cdr::Decoder::Factories value_factories_;
  std::shared_ptr<detail::ReferenceOrigin> reference_origin_;
};

/// One readable line of at most about `limit` octets:
///   shop::Item{name: "pen", shade: red, tags: ["a", "b"], extra: any(long 5)}
/// Long texts and sequences are cut and say so. Unions show discriminator and branch, references
/// their interface; a valuetype that is met again is marked: Node#1{next: Node#1}.
std::string to_string(const Any& any, std::size_t limit = 4096);
std::ostream& operator<<(std::ostream& out, const Any& any);

namespace stub {
/// The value of `type` in `octets`, encoded as Any::octets() are, as to_string(Any) prints it.
std::string print_value(const TypeCode& type, std::span<const std::byte> octets,
                        std::size_t limit = 4096);

/// For generated to_string(): any value that can travel.
template <class T>
std::string print(const T& value) {
  cdr::Encoder encoder;
  Type<T>::encode(encoder, value);
  return print_value(Type<T>::type_code(), encoder.octets());
}
}  // namespace stub

template <>
struct Type<Any> {
  static constexpr std::size_t kSmallestSize = 4;
  static void encode(cdr::Encoder& encoder, const Any& value) { value.encode(encoder); }
  static void decode(cdr::Decoder& decoder, Any& value) { value = Any::decode(decoder); }
  static TypeCode type_code() { return TypeCode(TCKind::tk_any); }
};

}  // namespace corbel
