#pragma once

#include <corbel/stub/encoder.hpp>
#include <corbel/typecode.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <unordered_map>

namespace corbel::testing {

/// Types and values made from a seed: the same seed gives the same value in every encoding. Written
/// against the specification, without the transcoder that it is there to test.
class RandomValue {
 public:
  struct Options {
    bool wide = true;     ///< wchar and wstring, which GIOP 1.0 cannot carry
    bool latin1 = false;  ///< only characters that ISO-8859-1 has
    bool values = true;   ///< valuetypes
    bool exceptions = true;
  };

  RandomValue(std::uint64_t seed, Options options) : random_(seed), options_(options) {}

  TypeCode type(unsigned depth = 0);
  void value(const TypeCode& type, cdr::Encoder& encoder);

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::string new_id();
  TypeCode basic_type();
  TypeCode named_type(unsigned depth);
  TypeCode union_type(unsigned depth);
  TypeCode recursive_type();
  TypeCode value_type(unsigned depth);

  void basic_value(const TypeCode& type, cdr::Encoder& encoder);
  void text_value(const TypeCode& type, cdr::Encoder& encoder);
  void union_value(const TypeCode& type, cdr::Encoder& encoder);
  void reference_value(cdr::Encoder& encoder);
  void valuetype_value(const TypeCode& type, cdr::Encoder& encoder);
  void state(const TypeCode& type, cdr::Encoder& encoder);
  void header_string(const std::string& text, cdr::Encoder& encoder);

  std::mt19937_64 random_;
  Options options_;
  unsigned names_ = 0;
  unsigned depth_ = 0;
  std::unordered_map<std::string, std::size_t> header_strings_;
};

}  // namespace corbel::testing
