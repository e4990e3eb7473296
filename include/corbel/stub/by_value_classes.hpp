#pragma once

#include <corbel/stub/encoder.hpp>

#include <boost/mpl/bool.hpp>
#include <boost/serialization/collection_size_type.hpp>
#include <boost/serialization/item_version_type.hpp>
#include <boost/serialization/level.hpp>
#include <boost/serialization/library_version_type.hpp>
#include <boost/serialization/nvp.hpp>
#include <boost/serialization/serialization.hpp>
#include <boost/serialization/tracking.hpp>
#include <boost/serialization/version.hpp>
#include <boost/serialization/wrapper.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// What both archives of objects by value share.
namespace corbel::by_value {

/// A string as a template argument.
template <std::size_t N>
struct Text {
  char characters[N]{};
  constexpr Text(const char (&text)[N]) { std::copy_n(text, N, characters); }  // NOLINT: implicit
};

/// A class of which an object behind a pointer to one of its bases may be, and its name on the
/// wire.
template <Text Name, class T>
struct Class {
  using Type = T;
  static constexpr std::string_view kName{Name.characters};
};

/// What stands for a pointer.
enum class PointerTag : std::uint8_t {
  null = 0,
  object = 1,  ///< the name of its class if the pointer's own is polymorphic, then the object
  known = 2,   ///< the number of a shared object of this archive
};

inline constexpr std::size_t kMaxDepth = 64;
inline constexpr unsigned kLibraryVersion = 19;

/// What a number is written as: long and wchar_t have other sizes elsewhere.
template <class T>
struct WireNumberOf {
  using Type = T;
};
template <std::integral T>
  requires(!std::same_as<T, bool>)
struct WireNumberOf<T> {
  template <class Signed, class Unsigned>
  using Pick = std::conditional_t<std::is_signed_v<T>, Signed, Unsigned>;
  using Wide =
      std::conditional_t<std::same_as<T, long> || std::same_as<T, unsigned long> || sizeof(T) == 8,
                         Pick<std::int64_t, std::uint64_t>, Pick<std::int32_t, std::uint32_t>>;
  using Small = std::conditional_t<sizeof(T) == 1, std::uint8_t, Pick<std::int16_t, std::uint16_t>>;
  using Type =
      std::conditional_t<std::same_as<T, wchar_t>, std::uint32_t,
                         std::conditional_t<(sizeof(T) > 2) || std::same_as<T, long>, Wide, Small>>;
};
template <class T>
using WireNumber = typename WireNumberOf<T>::Type;

/// Sequences that the archives read and write themselves, element by element, so that a count alone
/// makes no memory.
template <class T>
inline constexpr bool kIsSequence = false;
template <class T, class A>
inline constexpr bool kIsSequence<std::vector<T, A>> = true;
template <class T, class A>
inline constexpr bool kIsSequence<std::deque<T, A>> = true;
template <class T, class A>
inline constexpr bool kIsSequence<std::list<T, A>> = true;
template <class C, class R, class A>
inline constexpr bool kIsSequence<std::basic_string<C, R, A>> = true;

/// Elements that are the same octets in memory and on the wire.
template <class T>
inline constexpr bool kIsOctets = std::integral<T> && sizeof(T) == 1 && !std::same_as<T, bool>;
template <class T>
inline constexpr bool kIsBulk = cdr::Bulk<T> && std::same_as<T, WireNumber<T>>;

template <class S>
inline constexpr bool kIsContiguous = requires(const S& values) { values.data(); };

}  // namespace corbel::by_value
