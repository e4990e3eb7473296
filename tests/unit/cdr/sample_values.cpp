#include <tests/unit/cdr/sample_values.hpp>

namespace corbel::testing {
namespace {

// Derived is left out: who knows only Base is the more interesting receiver.
constexpr const stub::ValueType* known[] = {&stub::kValueType<Node>,  &stub::kValueType<Base>,
                                            &stub::kValueType<Cell>,  &stub::kValueType<Text>,
                                            &stub::kValueType<Label>, &stub::kValueType<Task>};

}  // namespace

Node::~Node() {
  --alive;
  stub::ValueRelease release;
  Node::corbel_release(release);
}
const stub::ValueType& Node::corbel_type() const noexcept { return stub::kValueType<Node>; }
void Node::corbel_encode(cdr::Encoder& encoder) const {
  encode(encoder, id);
  encode(encoder, left);
  encode(encoder, right);
}
void Node::corbel_decode(cdr::Decoder& decoder) {
  ++alive;
  decode(decoder, id);
  decode(decoder, left);
  decode(decoder, right);
}
void Node::corbel_release(stub::ValueRelease& release) {
  release.take(left);
  release.take(right);
}

const stub::ValueType& Base::corbel_type() const noexcept { return stub::kValueType<Base>; }
void Base::corbel_encode(cdr::Encoder& encoder) const { encode(encoder, a); }
void Base::corbel_decode(cdr::Decoder& decoder) { decode(decoder, a); }

const stub::ValueType& Derived::corbel_type() const noexcept { return stub::kValueType<Derived>; }
void Derived::corbel_encode(cdr::Encoder& encoder) const {
  Base::corbel_encode(encoder);
  encode(encoder, b);
  encode(encoder, c);
}
void Derived::corbel_decode(cdr::Decoder& decoder) {
  Base::corbel_decode(decoder);
  decode(decoder, b);
  decode(decoder, c);
}

const stub::ValueType& Cell::corbel_type() const noexcept { return stub::kValueType<Cell>; }
void Cell::corbel_encode(cdr::Encoder& encoder) const {
  encode(encoder, content);
  encode(encoder, next);
}
void Cell::corbel_decode(cdr::Decoder& decoder) {
  decode(decoder, content);
  decode(decoder, next);
}
void Cell::corbel_release(stub::ValueRelease& release) { release.take(next); }
Cell::~Cell() {
  stub::ValueRelease release;
  Cell::corbel_release(release);
}

const stub::ValueType& Text::corbel_type() const noexcept { return stub::kValueType<Text>; }
void Text::corbel_encode(cdr::Encoder& encoder) const {
  encode(encoder, text);
  encode(encoder, number);
}
void Text::corbel_decode(cdr::Decoder& decoder) {
  decode(decoder, text);
  decode(decoder, number);
}

const stub::ValueType& Label::corbel_type() const noexcept { return stub::kValueType<Label>; }
void Label::corbel_encode(cdr::Encoder& encoder) const { encode(encoder, value); }
void Label::corbel_decode(cdr::Decoder& decoder) { decode(decoder, value); }

const stub::ValueType& Holder::corbel_type() const noexcept { return stub::kValueType<Holder>; }
void Holder::corbel_encode(cdr::Encoder& encoder) const {
  Base::corbel_encode(encoder);
  encode(encoder, content);
  encode(encoder, last);
}
void Holder::corbel_decode(cdr::Decoder& decoder) {
  Base::corbel_decode(decoder);
  decode(decoder, content);
  decode(decoder, last);
}

const stub::ValueType& Task::corbel_type() const noexcept { return stub::kValueType<Task>; }
void Task::corbel_encode(cdr::Encoder& encoder) const { encode(encoder, id); }
void Task::corbel_decode(cdr::Decoder& decoder) { decode(decoder, id); }

}  // namespace corbel::testing

namespace corbel {

using testing::known;
stub::ValueType::Types Type<testing::Node>::known_values() { return known; }
stub::ValueType::Types Type<testing::Base>::known_values() { return known; }
stub::ValueType::Types Type<testing::Derived>::known_values() { return known; }
stub::ValueType::Types Type<testing::Cell>::known_values() { return known; }
stub::ValueType::Types Type<testing::Text>::known_values() { return known; }
stub::ValueType::Types Type<testing::Label>::known_values() { return known; }
stub::ValueType::Types Type<testing::Holder>::known_values() { return known; }
stub::ValueType::Types Type<testing::Task>::known_values() { return known; }

TypeCode Type<testing::Node>::type_code() {
  const auto self = TypeCode::recursive("IDL:Node:1.0");
  return TypeCode::value("IDL:Node:1.0", "Node", 0, TypeCode(),
                         {{"id", TCKind::tk_long}, {"left", self}, {"right", self}});
}
TypeCode Type<testing::Base>::type_code() {
  return TypeCode::value("IDL:Base:1.0", "Base", 0, TypeCode(), {{"a", TCKind::tk_long}});
}
TypeCode Type<testing::Derived>::type_code() {
  return TypeCode::value("IDL:Derived:1.0", "Derived", 3, Type<testing::Base>::type_code(),
                         {{"b", TCKind::tk_double}, {"c", Type<testing::Base>::type_code()}});
}
TypeCode Type<testing::Cell>::type_code() {
  return TypeCode::value(
      "IDL:Cell:1.0", "Cell", 0, TypeCode(),
      {{"content", TCKind::tk_long}, {"next", TypeCode::recursive("IDL:Cell:1.0")}});
}
TypeCode Type<testing::Text>::type_code() {
  return TypeCode::value("IDL:Text:1.0", "Text", 0, TypeCode(),
                         {{"text", TypeCode::string()}, {"number", TCKind::tk_long}});
}
TypeCode Type<testing::Label>::type_code() {
  return TypeCode::value_box("IDL:Label:1.0", "Label", TypeCode::string());
}
TypeCode Type<testing::Holder>::type_code() {
  return TypeCode::value("IDL:Holder:1.0", "Holder", 3, Type<testing::Base>::type_code(),
                         {{"content", TCKind::tk_any}, {"last", TCKind::tk_long}});
}
TypeCode Type<testing::Task>::type_code() {
  return TypeCode::value("IDL:Task:1.0", "Task", 0, TypeCode(), {{"id", TCKind::tk_long}});
}

}  // namespace corbel
