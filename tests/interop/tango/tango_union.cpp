#include "tango_union.hpp"

#include "tango_type.hpp"

#include <concepts>
#include <utility>

using namespace Tango;

namespace {

template <class T>
bool take(const corbel::Any& from, AttrValUnion& to, void (AttrValUnion::*set)(T)) {
  auto value = from.get_if<T>();
  if (!value) return false;
  (to.*set)(*std::move(value));
  return true;
}

}  // namespace

AttrValUnion union_of(const corbel::Any& value) {
  auto result = AttrValUnion::make_union_no_data(true);
  [[maybe_unused]] const bool taken =
      take<DevVarBooleanArray>(value, result, &AttrValUnion::bool_att_value) ||
      take<DevVarShortArray>(value, result, &AttrValUnion::short_att_value) ||
      take<DevVarLongArray>(value, result, &AttrValUnion::long_att_value) ||
      take<DevVarLong64Array>(value, result, &AttrValUnion::long64_att_value) ||
      take<DevVarFloatArray>(value, result, &AttrValUnion::float_att_value) ||
      take<DevVarDoubleArray>(value, result, &AttrValUnion::double_att_value) ||
      take<DevVarCharArray>(value, result, &AttrValUnion::uchar_att_value) ||
      take<DevVarUShortArray>(value, result, &AttrValUnion::ushort_att_value) ||
      take<DevVarULongArray>(value, result, &AttrValUnion::ulong_att_value) ||
      take<DevVarULong64Array>(value, result, &AttrValUnion::ulong64_att_value) ||
      take<DevVarStringArray>(value, result, &AttrValUnion::string_att_value) ||
      take<DevVarStateArray>(value, result, &AttrValUnion::state_att_value) ||
      take<DevState>(value, result, &AttrValUnion::dev_state_att) ||
      take<DevVarEncodedArray>(value, result, &AttrValUnion::encoded_att_value);
  return result;
}

corbel::Any any_of(const AttrValUnion& value) {
  return value.visit([](const auto& branch) {
    using Branch = std::remove_cvref_t<decltype(branch)>;
    if constexpr (std::same_as<Branch, bool>) {
      return corbel::Any();  // no data
    } else {
      return tango_any(branch);
    }
  });
}
