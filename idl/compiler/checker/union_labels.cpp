#include "idl/compiler/checker/union_labels.hpp"

#include <limits>
#include <variant>

namespace corbel::idl {
namespace {

struct Range {
  Primitive primitive;
  std::int64_t lowest;
  std::uint64_t highest;
};

constexpr Range kRanges[] = {
    {Primitive::kBoolean, 0, 1},
    {Primitive::kChar, 0, 0xFF},
    {Primitive::kWChar, 0, 0xFFFF},
    {Primitive::kOctet, 0, 0xFF},
    {Primitive::kUInt8, 0, 0xFF},
    {Primitive::kInt8, INT8_MIN, INT8_MAX},
    {Primitive::kShort, INT16_MIN, INT16_MAX},
    {Primitive::kUShort, 0, UINT16_MAX},
    {Primitive::kLong, INT32_MIN, INT32_MAX},
    {Primitive::kULong, 0, UINT32_MAX},
    {Primitive::kLongLong, INT64_MIN, INT64_MAX},
    {Primitive::kULongLong, 0, UINT64_MAX},
};

const Range* range_of(const Type& type) {
  const auto* simple = as<PrimitiveType>(resolve_typedefs(type));
  if (simple == nullptr) return nullptr;
  for (const Range& range : kRanges) {
    if (range.primitive == simple->primitive) return &range;
  }
  return nullptr;
}

const Enum* enum_of(const Type& type) {
  const auto* named = as<NamedType>(resolve_typedefs(type));
  return named == nullptr ? nullptr : as<Enum>(named->declaration);
}

}  // namespace

bool is_discriminator(const Type& type) {
  return range_of(type) != nullptr || enum_of(type) != nullptr;
}

UnionLabels::UnionLabels(const Type& discriminator) : enumeration_(enum_of(discriminator)) {
  if (enumeration_ != nullptr) {
    highest_ = static_cast<Wide>(enumeration_->enumerators.size()) - 1;
  } else if (const Range* range = range_of(discriminator)) {
    primitive_ = range->primitive;
    lowest_ = range->lowest;
    highest_ = range->highest;
  }
}

UnionLabels::Wide UnionLabels::number_of(const ConstValue& label) const {
  if (const auto* value = std::get_if<std::int64_t>(&label)) return *value;
  if (const auto* value = std::get_if<std::uint64_t>(&label)) return *value;
  if (const auto* value = std::get_if<bool>(&label)) return *value ? 1 : 0;
  if (const auto* value = std::get_if<char>(&label)) return static_cast<unsigned char>(*value);
  if (const auto* value = std::get_if<WCharValue>(&label)) return value->unit;
  if (const auto* value = std::get_if<const Enumerator*>(&label)) return (*value)->value;
  return 0;
}

ConstValue UnionLabels::value_of(Wide number) const {
  if (enumeration_ != nullptr) {
    return enumeration_->enumerators[static_cast<std::size_t>(number)];
  }
  if (primitive_ == Primitive::kBoolean) return number != 0;
  if (primitive_ == Primitive::kChar) return static_cast<char>(number);
  if (primitive_ == Primitive::kWChar) return WCharValue{static_cast<char16_t>(number)};
  if (lowest_ < 0) return static_cast<std::int64_t>(number);
  return static_cast<std::uint64_t>(number);
}

const Location* UnionLabels::add(const ConstValue& label, const Location& where) {
  const auto [found, is_new] = taken_.emplace(number_of(label), where);
  return is_new ? nullptr : &found->second;
}

std::optional<ConstValue> UnionLabels::unnamed_value() const {
  Wide candidate = 0;
  for (auto next = taken_.lower_bound(0); next != taken_.end() && next->first == candidate;
       ++next) {
    ++candidate;
  }
  if (candidate <= highest_) return value_of(candidate);
  // All from 0 on have labels; the highest negative value without one.
  candidate = -1;
  while (candidate >= lowest_ && taken_.contains(candidate)) --candidate;
  if (candidate >= lowest_) return value_of(candidate);
  return std::nullopt;
}

}  // namespace corbel::idl
