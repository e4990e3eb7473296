#include <orb/cdr/value_text.hpp>
#include <orb/value/dynamic_content.hpp>

#include <limits>

namespace corbel {
namespace {

using detail::DynamicParts;
using enum TCKind;

constexpr std::int16_t kAbstract = 2;

[[noreturn]] void no_such(const DynamicValue& value, const char* what) {
  throw BadTypecode("a value of type " + value.type().to_string() + " is no " + what);
}

template <class T>
constexpr bool kIsNumber = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> &&
                           !std::is_same_v<T, char> && !std::is_same_v<T, char16_t>;

template <class Wanted>
Wanted integer_of(const DynamicValue& value) {
  return std::visit(
      [&]<class T>(const T& data) -> Wanted {
        if constexpr (kIsNumber<T> && std::is_integral_v<T>) {
          if (!std::in_range<Wanted>(data)) {
            throw BadParam(std::to_string(data) + " is out of the range of 64-bit integers " +
                           (std::is_signed_v<Wanted> ? "with sign" : "without sign"));
          }
          return static_cast<Wanted>(data);
        } else {
          no_such(value, "integer");
        }
      },
      DynamicParts::content(value).data);
}

}  // namespace

namespace detail {

void refuse(const TypeCode& wanted, const DynamicValue& value, const std::string& why) {
  std::string text = "expected " + wanted.to_string() + ", got " + value.type().to_string();
  const auto shown = to_string(value.to_any(), 60);
  if (shown.size() < 60) text += " " + shown;
  throw BadParam(text + (why.empty() ? "" : ": " + why));
}

std::shared_ptr<ValueState> state_of(const ValueLink& link) {
  auto state = link.is_back ? link.back.lock() : link.owned;
  if (state == nullptr && link.is_back) {
    throw BadInvOrder(
        "the valuetype that this one refers back to is gone; hold on to the outermost value");
  }
  return state;
}

std::vector<const TypeCodeNode::Member*> state_members(const TypeCodeNode& type) {
  std::vector<const TypeCodeNode*> chain;
  for (const auto* at = &type; at != nullptr; at = at->content) {
    chain.push_back(at);
    if (type.kind != tk_value || at->content == nullptr || at->content->kind != tk_value) break;
  }
  std::vector<const TypeCodeNode::Member*> members;
  for (auto part = chain.rbegin(); part != chain.rend(); ++part) {
    for (const auto& member : (*part)->members) members.push_back(&member);
  }
  return members;
}

}  // namespace detail

TCKind DynamicValue::kind() const noexcept { return DynamicParts::node(*this).kind; }

bool DynamicValue::to_bool() const {
  const auto* data = DynamicParts::get_if<bool>(*this);
  if (data == nullptr) no_such(*this, "boolean");
  return *data;
}

std::int64_t DynamicValue::to_integer() const { return integer_of<std::int64_t>(*this); }
std::uint64_t DynamicValue::to_unsigned() const { return integer_of<std::uint64_t>(*this); }

double DynamicValue::to_double() const {
  return std::visit(
      [&]<class T>(const T& data) -> double {
        if constexpr (kIsNumber<T>) {
          return static_cast<double>(data);
        } else if constexpr (std::is_same_v<T, cdr::Binary128>) {
          return static_cast<double>(cdr::from_binary128(data));
        } else if constexpr (std::is_same_v<T, detail::Decimal>) {
          return std::stod(data.text);
        } else {
          no_such(*this, "number");
        }
      },
      DynamicParts::content(*this).data);
}

std::string DynamicValue::to_text() const {
  const auto& node = DynamicParts::node(*this);
  return std::visit(
      [&]<class T>(const T& data) -> std::string {
        if constexpr (std::is_same_v<T, std::string>) {
          return data;
        } else if constexpr (std::is_same_v<T, std::u16string>) {
          return cdr::utf16_to_utf8(data);
        } else if constexpr (std::is_same_v<T, char>) {
          return cdr::utf16_to_utf8(std::u16string(1, static_cast<unsigned char>(data)));
        } else if constexpr (std::is_same_v<T, char16_t>) {
          return cdr::utf16_to_utf8(std::u16string(1, data));
        } else if constexpr (std::is_same_v<T, detail::Decimal>) {
          return data.text;
        } else if constexpr (std::is_same_v<T, std::uint32_t>) {
          if (node.kind == tk_enum) return node.members[data].name;
          no_such(*this, "text");
        } else {
          no_such(*this, "text");
        }
      },
      DynamicParts::content(*this).data);
}

TypeCode DynamicValue::to_type_code() const {
  const auto* data = DynamicParts::get_if<TypeCode>(*this);
  if (data == nullptr) no_such(*this, "TypeCode");
  return *data;
}

ObjectRef DynamicValue::to_reference() const {
  const auto* data = DynamicParts::get_if<detail::Reference>(*this);
  if (data == nullptr) no_such(*this, "object reference");
  return data->ref;
}

bool DynamicValue::is_null() const {
  if (const auto* link = DynamicParts::get_if<detail::ValueLink>(*this)) return link->is_null();
  if (const auto* reference = DynamicParts::get_if<detail::Reference>(*this))
    return reference->ref.is_nil();
  return kind() == tk_null;
}

bool DynamicValue::is_same_value(const DynamicValue& other) const {
  const void* own = identity();
  return own != nullptr && own == other.identity();
}

const void* DynamicValue::identity() const {
  const auto* link = DynamicParts::get_if<detail::ValueLink>(*this);
  if (link == nullptr) no_such(*this, "valuetype");
  return link->is_null() ? nullptr : state_of(*link).get();
}

DynamicValue DynamicValue::back_reference() const {
  if (identity() == nullptr) return *this;
  const auto state = state_of(*DynamicParts::get_if<detail::ValueLink>(*this));
  return DynamicParts::make(type_, detail::ValueLink{nullptr, state, true});
}

DynamicValue DynamicValue::content() const {
  if (kind() == tk_any) return DynamicParts::get_if<detail::PartList>(*this)->parts.front();
  const auto* link = DynamicParts::get_if<detail::ValueLink>(*this);
  if (kind() != tk_value_box) no_such(*this, "any or value box");
  if (link->is_null()) throw BadParam("a null value box holds nothing");
  return state_of(*link)->parts.front();
}

void DynamicValue::set_content(const DynamicValue& value) {
  if (kind() == tk_any) {
    *this = DynamicParts::make(type_, detail::PartList{{value}});
    return;
  }
  static_cast<void>(content());  // throws if there can be none
  const auto state = state_of(*DynamicParts::get_if<detail::ValueLink>(*this));
  DynamicValue fitting = detail::converted(value, state->parts.front().type());
  detail::weaken(fitting, state);
  state->parts.front() = std::move(fitting);
}

DynamicValue DynamicValue::new_value(const TypeCode& type) {
  const auto& node = detail::strip_aliases(*type.node());
  if (node.kind != tk_value && node.kind != tk_value_box)
    throw BadTypecode("a " + type.to_string() + " is no valuetype");
  if (node.modifier == kAbstract)
    throw BadTypecode("there are no values of the abstract " + type.to_string());
  auto state = std::make_shared<detail::ValueState>();
  const auto part = [&](const detail::TypeCodeNode* of) {
    state->parts.emplace_back(
        TypeCode(std::shared_ptr<const detail::TypeCodeNode>(type.node(), of)));
  };
  state->type = TypeCode(std::shared_ptr<const detail::TypeCodeNode>(type.node(), &node));
  if (node.kind == tk_value_box) {
    part(node.content);
  } else {
    for (const auto* member : detail::state_members(node)) part(member->type);
  }
  return DynamicParts::make(type, detail::ValueLink{std::move(state), {}, false});
}

}  // namespace corbel
