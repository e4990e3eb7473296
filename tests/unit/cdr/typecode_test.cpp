#include <gtest/gtest.h>
#include <corbel/exceptions.hpp>
#include <corbel/stub/type.hpp>

namespace corbel {
namespace {

using enum TCKind;

TypeCode point(const std::string& id = "IDL:bank/Point:1.0", const std::string& member = "x") {
  return TypeCode::structure(id, "Point", {{member, tk_long}, {"y", tk_long}});
}
TypeCode list() {
  return TypeCode::structure(
      "IDL:List:1.0", "List",
      {{"head", tk_long}, {"tail", TypeCode::sequence(TypeCode::recursive("IDL:List:1.0"), 1)}});
}

TypeCode round_trip(const TypeCode& type) {
  cdr::Encoder encoder;
  type.encode(encoder);
  cdr::Decoder decoder(encoder.octets());
  TypeCode back = TypeCode::decode(decoder);
  EXPECT_FALSE(decoder.failed()) << decoder.failure();
  EXPECT_EQ(decoder.remaining(), 0u);
  return back;
}

TEST(TypeCode, GivesTheirPartsToThoseWhoAsk) {
  const auto type = TypeCode::union_("IDL:U:1.0", "U", tk_short, 1,
                                     {{7, "a", TypeCode::string(5)}, {0, "rest", tk_double}});

  EXPECT_EQ(type.kind(), tk_union);
  EXPECT_EQ(type.id(), "IDL:U:1.0");
  EXPECT_EQ(type.name(), "U");
  EXPECT_EQ(type.member_count(), 2u);
  EXPECT_EQ(type.member_label(0), 7);
  EXPECT_EQ(type.member_name(1), "rest");
  EXPECT_EQ(type.member_type(0).length(), 5u);
  EXPECT_EQ(type.discriminator_type().kind(), tk_short);
  EXPECT_EQ(type.default_index(), 1);
}

TEST(TypeCode, RefusesPartsThatItsKindDoesNotHave) {
  EXPECT_THROW(TypeCode(tk_long).id(), BadTypecode);
  EXPECT_THROW(TypeCode(tk_long).member_count(), BadTypecode);
  EXPECT_THROW(point().content_type(), BadTypecode);
  EXPECT_THROW(point().member_type(2), BadParam);
  EXPECT_THROW(TypeCode{tk_struct}, BadParam);
  EXPECT_THROW(TypeCode::fixed(32, 0), BadParam);
  EXPECT_THROW(TypeCode::union_("", "", tk_double, -1, {}), BadParam);
}

TEST(TypeCode, PartsOutliveTheWhole) {
  TypeCode inner = [] { return list().member_type(1).content_type(); }();

  EXPECT_EQ(inner.name(), "List");
  EXPECT_TRUE(inner.equal(list()));
  EXPECT_EQ(inner.member_type(1).content_type().member_name(0), "head");
}

TEST(TypeCode, MutuallyRecursiveTypesAreTied) {
  const auto inner =
      TypeCode::structure("IDL:B:1.0", "B",
                          {{"as", TypeCode::sequence(TypeCode::recursive("IDL:A:1.0"))},
                           {"bs", TypeCode::sequence(TypeCode::recursive("IDL:B:1.0"))}});
  const auto outer =
      TypeCode::structure("IDL:A:1.0", "A", {{"b", inner}, {"more", TypeCode::sequence(inner)}});

  const auto tied = outer.member_type(0).member_type(0).content_type();

  EXPECT_TRUE(tied.equal(outer));
  EXPECT_TRUE(round_trip(outer).equal(outer));
  EXPECT_EQ(outer.member_type(1).content_type().member_type(1).content_type().name(), "B");
}

TEST(TypeCode, ARecursiveTypeOutsideOfItsTypeCannotTravel) {
  cdr::Encoder encoder;

  EXPECT_THROW(TypeCode::sequence(TypeCode::recursive("IDL:A:1.0")).encode(encoder), BadTypecode);
}

TEST(TypeCode, EqualMeansAllPartsNamesToo) {
  EXPECT_TRUE(point().equal(point()));
  EXPECT_FALSE(point().equal(point("IDL:bank/Point:1.0", "z")));
  EXPECT_FALSE(point().equal(TypeCode::alias("IDL:P:1.0", "P", point())));
  EXPECT_TRUE(list().equal(list()));
  EXPECT_EQ(TypeCode(), TypeCode(tk_null));
}

TEST(TypeCode, EquivalentLooksThroughAliasesAndIgnoresNames) {
  EXPECT_TRUE(point().equivalent(
      TypeCode::alias("IDL:P:1.0", "P", TypeCode::alias("IDL:Q:1.0", "Q", point()))));
  EXPECT_TRUE(point().equivalent(point("IDL:bank/Point:1.0", "z")));
  EXPECT_TRUE(point().equivalent(point("", "z")));
  EXPECT_FALSE(point().equivalent(point("IDL:bank/Other:1.0")));
  EXPECT_TRUE(TypeCode::sequence(point()).equivalent(
      TypeCode::sequence(TypeCode::alias("IDL:P:1.0", "P", point()))));
  EXPECT_FALSE(TypeCode::string(3).equivalent(TypeCode::string(4)));
}

TEST(TypeCode, EquivalenceOfRecursiveTypesEnds) {
  const auto unnamed = round_trip(list());
  const auto once_more =
      TypeCode::structure("", "", {{"", tk_long}, {"", TypeCode::sequence(list(), 1)}});

  EXPECT_TRUE(list().equivalent(unnamed));
  EXPECT_TRUE(list().equivalent(once_more));
}

TEST(TypeCode, EveryKindSurvivesTheWire) {
  const std::vector<TypeCode> types = {
      tk_null,
      tk_any,
      tk_wchar,
      tk_Principal,
      TypeCode::string(),
      TypeCode::wstring(9),
      TypeCode::fixed(5, -2),
      TypeCode::interface("IDL:I:1.0", "I"),
      TypeCode::abstract_interface("IDL:AI:1.0", "AI"),
      TypeCode::enumeration("IDL:E:1.0", "E", {"a", "b"}),
      TypeCode::array(TypeCode::array(tk_long, 3), 2),
      TypeCode::exception("IDL:X:1.0", "X", {{"why", TypeCode::string()}}),
      list(),
      TypeCode::value_box("IDL:Box:1.0", "Box", point()),
      TypeCode::value("IDL:V:1.0", "V", 3, TypeCode::value("IDL:W:1.0", "W", 0, {}, {}),
                      {{"next", TypeCode::recursive("IDL:V:1.0"), 0}}),
      TypeCode::union_("IDL:U:1.0", "U", tk_wchar, -1, {{0x20ac, "euro", tk_long}}),
      TypeCode::union_("IDL:U:1.0", "U", TypeCode::enumeration("IDL:E:1.0", "E", {"a", "b"}), 0,
                       {{0, "d", tk_long}, {1, "b", tk_any}}),
      TypeCode::union_("IDL:U:1.0", "U", tk_longlong, -1, {{INT64_MIN, "least", tk_long}}),
      TypeCode::structure("IDL:Twice:1.0", "Twice", {{"a", point()}, {"b", point()}})};

  for (const auto& type : types) EXPECT_TRUE(round_trip(type).equal(type)) << type.to_string();
}

TEST(TypeCode, ARepeatedTypeIsWrittenOnce) {
  TypeCode type = point();
  for (int i = 0; i < 20; ++i) {
    const std::string id = "IDL:Doubled" + std::to_string(i) + ":1.0";
    type = TypeCode::structure(id, "Doubled", {{"a", type}, {"b", type}});
  }
  cdr::Encoder encoder;

  type.encode(encoder);

  EXPECT_LT(encoder.size(), 4000u);
  EXPECT_TRUE(round_trip(type).equal(type));
}

TEST(TypeCode, PrintsLikeIdl) {
  EXPECT_EQ(point().to_string(), "struct bank::Point");
  EXPECT_EQ(TypeCode::sequence(tk_long, 8).to_string(), "sequence<long, 8>");
  EXPECT_EQ(TypeCode::sequence(point()).to_string(), "sequence<bank::Point>");
  EXPECT_EQ(TypeCode::array(TypeCode::array(tk_octet, 3), 2).to_string(), "octet[2][3]");
  EXPECT_EQ(TypeCode::string(5).to_string(), "string<5>");
  EXPECT_EQ(TypeCode::fixed(5, 2).to_string(), "fixed<5, 2>");
  EXPECT_EQ(
      TypeCode::interface("IDL:omg.org/CosNaming/NamingContext:1.0", "NamingContext").to_string(),
      "interface CosNaming::NamingContext");
  EXPECT_EQ(TypeCode(tk_ulonglong).to_string(), "unsigned long long");
}

TEST(TypeOf, BasicTypesKnowTheirTypeCodes) {
  EXPECT_EQ(Type<std::int32_t>::type_code().kind(), tk_long);
  EXPECT_EQ(Type<char16_t>::type_code().kind(), tk_wchar);
  EXPECT_EQ(Type<std::vector<std::string>>::type_code(), TypeCode::sequence(TypeCode::string()));
  EXPECT_EQ((Type<std::array<bool, 2>>::type_code()), TypeCode::array(tk_boolean, 2));
}

}  // namespace
}  // namespace corbel
