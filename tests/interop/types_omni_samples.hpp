#pragma once

#include <types.hh>

#include <cstddef>
#include <string>
#include <vector>

/// What types_corbel_samples.hpp has for Corbel.
interop::Basics sample_basics(CORBA::Long seed);
interop::Tree sample_tree(CORBA::Long seed);
interop::Points sample_points(CORBA::Long count);
interop::Octets sample_octets(CORBA::ULong size);
interop::Everything sample_everything(CORBA::Long seed);
interop::Strings make_strings(const std::vector<std::string>& texts);
CORBA::Any make_any(const interop::Tree& tree);
/// In the native code set: UTF-8, or Latin-1.
std::string sample_text(CORBA::Long which, bool utf8);
std::wstring sample_wide_text(CORBA::Long which);

/// A value's octets, which are alike exactly if the values are: padding is cleared.
template <class T>
std::vector<unsigned char> octets_of(const T& value) {
  cdrMemoryStream stream(0, true);
  value >>= stream;
  const auto* begin = static_cast<const unsigned char*>(stream.bufPtr());
  return {begin, begin + stream.bufSize()};
}
template <class T>
bool same(const T& left, const T& right) {
  return octets_of(left) == octets_of(right);
}
/// By their values: omniORB does not clear the padding inside of anys and TypeCodes.
bool same(const CORBA::Any& left, const CORBA::Any& right);
bool same(const interop::Anys& left, const interop::Anys& right);
bool same(const interop::Everything& left, const interop::Everything& right);
