#include <gtest/gtest.h>
#include <corbel/dynamic_value.hpp>

namespace corbel {
namespace {

using enum TCKind;

const std::string kNode = "IDL:Node:1.0";

TypeCode base() {
  return TypeCode::value("IDL:Base:1.0", "Base", 0, TypeCode(), {{"id", tk_long}});
}
TypeCode node() {
  return TypeCode::value(kNode, "Node", 0, base(),
                         {{"label", TypeCode::string()},
                          {"next", TypeCode::recursive(kNode)},
                          {"others", TypeCode::sequence(TypeCode::recursive(kNode))}});
}
TypeCode pair() {
  return TypeCode::structure("IDL:Pair:1.0", "Pair", {{"a", node()}, {"b", node()}, {"c", base()}});
}

// A null valuetype becomes one by the value that is set: there is nothing to give members to.
DynamicValue new_node(const std::string& label) {
  DynamicValue made = DynamicValue::new_value(node());
  made.set("label", label);
  return made;
}

TEST(DynamicValuetype, StartsAsNullAndIsMadeExplicitly) {
  DynamicValue value{node()};

  EXPECT_TRUE(value.is_null());
  EXPECT_EQ(value.size(), 0u);
  EXPECT_THROW(value["label"], BadParam);
  value = DynamicValue::new_value(node());
  EXPECT_FALSE(value.is_null());
  EXPECT_EQ(value.size(), 4u);
  EXPECT_EQ(value.name(0), "id") << "inherited members come first";
  value.set("id", 7);
  value.set("label", "x");
  EXPECT_EQ(to_string(value), "Node{id: 7, label: \"x\", next: null, others: []}");
  value.assign(DynamicValue());
  EXPECT_TRUE(value.is_null());
}

TEST(DynamicValuetype, CopiesMeanTheSameValue) {
  DynamicValue one = new_node("x");
  DynamicValue two = one;

  two.set("label", "y");

  EXPECT_EQ(one["label"].to_text(), "y");
  EXPECT_TRUE(one.is_same_value(two));
  EXPECT_FALSE(one.is_same_value(new_node("y")));
  EXPECT_FALSE(one.is_same_value(DynamicValue(one.to_any()))) << "an any is a copy";
  EXPECT_EQ(one, DynamicValue(one.to_any()));
}

TEST(DynamicValuetype, SharingSurvivesTheTrip) {
  DynamicValue both{pair()};
  both.set("a", new_node("shared"));
  both.set("b", both["a"]);

  const DynamicValue back(both.to_any());

  EXPECT_TRUE(back["a"].is_same_value(back["b"]));
  EXPECT_EQ(to_string(back).substr(0, 16), "Pair{a: Node#1{i");
}

TEST(DynamicValuetype, CyclesSurviveTheTrip) {
  DynamicValue ring = new_node("one");
  DynamicValue second = new_node("two");
  ring.set("next", second);
  second.set("next", ring);
  second.set("others", [&] {
    DynamicValue list{TypeCode::sequence(node())};
    list.append(ring);
    return list;
  }());

  const DynamicValue back(ring.to_any());

  EXPECT_TRUE(back.at("next.next").is_same_value(back));
  EXPECT_TRUE(back.at("next.others[0]").is_same_value(back));
  EXPECT_EQ(back.at("next.next.next.label").to_text(), "two");
  EXPECT_EQ(back, ring);
}

TEST(DynamicValuetype, AReferenceBackSaysWhenItsValueIsGone) {
  DynamicValue second = new_node("two");
  {
    DynamicValue ring = new_node("one");
    ring.set("next", second);
    second.set("next", ring);
  }

  EXPECT_THROW(second.at("next.label"), BadInvOrder);
}

TEST(DynamicValuetype, OnlyItsOwnTypeAndDerivedOnesFit) {
  DynamicValue both{pair()};
  const DynamicValue derived = new_node("d");

  EXPECT_THROW(both.set("a", DynamicValue::new_value(base())), BadParam);
  EXPECT_THROW(both.set("a", 5), BadParam);
  both.set("a", derived);
  both.set("c", derived);
  const DynamicValue back(both.to_any());
  EXPECT_TRUE(back["c"].is_same_value(back["a"]));
  both.set("a", DynamicValue());
  EXPECT_THROW(both.to_any(), BadParam) << "nothing would describe the derived members";
}

TEST(DynamicValuetype, WhatIsTruncatableCanBeCutDownByItsReceiver) {
  const auto derived = TypeCode::value("IDL:Derived:1.0", "Derived", 3, base(),
                                       {{"more", node()}, {"text", TypeCode::string()}});
  DynamicValue value = DynamicValue::new_value(derived);
  value.set("id", 7);
  value.set("more", new_node("inner"));
  value.set("text", "lost");

  const Any any = value.to_any();
  cdr::Decoder whole(any.octets());
  const DynamicValue again(Any::decode_value(derived, whole));
  cdr::Decoder cut(any.octets());
  const DynamicValue known(Any::decode_value(base(), cut));

  EXPECT_EQ(again, value);
  EXPECT_FALSE(cut.failed()) << cut.failure();
  EXPECT_EQ(cut.remaining(), 0u);
  EXPECT_EQ(to_string(known), "Base{id: 7}");
}

TEST(DynamicValuetype, BoxesAreLookedThrough) {
  const auto type = TypeCode::value_box("IDL:Box:1.0", "Box", TypeCode::sequence(tk_long));
  DynamicValue box = DynamicValue::new_value(type);

  DynamicValue list{TypeCode::sequence(tk_long)};
  list.append(4);
  box.set_content(list);

  EXPECT_EQ(box.size(), 1u);
  EXPECT_EQ(box[0].to_integer(), 4);
  box.set("[0]", 5);
  EXPECT_EQ(box.content()[0].to_integer(), 5);
  EXPECT_EQ(DynamicValue(box.to_any()), box);
}

}  // namespace
}  // namespace corbel
