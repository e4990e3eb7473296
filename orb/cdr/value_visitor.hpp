#pragma once

#include <corbel/stub/decoder.hpp>
#include <corbel/typecode.hpp>
#include <orb/cdr/long_double.hpp>
#include <orb/cdr/typecode_node.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace corbel::cdr {

/// For octets of our own making: bounds against hostile messages do not apply.
inline constexpr DecodeLimits kOwnOctets{std::numeric_limits<std::size_t>::max(),
                                         std::numeric_limits<std::size_t>::max(), 1000, 64};

/// Is told what a value consists of, outermost first. Types come without their aliases; views live
/// until the function returns.
class ValueVisitor {
 public:
  using Node = detail::TypeCodeNode;
  /// A value without parts; an enum's is its ordinal, a fixed's its decimal text ("-12.50").
  using Scalar = std::variant<bool, char, std::uint8_t, char16_t, std::int16_t, std::uint16_t,
                              std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, float,
                              double, Binary128, std::string_view, std::u16string, TypeCode>;

  virtual ~ValueVisitor() = default;

  /// tk_null and tk_void.
  virtual void nothing(const Node& type) = 0;
  virtual void scalar(const Node& type, const Scalar& value) = 0;
  /// An object reference as it stands on the wire in canonical encoding; `id` is its type id.
  virtual void reference(const Node& type, std::string_view id, std::uint32_t profiles,
                         std::span<const std::byte> octets) = 0;
  /// A struct, exception, union (parts: discriminator, then the branch if there is one), sequence,
  /// array, any, valuetype or value box with `parts` parts begins.
  virtual void begin(const Node& type, std::uint64_t parts) = 0;
  /// Part `index` of the innermost one comes next; `member` is null where parts have no names.
  virtual void part(std::uint64_t index, const Node::Member* member) = 0;
  /// The type of the any that has just begun; keeps the nodes told from now on alive.
  virtual void any_type(const TypeCode& type) = 0;
  /// The next elements, of `kind`, of the sequence or array that has begun; they come instead of
  /// parts, in native byte order, a whole number of elements in each piece.
  virtual void packed(TCKind kind, std::span<const std::byte> octets) = 0;
  virtual void end(const Node& type) = 0;
  /// A null valuetype, or a nil abstract interface.
  virtual void null_value(const Node& type) = 0;
  /// The valuetype that began as number `ordinal` (from 0) of this walk is met again.
  virtual void shared_value(const Node& type, std::size_t ordinal) = 0;

  /// False ends the walk.
  virtual bool wants_more() const { return true; }
};

/// Shows `visitor` the value of `type` that `from` stands before, in an any's canonical encoding
/// (Any::octets()). A failure stays in `from`.
void visit(const TypeCode& type, Decoder& from, ValueVisitor& visitor);

/// Octets of a primitive whose sequences are given as packed(), else 0.
std::size_t packed_size(TCKind kind) noexcept;

}  // namespace corbel::cdr
