#include <gtest/gtest.h>
#include <corbel/dynamic_value.hpp>

#include <limits>
#include <sstream>

namespace corbel {
namespace {

using enum TCKind;

TypeCode color() { return TypeCode::enumeration("IDL:shop/Color:1.0", "Color", {"red", "green"}); }

TypeCode figure() {
  return TypeCode::union_(
      "IDL:shop/Figure:1.0", "Figure", tk_long, 2,
      {{1, "radius", tk_double}, {2, "name", TypeCode::string()}, {0, "other", tk_octet}});
}

TypeCode item() {
  return TypeCode::structure(
      "IDL:shop/Item:1.0", "Item",
      {{"name", TypeCode::string(8)},
       {"shade", color()},
       {"price", TypeCode::alias("IDL:shop/Price:1.0", "Price", TypeCode::fixed(5, 2))},
       {"sizes", TypeCode::sequence(tk_short, 3)},
       {"tags", TypeCode::sequence(TypeCode::string())},
       {"shape", figure()},
       {"grid", TypeCode::array(TypeCode::array(tk_float, 2), 2)},
       {"extra", tk_any},
       {"owner", TypeCode::interface("IDL:shop/Owner:1.0", "Owner")},
       {"title", TypeCode::wstring()}});
}

template <class F>
std::string refused(F change) {
  try {
    change();
  } catch (const BadParam& failure) {
    return std::string(failure.message());
  }
  return "accepted";
}

TEST(DynamicValue, StartsWithZeroEmptyNilAndFirst) {
  const DynamicValue value{item()};

  EXPECT_EQ(to_string(value),
            "shop::Item{name: \"\", shade: red, price: 0.00, sizes: [], tags: [], "
            "shape: {1, radius: 0}, grid: [[0, 0], [0, 0]], extra: any(null), owner: nil, "
            "title: \"\"}");
}

TEST(DynamicValue, MembersAreFoundByNameIndexAndPath) {
  DynamicValue value{item()};
  value.set("name", "pen");
  value.set("tags", DynamicValue(std::vector<std::string>{"a", "b"}));

  EXPECT_EQ(value.size(), 10u);
  EXPECT_EQ(value.name(2), "price");
  EXPECT_TRUE(value.has("tags"));
  EXPECT_FALSE(value.has("nothing"));
  EXPECT_EQ(value["name"].to_text(), "pen");
  EXPECT_EQ(value[0].to_text(), "pen");
  EXPECT_EQ(value.at("tags[1]").to_text(), "b");
  EXPECT_EQ(value.at("tags[1]").type(), TypeCode::string());
  EXPECT_EQ(refused([&] { value.at("tags[2]"); }), "tags[2]: part 2 of a sequence<string> of 2");
  EXPECT_EQ(refused([&] { value.at("nose"); }), "nose: a struct shop::Item has no member \"nose\"");
  EXPECT_EQ(refused([&] { value.at("tags[x]"); }),
            "the path \"tags[x]\" is not like items[3].price");
}

TEST(DynamicValue, WhatIsSetIsConvertedWhereItFits) {
  DynamicValue value{item()};

  value.set("shade", "green");
  value.set("price", 12.5);
  value.set("sizes", DynamicValue(std::vector<std::int32_t>{1, 2, 3}));
  value.set("sizes[1]", std::uint64_t{7});
  value.set("grid[1][0]", 3);
  value.set("title", "\u20ac");
  value.set("extra", 5);
  value.set("owner", "corbaloc::host:1/key");

  EXPECT_EQ(value["shade"].to_text(), "green");
  EXPECT_EQ(value["shade"].to_integer(), 1);
  EXPECT_EQ(value["price"].to_text(), "12.50");
  EXPECT_EQ(value["price"].to_double(), 12.5);
  EXPECT_EQ(to_string(value["sizes"]), "[1, 7, 3]");
  EXPECT_EQ(value.at("grid[1][0]").get<float>(), 3.0f);
  EXPECT_EQ(value["title"].get<std::u16string>(), u"\u20ac");
  EXPECT_EQ(value["extra"].content().get<std::int32_t>(), 5);
  EXPECT_EQ(value["owner"].to_reference().host(), "host");
}

TEST(DynamicValue, WhatDoesNotFitIsRefusedAndChangesNothing) {
  DynamicValue value{item()};
  const DynamicValue before = value;

  EXPECT_EQ(refused([&] { value.set("name", "far too long"); }),
            "name: expected string<8>, got string \"far too long\": longer than its bound");
  EXPECT_EQ(refused([&] { value.set("name", 1); }), "name: expected string<8>, got long 1");
  EXPECT_EQ(refused([&] { value.set("shade", "blue"); }),
            "shade: expected enum shop::Color, got string \"blue\": no enumerator of that name");
  EXPECT_EQ(refused([&] { value.set("shade", 2); }),
            "shade: expected enum shop::Color, got long 2: out of range");
  EXPECT_EQ(refused([&] { value.set("price", "1234.5"); }),
            "price: expected typedef shop::Price, got string \"1234.5\": no such number of so many "
            "digits");
  EXPECT_EQ(refused([&] { value.set("price", "1.234"); }).substr(0, 6), "price:");
  EXPECT_EQ(refused([&] { value.set("sizes[0]", 1); }), "part 0 of a sequence<short, 3> of 0");
  EXPECT_EQ(refused([&] { value.set("sizes", DynamicValue(std::vector<std::int16_t>(4))); }),
            "sizes: 4 elements in a sequence<short, 3>");
  EXPECT_EQ(refused([&] { value.set("grid", DynamicValue(std::vector<float>(3))); }),
            "grid: expected float[2][2], got sequence<float> [0, 0, 0]: 3 elements instead of 2");
  EXPECT_EQ(refused([&] { value.set("owner", "nonsense"); }).substr(0, 6), "owner:");
  EXPECT_EQ(refused([&] { value.set("title", true); }),
            "title: expected wstring, got boolean true");
  EXPECT_EQ(value, before);
}

TEST(DynamicValue, NumbersFitByRange) {
  DynamicValue octet{TypeCode(tk_octet)};
  DynamicValue single{TypeCode(tk_float)};
  DynamicValue wide{TypeCode(tk_ulonglong)};
  DynamicValue precise{TypeCode(tk_longdouble)};

  octet.assign(255);
  single.assign(76.1);
  wide.assign(std::numeric_limits<std::int64_t>::max());
  precise.assign(1.5);

  EXPECT_EQ(octet.get<std::uint8_t>(), 255);
  EXPECT_EQ(single.get<float>(), 76.1f);
  EXPECT_EQ(wide.to_unsigned(), 9223372036854775807u);
  EXPECT_EQ(precise.get<long double>(), 1.5L);
  EXPECT_EQ(refused([&] { octet.assign(256); }), "expected octet, got long 256: out of range");
  EXPECT_EQ(refused([&] { octet.assign(1.0); }), "expected octet, got double 1");
  EXPECT_EQ(refused([&] { single.assign(1e300); }),
            "expected float, got double 1e+300: out of range");
  EXPECT_EQ(refused([&] { wide.assign(-1); }),
            "expected unsigned long long, got long -1: out of range");
}

TEST(DynamicValue, CopiesAreIndependent) {
  DynamicValue one{item()};
  one.set("tags", DynamicValue(std::vector<std::string>{"a"}));
  DynamicValue two = one;

  two.set("tags[0]", "b");
  two.set("grid[0][0]", 1);

  EXPECT_EQ(one.at("tags[0]").to_text(), "a");
  EXPECT_EQ(two.at("tags[0]").to_text(), "b");
  EXPECT_EQ(one.at("grid[0][0]").to_double(), 0);
}

TEST(DynamicValue, SequencesGrowAndShrink) {
  DynamicValue texts{TypeCode::sequence(TypeCode::string())};
  DynamicValue shorts{TypeCode::sequence(tk_short, 2)};

  texts.append("a");
  texts.append("b");
  texts.resize(1);
  shorts.append(1);
  shorts.append(2);

  EXPECT_EQ(texts.get<std::vector<std::string>>(), (std::vector<std::string>{"a"}));
  EXPECT_EQ(refused([&] { shorts.append(3); }), "3 elements in a sequence<short, 2>");
  EXPECT_EQ(refused([&] { texts.append(3); }).substr(0, 15), "expected string");
  EXPECT_EQ(texts.size(), 1u);
  EXPECT_THROW(DynamicValue(5).append(1), BadTypecode);
}

TEST(DynamicValue, UnionsSelectTheirBranch) {
  DynamicValue value{figure()};

  value.set("name", "x");

  EXPECT_EQ(value.discriminator().to_integer(), 2);
  EXPECT_EQ(value.name(0), "name");
  EXPECT_EQ(value["name"].to_text(), "x");
  EXPECT_EQ(refused([&] { value["radius"]; }),
            "the union union shop::Figure holds \"name\", not \"radius\"");
  value.set("other", 7);
  EXPECT_EQ(value.discriminator().to_integer(), 0);
  value.set_discriminator(99);
  EXPECT_EQ(value["other"].to_integer(), 7) << "99 means the default branch too";
  value.set_discriminator(1);
  EXPECT_EQ(value["radius"].to_double(), 0);
  value.set("radius", 2.5);
  EXPECT_EQ(to_string(value), "shop::Figure{1, radius: 2.5}");
  EXPECT_EQ(value.at("radius").to_double(), 2.5);
}

TEST(DynamicValue, AUnionWithoutDefaultMayHaveNoBranch) {
  DynamicValue value{TypeCode::union_("IDL:U:1.0", "U", tk_boolean, -1, {{1, "yes", tk_long}})};

  value.set_discriminator(false);

  EXPECT_EQ(value.size(), 0u);
  EXPECT_EQ(DynamicValue(value.to_any()), value);
  EXPECT_FALSE(value.has("yes"));
  value.set("yes", 4);
  EXPECT_TRUE(value.discriminator().to_bool());
}

TEST(DynamicValue, AnysAreLookedThrough) {
  DynamicValue value{item()};
  DynamicValue inner{item()};
  inner.set("name", "inner");

  value.set("extra", inner);
  value.set("extra.tags", DynamicValue(std::vector<std::string>{"t"}));

  EXPECT_EQ(value.at("extra.name").to_text(), "inner");
  EXPECT_EQ(value.at("extra.tags[0]").to_text(), "t");
  EXPECT_EQ(value["extra"].kind(), tk_any);
  EXPECT_EQ(value["extra"].content().kind(), tk_struct);
  EXPECT_EQ(value["extra"].size(), 10u);
}

TEST(DynamicValue, GoesAndComesAsAny) {
  DynamicValue value{item()};
  value.set("name", "pen");
  value.set("price", "-0.05");
  value.set("shape.name", "s");

  const Any any = value.to_any();

  EXPECT_EQ(any.type(), item());
  EXPECT_EQ(DynamicValue(any), value);
  EXPECT_EQ(DynamicValue(any).at("price").to_text(), "-0.05");
  EXPECT_FALSE(DynamicValue(any) == DynamicValue(item()));
}

TEST(DynamicValue, WhatAKindHasNotIsBadTypecode) {
  EXPECT_THROW(DynamicValue(5).to_text(), BadTypecode);
  EXPECT_THROW(DynamicValue(5).to_bool(), BadTypecode);
  EXPECT_THROW(DynamicValue("x").to_integer(), BadTypecode);
  EXPECT_THROW(DynamicValue("x").to_double(), BadTypecode);
  EXPECT_THROW(DynamicValue("x")[0], BadTypecode);
  EXPECT_THROW(DynamicValue("x").discriminator(), BadTypecode);
  EXPECT_THROW(DynamicValue("x").content(), BadTypecode);
  EXPECT_THROW(DynamicValue("x").to_reference(), BadTypecode);
  EXPECT_EQ(DynamicValue::of(TypeCode(tk_long)).to_type_code(), TypeCode(tk_long));
}

TEST(DynamicValue, HugeSmallestValuesAreRefused) {
  TypeCode type(tk_octet);
  for (int i = 0; i < 3; ++i) type = TypeCode::array(type, 60'000);
  const auto endless =
      TypeCode::structure("IDL:E:1.0", "E", {{"self", TypeCode::recursive("IDL:E:1.0")}});

  EXPECT_THROW(DynamicValue{type}, ImpLimit);
  EXPECT_THROW(DynamicValue{TypeCode::array(TypeCode::string(), 4'000'000'000u)}, ImpLimit);
  EXPECT_THROW(DynamicValue{endless}, ImpLimit);
}

TEST(DynamicValue, BrokenOctetsAreMarshal) {
  Any any;
  any.assign(item(), std::vector<std::byte>(3));

  EXPECT_THROW(DynamicValue{any}, Marshal);
}

}  // namespace
}  // namespace corbel
