#pragma once

#include <corbel/dynamic_value.hpp>
#include <orb/cdr/long_double.hpp>
#include <orb/cdr/typecode_node.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace corbel::detail {

/// Members of a struct or exception, elements, or the one content of an any.
struct PartList {
  std::vector<DynamicValue> parts;
};
/// Elements of a primitive kind, in native byte order.
struct PackedElements {
  std::vector<std::byte> octets;
};
struct UnionContent {
  std::vector<DynamicValue> parts;  // discriminator, then the branch if there is one
  std::uint32_t member = 0;         // the branch's
};
/// A valuetype's or value box's own state, shared by all that refer to it.
struct ValueState {
  TypeCode type;
  std::vector<DynamicValue> parts;
};
/// How one place refers to a valuetype: not at all (null), or owning it, or back to one around it.
struct ValueLink {
  std::shared_ptr<ValueState> owned;
  std::weak_ptr<ValueState> back;
  bool is_back = false;

  bool is_null() const noexcept { return !is_back && owned == nullptr; }
};
struct Reference {
  ObjectRef ref;
  std::weak_ptr<OrbCore> orb;
};
/// A fixed's decimal text.
struct Decimal {
  std::string text;
};

struct DynamicContent {
  std::variant<std::monostate, bool, char, char16_t, std::uint8_t, std::int16_t, std::uint16_t,
               std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, float, double,
               cdr::Binary128, std::string, std::u16string, Decimal, TypeCode, Reference, PartList,
               PackedElements, UnionContent, ValueLink>
      data;
};

/// How the files of this room reach inside a DynamicValue.
struct DynamicParts {
  template <class T>
  static DynamicValue make(TypeCode type, T&& data) {
    return DynamicValue(std::move(type),
                        std::make_shared<DynamicContent>(DynamicContent{std::forward<T>(data)}));
  }
  /// The same value as one of `type`, which must look the same.
  static DynamicValue retyped(const DynamicValue& value, TypeCode type) {
    return DynamicValue(std::move(type), value.content_);
  }
  static const DynamicContent& content(const DynamicValue& value) { return *value.content_; }
  template <class T>
  static const T* get_if(const DynamicValue& value) {
    return std::get_if<T>(&value.content_->data);
  }
  /// To change it: a copy first if others share it.
  template <class T>
  static T& own(DynamicValue& value) {
    if (value.content_.use_count() != 1) {
      value.content_ = std::make_shared<DynamicContent>(*value.content_);
    } else {
      // Another thread's copy may just have ended: what it read must come before what we write.
      std::atomic_thread_fence(std::memory_order_acquire);
    }
    // Every content is made as in make(), none is const itself.
    return std::get<T>(const_cast<DynamicContent&>(*value.content_).data);
  }

  /// A discriminator that selects member `index` of a union.
  static DynamicValue label_of_member(const TypeCode& type, std::uint32_t index);
  static DynamicValue label_value(const TypeCode& discriminator, std::int64_t label);

  /// Behind aliases.
  static const TypeCodeNode& node(const DynamicValue& value) {
    return strip_aliases(*value.type_.node());
  }
  /// A type that is part of the value's own.
  static TypeCode part_type(const DynamicValue& value, const TypeCodeNode* part) {
    return TypeCode(std::shared_ptr<const TypeCodeNode>(value.type_.node(), part));
  }
};

/// "price: expected double, got string".
[[noreturn]] void refuse(const TypeCode& wanted, const DynamicValue& value,
                         const std::string& why = {});

/// The state a link leads to; throws BadInvOrder if the value around it is gone.
std::shared_ptr<ValueState> state_of(const ValueLink& link);

/// `value` as a value of `type`; throws BadParam if it does not fit.
DynamicValue converted(const DynamicValue& value, const TypeCode& type);

/// Element `index` of a packed sequence or array, and putting one there.
DynamicValue packed_element(const DynamicValue& sequence, std::size_t index);
void set_packed_element(DynamicValue& sequence, std::size_t index, const DynamicValue& element);

/// Turns links in `value` into back links where they would keep `owner` alive from inside itself.
void weaken(DynamicValue& value, const std::shared_ptr<ValueState>& owner);

/// The members of a struct or exception, or of a valuetype, inherited ones first.
std::vector<const TypeCodeNode::Member*> state_members(const TypeCodeNode& type);

}  // namespace corbel::detail
