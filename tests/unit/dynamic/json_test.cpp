#include <gtest/gtest.h>
#include <corbel/dynamic.hpp>
#include <corbel/json.hpp>

#include <cmath>
#include <limits>

namespace corbel {
namespace {

using enum TCKind;

const dynamic::Description& shop() {
  static const auto description = dynamic::Description::parse(R"(
    module shop {
      enum Color { red, green };
      union Figure switch (Color) { case red: double radius; };
      union Other switch (long) { case 1: long number; default: string note; };
      struct Item { string name; Color shade; float price; sequence<long, 2> sizes; };
      struct Order { sequence<Item> items; sequence<octet> signature; any extra; Object owner;
                     fixed<6, 2> total; long grid[2]; Figure shape; };
      valuetype Node { public string label; public Node next; public sequence<Node> others; };
      valuetype Name string;
      struct Nodes { Node first; Node second; Name title; };
      exception Refused { string why; };
    };)");
  return description;
}

std::string refused(const std::string& type, std::string_view text) {
  try {
    from_json(shop().type("shop::" + type), text);
  } catch (const BadParam& failure) {
    return std::string(failure.message());
  }
  return "accepted";
}

std::string again(const std::string& type, std::string_view text) {
  return to_json(from_json(shop().type("shop::" + type), text));
}

template <class T>
T number(std::string_view text) {
  return from_json(Type<T>::type_code(), text).template get<T>();
}

TEST(Json, WritesScalars) {
  EXPECT_EQ(to_json(Any(true)), "true");
  EXPECT_EQ(to_json(Any(std::int32_t{-5})), "-5");
  EXPECT_EQ(to_json(Any(std::uint8_t{255})), "255");
  EXPECT_EQ(to_json(Any(76.1)), "76.1");
  EXPECT_EQ(to_json(Any(76.1f)), "76.1");
  EXPECT_EQ(to_json(Any(-0.0)), "-0.0");
  EXPECT_EQ(to_json(Any(1.0)), "1");
  EXPECT_EQ(to_json(Any(std::numeric_limits<double>::quiet_NaN())), "\"NaN\"");
  EXPECT_EQ(to_json(Any(-std::numeric_limits<float>::infinity())), "\"-Infinity\"");
  EXPECT_EQ(to_json(Any(std::int64_t{1} << 53)), "9007199254740992");
  EXPECT_EQ(to_json(Any((std::int64_t{1} << 53) + 1)), "\"9007199254740993\"");
  EXPECT_EQ(to_json(Any(std::numeric_limits<std::int64_t>::min())), "\"-9223372036854775808\"");
  EXPECT_EQ(to_json(Any(std::numeric_limits<std::uint64_t>::max())), "\"18446744073709551615\"");
  EXPECT_EQ(to_json(Any('\xe9')), "\"\u00e9\"");
  EXPECT_EQ(to_json(Any(u'\u20ac')), "\"\u20ac\"");
  EXPECT_EQ(to_json(Any("say \"hi\"\n\x01\\")), R"("say \"hi\"\n\u0001\\")");
  EXPECT_EQ(to_json(Any(std::u16string(u"\U0001f600"))), "\"\U0001f600\"");
  EXPECT_EQ(to_json(DynamicValue()), "null");
}

template <class T>
void expect_extremes_survive() {
  using Limits = std::numeric_limits<T>;
  for (const T value : {Limits::denorm_min(), Limits::min(), Limits::min() / 2, Limits::max(),
                        Limits::lowest(), -Limits::denorm_min()}) {
    const Any any(value);
    const std::string text = to_json(any);
    EXPECT_EQ(from_json(any.type(), text).to_any(), any) << text;
  }
}

TEST(Json, ReadsBackTheGreatestAndTheSmallestNumbers) {
  expect_extremes_survive<float>();
  expect_extremes_survive<double>();
  expect_extremes_survive<long double>();
}

TEST(Json, ReadsNumbersExactly) {
  EXPECT_EQ(number<double>("0.1"), 0.1);
  EXPECT_EQ(number<double>("5e-324"), 5e-324);
  EXPECT_EQ(number<double>("2.2250738585072011e-308"), 2.2250738585072011e-308);
  EXPECT_TRUE(std::signbit(number<double>("-0.0")));
  EXPECT_EQ(number<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(number<std::uint64_t>("18446744073709551615"),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(number<std::uint64_t>("\"18446744073709551615\""),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(number<float>("\"Infinity\""), std::numeric_limits<float>::infinity());
  EXPECT_EQ(number<long double>("0.1"), 0.1L);
  EXPECT_EQ(number<long double>("1e-5000"), 0.0L);
  EXPECT_EQ(number<double>("1e-400"), 0.0);
  EXPECT_THROW(number<long double>("1e5000"), BadParam);
  EXPECT_THROW(number<std::uint8_t>("256"), BadParam);
  EXPECT_THROW(number<std::uint8_t>("-1"), BadParam);
  EXPECT_THROW(number<std::int32_t>("1.5"), BadParam);
  EXPECT_THROW(number<double>("1e999"), BadParam);
  EXPECT_THROW(number<double>("\"nan\""), BadParam);
  EXPECT_THROW(number<bool>("1"), BadParam);
}

TEST(Json, CarriesConstructedTypes) {
  const std::string order =
      R"({"items":[{"name":"pen","shade":"green","price":1.5,"sizes":[1,2]}],)"
      R"("signature":"AQL/","extra":{"type":"long","value":5},"owner":null,"total":"12.50",)"
      R"("grid":[3,4],"shape":{"discriminator":"red","value":2.5}})";

  const auto value = from_json(shop().type("shop::Order"), order);

  EXPECT_EQ(to_json(value), order);
  EXPECT_EQ(value.at("items[0].shade").to_integer(), 1);
  EXPECT_EQ(value["signature"].get<std::vector<std::uint8_t>>(),
            (std::vector<std::uint8_t>{1, 2, 255}));
  EXPECT_EQ(value["extra"].content().get<std::int32_t>(), 5);
  EXPECT_EQ(value["total"].to_text(), "12.50");
  EXPECT_EQ(value.at("shape.radius").to_double(), 2.5);
}

TEST(Json, IsIndentedOnRequest) {
  const auto value = from_json(shop().type("shop::Refused"), R"({"why":"no"})");

  EXPECT_EQ(to_json(value, {.indent = 2}), "{\n  \"why\": \"no\"\n}");
  EXPECT_EQ(to_json(Any(std::vector<std::int32_t>{1, 2}), {.indent = 1}), "[\n 1,\n 2\n]");
  EXPECT_EQ(to_json(Any(std::vector<std::int32_t>{}), {.indent = 1}), "[]");
}

TEST(Json, UnionsAreReadByDiscriminatorOrBranch) {
  EXPECT_EQ(again("Other", R"({"discriminator":7,"value":"x"})"),
            R"({"discriminator":7,"value":"x"})");
  EXPECT_EQ(again("Other", R"({"number":7})"), R"({"discriminator":1,"value":7})");
  EXPECT_EQ(again("Figure", R"({"discriminator":"green"})"), R"({"discriminator":"green"})");
  EXPECT_EQ(refused("Figure", R"({"discriminator":"green","value":1})"),
            "$: \"value\" where the discriminator selects no branch");
  EXPECT_EQ(refused("Figure", R"({"discriminator":"red"})"), "$.value: is missing");
  EXPECT_EQ(refused("Figure", R"({"discriminator":"blue"})"),
            "$.discriminator: no enumerator \"blue\" in enum shop::Color");
  EXPECT_EQ(refused("Figure", R"({"square":1})"), "$: no member \"square\"");
}

TEST(Json, OtherFormsAreReadToo) {
  EXPECT_EQ(number<char>("65"), 'A');
  EXPECT_EQ(number<char>("\"\u00e9\""), '\xe9');
  EXPECT_EQ(number<char16_t>("55296"), char16_t{0xd800});
  EXPECT_EQ(to_json(from_json(TypeCode::sequence(tk_octet), "[1,2,255]")), "\"AQL/\"");
  EXPECT_EQ(to_json(from_json(TypeCode::fixed(5, 2), "1.5")), "\"1.50\"");
  const auto ref = from_json(TypeCode::interface("IDL:A:1.0", "A"), "\"corbaloc::host:1/key\"");
  EXPECT_EQ(ref.to_reference().host(), "host");
  EXPECT_EQ(to_json(ref).substr(0, 5), "\"IOR:");
  EXPECT_EQ(to_json(from_json(tk_any, "null")), "null");
}

TEST(Json, SaysWhereSomethingIsWrong) {
  const std::string items = R"({"items":[{"name":"pen","shade":"green","price":)";
  EXPECT_EQ(refused("Order", items + R"(true,"sizes":[]}]})").substr(0, 40),
            "$: member \"signature\" is missing");
  EXPECT_EQ(refused("Item", R"({"name":"pen","shade":"green","price":"much","sizes":[]})"),
            "$.price: expected number, got string");
  EXPECT_EQ(refused("Item", R"({"name":5,"shade":"green","price":1,"sizes":[]})"),
            "$.name: expected string, got number");
  EXPECT_EQ(refused("Item", R"({"name":"a","shade":"green","price":1,"sizes":[1,"x"]})"),
            "$.sizes[1]: expected number, got string");
  EXPECT_EQ(refused("Item", R"({"name":"a","shade":"green","price":1,"sizes":[1,2,3]})"),
            "$.sizes: 3 elements in a sequence<long, 2>");
  EXPECT_EQ(refused("Item", R"({"name":"a","shade":"green","price":1,"sizes":[1.5]})"),
            "$.sizes[0]: expected number, got 1.5");
  EXPECT_EQ(refused("Item", R"({"name":"a","shade":"green","price":1})"),
            "$: member \"sizes\" is missing");
  EXPECT_EQ(refused("Item", R"({"name":"a","shade":"green","price":1,"sizes":[],"x":1})"),
            "$: no member \"x\" in struct shop::Item");
  EXPECT_EQ(refused("Refused", R"({"why":"a","why":"b"})"), "$: \"why\" twice");
  EXPECT_EQ(refused("Refused", "[]"), "$: expected object, got array");
  EXPECT_EQ(refused("Refused", R"({"why":"a\u0000b"})").substr(0, 6), "$.why:");
}

TEST(Json, BrokenTextIsRefusedWithItsPlace) {
  EXPECT_EQ(refused("Refused", "{\n  \"why\" 5}").substr(0, 8), "line 2, ");
  EXPECT_EQ(refused("Refused", "{} x"), "line 1, column 4: more text after the value");
  EXPECT_EQ(refused("Refused", "").substr(0, 8), "line 1, ");
  EXPECT_EQ(refused("Refused", "{\"why\":\"\xff\"}").substr(0, 8), "line 1, ");
  EXPECT_EQ(refused("Refused", std::string(5000, '[')).substr(0, 8), "line 1, ");
  EXPECT_EQ(refused("Refused", "{\"why\":\"\\ud800\"}").substr(0, 8), "line 1, ");
}

TEST(Json, OctetsAreBase64) {
  const auto type = TypeCode::sequence(tk_octet);
  const auto text = [&](std::vector<std::uint8_t> octets) { return to_json(Any(octets)); };

  EXPECT_EQ(text({}), "\"\"");
  EXPECT_EQ(text({0}), "\"AA==\"");
  EXPECT_EQ(text({0, 1}), "\"AAE=\"");
  EXPECT_EQ(text({0, 1, 2, 3}), "\"AAECAw==\"");
  EXPECT_EQ(to_json(from_json(type, "\"AAECAw==\"")), "\"AAECAw==\"");
  for (const char* wrong :
       {"\"A\"", "\"AA\"", "\"AA=A\"", "\"====\"", "\"AB==\"", "\"A*==\"", "\"AA==AA==\"", "5"}) {
    EXPECT_THROW(from_json(type, wrong), BadParam) << wrong;
  }
}

TEST(Json, SharedAndCyclicValuetypesAreReferences) {
  const std::string ring =
      R"({"label":"one","next":{"label":"two","next":{"$ref":"$"},"others":[{"$ref":"$"}]},"others":)"
      R"([{"$ref":"$.next"}]})";
  const std::string both =
      R"({"first":{"label":"x","next":null,"others":[]},"second":{"$ref":"$.first"},)"
      R"("title":{"value":"t"}})";

  const auto value = from_json(shop().type("shop::Node"), ring);
  const auto nodes = from_json(shop().type("shop::Nodes"), both);

  EXPECT_EQ(to_json(value), ring);
  EXPECT_TRUE(value.at("next.next").is_same_value(value));
  EXPECT_TRUE(value.at("others[0]").is_same_value(value["next"]));
  EXPECT_EQ(to_json(DynamicValue(value.to_any())), ring);
  EXPECT_EQ(to_json(nodes), both);
  EXPECT_TRUE(nodes["first"].is_same_value(nodes["second"]));
  EXPECT_EQ(refused("Node", R"({"$ref":"$.nowhere"})"),
            "$.$ref: no valuetype stands at \"$.nowhere\" before this");
  EXPECT_EQ(refused("Nodes", R"({"first":null,"second":null,"title":{"$ref":"$.first"}})"),
            "$.title.$ref: no valuetype stands at \"$.first\" before this");
}

}  // namespace
}  // namespace corbel
