#pragma once

#include <corbel/stub/by_value_input.hpp>
#include <corbel/stub/by_value_output.hpp>
#include <corbel/typecode.hpp>

#include <string_view>

/// Objects by value: any class with a Boost.Serialization `serialize(Archive&, unsigned version)`
/// as an argument or result of an operation. IDL names it:
///
///   @by_value(header = "shapes.hpp", type = "std::shared_ptr<geo::Shape>",
///             derived = "geo::Circle, geo::Square")
///   native Shape;
///   interface Canvas { Shape largest(in Shape first, in Shape second); };
///
/// Classes need a default constructor. What points is a std::shared_ptr (what is shared stays
/// shared; owners in a circle are refused), std::weak_ptr or std::unique_ptr. An object behind a
/// pointer is of the pointer's own class or of one of those that `derived` lists; the class is
/// never chosen by the octets alone. docs/mapping.md, "Objects by value".
namespace corbel::by_value {

/// How a T travels: as a sequence of octets that holds an encapsulation, so that who does not know
/// the class can carry it on. Generated code derives Type<T> from it.
/// A failure to decode is MARSHAL, also when the class's serialize() throws.
template <class T, class... Classes>
struct Value {
  static constexpr std::size_t kSmallestSize = 4;

  static void encode(cdr::Encoder& encoder, const T& value) {
    const auto scope = encoder.begin_encapsulation();
    OutputArchive<Classes...>(encoder) << value;
    encoder.end_encapsulation(scope);
  }

  static void decode(cdr::Decoder& decoder, T& value) {
    cdr::Decoder content = decoder.read_encapsulation();
    try {
      InputArchive<Classes...>(content) >> value;
      if (content.remaining() != 0) content.fail("octets are left over behind an object by value");
    } catch (const Failed&) {
      // The decoder knows.
    } catch (const std::exception&) {
      content.fail("the class of an object by value refused its octets");
    }
    decoder.absorb(content);
  }
};

/// typedef sequence<octet>, under the name of the native type.
TypeCode type_code(std::string_view repository_id, std::string_view name);

}  // namespace corbel::by_value
