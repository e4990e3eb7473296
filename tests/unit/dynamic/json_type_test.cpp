#include <gtest/gtest.h>
#include <corbel/dynamic.hpp>
#include <corbel/json.hpp>

namespace corbel {
namespace {

using enum TCKind;

std::string refused(std::string_view text) {
  try {
    type_code_from_json(text);
  } catch (const BadParam& failure) {
    return std::string(failure.message());
  }
  return "accepted";
}

TEST(JsonType, EveryKindIsWrittenAndRead) {
  const auto description = dynamic::Description::parse(R"(
    enum Color { red, green };
    union U switch (Color) { case red: long a; default: wstring<3> b; };
    union Wide switch (unsigned long long) { case 0xffffffffffffffff: long a; };
    struct Tree; typedef sequence<Tree> Trees;
    struct Tree { U choice; Trees children; fixed<5, 2> price; octet key[4]; Object self; };
    valuetype Base { public long id; };
    valuetype Node : truncatable Base { private Node next; };
    custom valuetype Own { public long x; };
    valuetype Box sequence<string<8>, 5>;
    abstract interface Walker {};
    interface Plain {};
    exception Failed { Box why; };)");

  for (const auto& [name, type] : description.types()) {
    EXPECT_EQ(type_code_from_json(to_json(type)), type) << name << ": " << to_json(type);
    EXPECT_EQ(type_code_from_json(to_json(type, {.indent = 2})), type) << name;
  }
  EXPECT_EQ(description.types().size(), 12u);
}

TEST(JsonType, ReadsWell) {
  EXPECT_EQ(to_json(TypeCode(tk_ulonglong)), "\"unsigned long long\"");
  EXPECT_EQ(to_json(TypeCode::string(5)), R"({"kind":"string","bound":5})");
  EXPECT_EQ(to_json(TypeCode::sequence(tk_long)), R"({"kind":"sequence","element":"long"})");
  const auto tree = TypeCode::structure(
      "IDL:Tree:1.0", "Tree", {{"all", TypeCode::sequence(TypeCode::recursive("IDL:Tree:1.0"))}});
  EXPECT_EQ(to_json(tree),
            R"({"kind":"struct","id":"IDL:Tree:1.0","name":"Tree","members":[{"name":"all","type":)"
            R"({"kind":"sequence","element":{"kind":"recursive","id":"IDL:Tree:1.0"}}}]})");
}

TEST(JsonType, SaysWhereSomethingIsWrong) {
  EXPECT_EQ(refused("\"lung\""), "$: no type \"lung\"");
  EXPECT_EQ(refused("5"), "$: expected a type, got number");
  EXPECT_EQ(refused("{}"), "$: no member \"kind\"");
  EXPECT_EQ(refused(R"({"kind":"sequence","element":"lung"})"), "$.element: no type \"lung\"");
  EXPECT_EQ(refused(R"({"kind":"array","element":"long","length":-1})"),
            "$.length: -1 is no integer in range");
  EXPECT_EQ(refused(R"({"kind":"fixed","digits":40,"scale":2})"), "$: a fixed has 1 to 31 digits");
  EXPECT_EQ(refused(R"({"kind":"struct","id":"","name":"","members":[{"name":"a"}]})"),
            "$.members[0]: no member \"type\"");
  EXPECT_EQ(refused(R"({"kind":"thing","id":"","name":""})"), "$: no kind of type \"thing\"");
}

}  // namespace
}  // namespace corbel
