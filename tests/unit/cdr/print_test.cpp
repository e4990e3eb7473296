#include <gtest/gtest.h>
#include <corbel/any.hpp>
#include <tests/support/wire_sample.hpp>

#include <limits>
#include <sstream>

namespace corbel {
namespace {

using enum TCKind;

TypeCode color() { return TypeCode::enumeration("IDL:shop/Color:1.0", "Color", {"red", "green"}); }

TypeCode item() {
  return TypeCode::structure("IDL:shop/Item:1.0", "Item",
                             {{"name", TypeCode::string()},
                              {"shade", color()},
                              {"tags", TypeCode::sequence(TypeCode::string())},
                              {"extra", tk_any}});
}

template <class Write>
Any made(TypeCode type, Write write) {
  cdr::Encoder encoder;
  write(encoder);
  Any any;
  any.assign(std::move(type), encoder.copy());
  return any;
}

Any pen() {
  return made(item(), [](cdr::Encoder& encoder) {
    encoder.write_string("pen");
    encoder.write(std::uint32_t{1});
    encode(encoder, std::vector<std::string>{"a", "say \"b\"\n"});
    encode(encoder, Any(std::int32_t{5}));
  });
}

TEST(AnyText, ShowsScalars) {
  EXPECT_EQ(to_string(Any()), "null");
  EXPECT_EQ(to_string(Any(std::int32_t{-42})), "-42");
  EXPECT_EQ(to_string(Any(std::uint8_t{200})), "200");
  EXPECT_EQ(to_string(Any(true)), "true");
  EXPECT_EQ(to_string(Any('x')), "'x'");
  EXPECT_EQ(to_string(Any('\'')), "'\\''");
  EXPECT_EQ(to_string(Any(u'\u20ac')), "'\u20ac'");
  EXPECT_EQ(to_string(Any(76.1)), "76.1");
  EXPECT_EQ(to_string(Any(76.1f)), "76.1");
  EXPECT_EQ(to_string(Any(1.5L)), "1.5");
  EXPECT_EQ(to_string(Any(-std::numeric_limits<double>::infinity())), "-inf");
  EXPECT_EQ(to_string(Any("say \"hi\"\x01")), "\"say \\\"hi\\\"\\x01\"");
  EXPECT_EQ(to_string(Any(std::u16string(u"\u20ac\U0001f600"))), "\"\u20ac\U0001f600\"");
  EXPECT_EQ(to_string(Any(TypeCode::sequence(tk_long))), "sequence<long>");
}

TEST(AnyText, ShowsStructsByTheirNames) {
  EXPECT_EQ(to_string(pen()),
            "shop::Item{name: \"pen\", shade: green, tags: [\"a\", \"say \\\"b\\\"\\n\"], "
            "extra: any(long 5)}");
}

TEST(AnyText, ShowsWhatAnysHoldWithItsType) {
  EXPECT_EQ(to_string(Any(std::vector<Any>{Any("x"), Any(), Any(std::vector<std::int16_t>{1, 2})})),
            "[any(string \"x\"), any(null), any(sequence<short> [1, 2])]");
}

TEST(AnyText, CutsWhatIsLongAndSaysSo) {
  std::vector<std::int32_t> many(100, 7);
  std::vector<std::string> texts(100, "t");
  const std::vector<std::uint8_t> octets(70, 0xab);

  EXPECT_TRUE(to_string(Any(many)).ends_with("7, 7, ... (100 in all)]")) << Any(many);
  EXPECT_TRUE(to_string(Any(texts)).ends_with("\"t\", ... (100 in all)]")) << Any(texts);
  EXPECT_TRUE(to_string(Any(octets)).ends_with("abab... (70 octets)")) << Any(octets);
  EXPECT_EQ(to_string(Any(std::vector<std::uint8_t>{})), "[]");
  EXPECT_EQ(to_string(Any(std::vector<std::uint8_t>{1, 255})), "0x01ff");
  EXPECT_TRUE(to_string(Any(std::string(1000, 'a'))).ends_with("a\"... (1000 octets)"));
  EXPECT_EQ(to_string(Any("abcdefghij"), 5), "\"abcd...");
}

TEST(AnyText, WhatComesAfterLongSequenceIsStillShown) {
  const auto type = TypeCode::structure(
      "IDL:S:1.0", "S", {{"many", TypeCode::sequence(TypeCode::string())}, {"last", tk_long}});
  const Any any = made(type, [](cdr::Encoder& encoder) {
    encode(encoder, std::vector<std::string>(40, "x"));
    encoder.write(std::int32_t{9});
  });

  EXPECT_TRUE(to_string(any).ends_with("(40 in all)], last: 9}")) << any;
}

TEST(AnyText, ShowsUnionsFixedsAndReferences) {
  const auto figure = TypeCode::union_("IDL:Figure:1.0", "Figure", tk_long, -1,
                                       {{1, "radius", tk_double}, {2, "name", TypeCode::string()}});
  const Any circle = made(figure, [](cdr::Encoder& encoder) {
    encoder.write(std::int32_t{1});
    encoder.write(2.5);
  });
  const Any none = made(figure, [](cdr::Encoder& encoder) { encoder.write(std::int32_t{3}); });
  const Any price = made(TypeCode::fixed(5, 2), [](cdr::Encoder& encoder) {
    encoder.write_octets(testing::octets("01250d"));
  });
  const Any nil =
      made(TypeCode::interface("IDL:bank/Account:1.0", "Account"), [](cdr::Encoder& encoder) {
        encoder.write_string("");
        encoder.write(std::uint32_t{0});
      });

  EXPECT_EQ(to_string(circle), "Figure{1, radius: 2.5}");
  EXPECT_EQ(to_string(none), "Figure{3}");
  EXPECT_EQ(to_string(price), "-12.50");
  EXPECT_EQ(to_string(nil), "nil");
}

TEST(AnyText, MarksValuetypesThatAreMetAgain) {
  const std::string id = "IDL:Node:1.0";
  const auto node = TypeCode::value(id, "Node", 0, TypeCode(),
                                    {{"label", tk_long}, {"next", TypeCode::recursive(id)}});
  const Any ring = made(node, [&](cdr::Encoder& encoder) {
    encoder.write(std::uint32_t{0x7fffff02});
    encoder.write_string(id);
    encoder.write(std::int32_t{1});
    encoder.write(std::uint32_t{0xffffffff});
    encoder.write(-static_cast<std::int32_t>(encoder.size()));
  });
  const Any null = made(node, [](cdr::Encoder& encoder) { encoder.write(std::uint32_t{0}); });

  EXPECT_EQ(to_string(ring), "Node#1{label: 1, next: Node#1}");
  EXPECT_EQ(to_string(null), "null");
}

TEST(AnyText, NeverThrowsForBrokenOctets) {
  Any any;
  any.assign(item(), std::vector<std::byte>(3));

  EXPECT_EQ(to_string(any), "shop::Item{name:  <broken: message ends early>");
}

TEST(AnyText, GoesToStreams) {
  std::ostringstream out;

  out << Any(std::int32_t{1}) << " " << color();

  EXPECT_EQ(out.str(), "1 enum shop::Color");
}

TEST(AnyEquality, GoesByValueNotByOctets) {
  EXPECT_EQ(Any(0.0), Any(-0.0));
  EXPECT_EQ(Any(std::vector<float>{0.0f}), Any(std::vector<float>{-0.0f}));
  EXPECT_EQ(Any(std::numeric_limits<double>::quiet_NaN()),
            Any(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(Any(1.0) == Any(2.0));
  EXPECT_FALSE(Any(std::vector<double>{1}) == Any(std::vector<double>{1, 1}));
  const auto price = TypeCode::alias("IDL:Price:1.0", "Price", tk_long);
  const Any inner = made(tk_any, [&](cdr::Encoder& encoder) {
    price.encode(encoder);
    encoder.write(std::int32_t{5});
  });
  const Any plain =
      made(tk_any, [&](cdr::Encoder& encoder) { Any(std::int32_t{5}).encode(encoder); });
  EXPECT_EQ(inner, plain);
  EXPECT_FALSE(plain == made(tk_any, [&](cdr::Encoder& e) { Any(std::int32_t{6}).encode(e); }));
}

TEST(AnyEquality, SharingIsPartOfTheValue) {
  const auto box = TypeCode::value_box("IDL:Box:1.0", "Box", tk_long);
  const auto pair = TypeCode::structure("IDL:Pair:1.0", "Pair", {{"a", box}, {"b", box}});
  const auto write_box = [](cdr::Encoder& encoder, std::uint32_t tag) {
    encoder.write(tag);
    encoder.write_string("IDL:Box:1.0");
    if ((tag & 8) != 0) encoder.write(std::uint32_t{4});
    encoder.write(std::int32_t{7});
    if ((tag & 8) != 0) encoder.write(std::int32_t{-1});
  };
  const Any two = made(pair, [&](cdr::Encoder& encoder) {
    write_box(encoder, 0x7fffff02);
    write_box(encoder, 0x7fffff02);
  });
  const Any chunked = made(pair, [&](cdr::Encoder& encoder) {
    write_box(encoder, 0x7fffff0a);
    write_box(encoder, 0x7fffff0a);
  });
  const Any one = made(pair, [&](cdr::Encoder& encoder) {
    write_box(encoder, 0x7fffff02);
    encoder.write(std::uint32_t{0xffffffff});
    encoder.write(-static_cast<std::int32_t>(encoder.size()));
  });

  EXPECT_EQ(two, chunked);
  EXPECT_FALSE(two == one);
  EXPECT_EQ(to_string(one), "Pair{a: Box#1(7), b: Box#1}");
}

}  // namespace
}  // namespace corbel
