#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "idl/compiler/ast/definitions.hpp"

namespace corbel::idl {

/// The labels that the branches of one union have so far.
class UnionLabels {
 public:
  explicit UnionLabels(const Type& discriminator);

  /// Adds a label; the place of the same label if there is one already.
  const Location* add(const ConstValue& label, const Location& where);
  /// A value without a label (see Union::unnamed_value).
  std::optional<ConstValue> unnamed_value() const;

 private:
  __extension__ using Wide = __int128;

  Wide number_of(const ConstValue& label) const;
  ConstValue value_of(Wide number) const;

  /// Null unless the discriminator is an enum.
  const Enum* enumeration_ = nullptr;
  Primitive primitive_ = Primitive::kLong;
  Wide lowest_ = 0;
  Wide highest_ = 0;
  std::map<Wide, Location> taken_;
};

/// True if a union can switch on `type`.
bool is_discriminator(const Type& type);

}  // namespace corbel::idl
