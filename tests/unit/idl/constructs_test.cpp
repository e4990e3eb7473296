#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/unit/idl/support.hpp"

// What the tree keeps of unions, valuetypes, annotations and the like.
namespace corbel::idl::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <typename T>
std::vector<std::string> names(const std::vector<T*>& declarations) {
  std::vector<std::string> found;
  for (const Declaration* declaration : declarations) found.push_back(declaration->name);
  return found;
}

// The digits of a constant's fixed-point value, with its point.
std::string fixed_of(const std::string& expression) {
  const Outcome outcome = compile_source("const fixed x = " + expression + ";");
  const auto* constant = find<Constant>(outcome, "x");
  if (constant == nullptr) return outcome.messages();
  const auto& value = std::get<FixedValue>(constant->value);
  std::string digits = value.digits;
  if (digits.size() <= value.scale) digits.insert(0, value.scale + 1U - digits.size(), '0');
  if (value.scale != 0) digits.insert(digits.size() - value.scale, ".");
  return (value.negative ? "-" : "") + digits;
}

TEST(Unions, KeepLabelsAndFindAValueWithoutOne) {
  const Outcome outcome = compile_source(
      "enum Color { red, green, blue };\n"
      "union A switch (Color) { case red: case blue: long a_; };\n"
      "union B switch (short) { case 0: case 1: long x; default: long y; };\n"
      "union C switch (boolean) { case FALSE: long x; case TRUE: long y; };\n"
      "union D switch (char) { case 'a': long x; };\n");
  const auto* a = find<Union>(outcome, "A");
  ASSERT_NE(a, nullptr) << outcome.messages();

  ASSERT_EQ(a->cases.size(), 1U);
  ASSERT_EQ(a->cases[0]->labels.size(), 2U);
  EXPECT_EQ(std::get<const Enumerator*>(a->cases[0]->labels[1])->name, "blue");
  EXPECT_EQ(std::get<const Enumerator*>(*a->unnamed_value)->name, "green");
  const auto* b = find<Union>(outcome, "B");
  EXPECT_TRUE(b->cases[1]->is_default);
  EXPECT_EQ(std::get<std::int64_t>(*b->unnamed_value), 2);
  EXPECT_FALSE(find<Union>(outcome, "C")->unnamed_value.has_value());
  EXPECT_EQ(std::get<char>(*find<Union>(outcome, "D")->unnamed_value), '\0');
}

TEST(Unions, FindANegativeValueWhenAllOthersHaveLabels) {
  std::string text = "union U switch (int8) {";
  for (int i = 0; i < 128; ++i) text += " case " + std::to_string(i) + ":";
  text += " case -1: long a; default: long b; };";

  const Outcome outcome = compile_source(text);

  ASSERT_TRUE(outcome.file) << outcome.messages();
  EXPECT_EQ(std::get<std::int64_t>(*find<Union>(outcome, "U")->unnamed_value), -2);
}

TEST(Unions, WithALabelForEveryOctetHaveNoOtherValue) {
  std::string text = "union U switch (octet) {";
  for (int i = 0; i < 256; ++i) text += " case " + std::to_string(i) + ":";

  EXPECT_FALSE(find<Union>(compile_source(text + " long a; };"), "U")->unnamed_value.has_value());
  EXPECT_THAT(messages_of(text + " long a; default: long b; };"),
              HasSubstr("the default branch 'b' can never be chosen"));
}

TEST(Valuetypes, KeepBasesStateAndFactories) {
  const Outcome outcome = compile_source(
      "interface Shape {};\n"
      "abstract valuetype Any1 {};\n"
      "valuetype Base { public long x; };\n"
      "valuetype V : truncatable Base, Any1 supports Shape {\n"
      "  public V next; private string text;\n"
      "  factory make(in long x_);\n"
      "  void f();\n"
      "};\n"
      "custom valuetype C { public long y; };\n");
  const auto* value = find<ValueType>(outcome, "V");
  ASSERT_NE(value, nullptr) << outcome.messages();

  EXPECT_TRUE(value->is_defined);
  EXPECT_TRUE(value->is_truncatable);
  EXPECT_THAT(names(value->bases), ElementsAre("Base", "Any1"));
  EXPECT_THAT(names(value->supports), ElementsAre("Shape"));
  EXPECT_THAT(names(value->definitions), ElementsAre("next", "text", "make", "f"));
  EXPECT_TRUE(as<StateMember>(value->definitions[0])->is_public);
  EXPECT_FALSE(as<StateMember>(value->definitions[1])->is_public);
  EXPECT_EQ(as<Factory>(value->definitions[2])->parameters.size(), 1U);
  EXPECT_TRUE(find<ValueType>(outcome, "Any1")->is_abstract);
  EXPECT_TRUE(find<ValueType>(outcome, "C")->is_custom);
}

TEST(Valuetypes, MayBeAnnouncedAndNeverDefined) {
  EXPECT_THAT(messages_of("valuetype V; interface I { void f(in V x); };"),
              HasSubstr("warning: valuetype 'V' is announced here, but never defined"));
}

TEST(FixedPoint, ComputesExactly) {
  EXPECT_EQ(fixed_of("1.10d"), "1.1");
  EXPECT_EQ(fixed_of("0.1d + 0.2d"), "0.3");
  EXPECT_EQ(fixed_of("1d - 1.001d"), "-0.001");
  EXPECT_EQ(fixed_of("-(2.5d * -4d)"), "10");
  EXPECT_EQ(fixed_of("1d / 8d"), "0.125");
  EXPECT_EQ(fixed_of("2d / 3d"), "0.6666666666666666666666666666666");
  EXPECT_EQ(fixed_of("100d / 3d"), "33.33333333333333333333333333333");
  EXPECT_EQ(fixed_of("5d - 5.00d"), "0");
  EXPECT_EQ(fixed_of("9999999999999999999999999999999d * 1d"), "9999999999999999999999999999999");
  EXPECT_EQ(fixed_of("1000000000000000d * 1000000000000000.123456d"),
            "1000000000000000123456000000000");
}

TEST(FixedPoint, CutsWhatItsTypeCannotHold) {
  const Outcome outcome = compile_source("typedef fixed<5, 2> F; const F x = -1.239d;");
  const auto* constant = find<Constant>(outcome, "x");
  ASSERT_NE(constant, nullptr) << outcome.messages();

  const auto& value = std::get<FixedValue>(constant->value);

  EXPECT_EQ(value.digits, "123");
  EXPECT_EQ(value.scale, 2);
  EXPECT_TRUE(value.negative);
}

TEST(Annotations, AreKeptWithTheirValues) {
  const Outcome outcome = compile_source(
      "const long most = 7;\n"
      "enum Color { red, green };\n"
      "@mine::own(a=1, b=\"x\", c=most, d=UNKNOWN, e=-2, f=TRUE, g=1.5, h=A|B)\n"
      "@nested struct S {\n"
      "  @key @default(3) octet x;\n"
      "  @default(green) Color c;\n"
      "};\n"
      "interface I { @quick void f(@in_place in long x); };\n");
  const auto* structure = find<Struct>(outcome, "S");
  ASSERT_NE(structure, nullptr) << outcome.messages();

  ASSERT_EQ(structure->annotations.size(), 2U);
  const Annotation& own = structure->annotations[0];
  EXPECT_EQ(own.name, "mine::own");
  ASSERT_EQ(own.parameters.size(), 8U);
  EXPECT_EQ(own.parameters[0].first, "a");
  EXPECT_EQ(std::get<std::uint64_t>(own.parameters[0].second), 1U);
  EXPECT_EQ(std::get<std::string>(own.parameters[1].second), "x");
  EXPECT_EQ(std::get<std::int64_t>(own.parameters[2].second), 7);
  EXPECT_EQ(std::get<std::string>(own.parameters[3].second), "UNKNOWN");
  EXPECT_EQ(std::get<std::int64_t>(own.parameters[4].second), -2);
  EXPECT_TRUE(std::get<bool>(own.parameters[5].second));
  EXPECT_EQ(std::get<long double>(own.parameters[6].second), 1.5L);
  EXPECT_EQ(std::get<std::string>(own.parameters[7].second), "A | B");
  EXPECT_EQ(structure->annotations[1].name, "nested");
  const Member& x = *structure->members[0];
  ASSERT_EQ(x.annotations.size(), 2U);
  EXPECT_EQ(x.annotations[0].name, "key");
  EXPECT_EQ(std::get<std::uint64_t>(x.annotations[1].parameters[0].second), 3U);
  EXPECT_EQ(
      std::get<const Enumerator*>(structure->members[1]->annotations[0].parameters[0].second)->name,
      "green");
  const auto* f = as<Operation>(find<Interface>(outcome, "I")->definitions[0]);
  EXPECT_EQ(f->annotations[0].name, "quick");
  EXPECT_EQ(f->parameters[0]->annotations[0].name, "in_place");
}

TEST(Bitmasks, CountPositionsOn) {
  const Outcome outcome = compile_source("@bit_bound(12) bitmask M { a, @position(5) b, c };");
  const auto* bitmask = find<Bitmask>(outcome, "M");
  ASSERT_NE(bitmask, nullptr) << outcome.messages();

  EXPECT_EQ(bitmask->bound, 12);
  ASSERT_EQ(bitmask->flags.size(), 3U);
  EXPECT_EQ(bitmask->flags[0].position, 0);
  EXPECT_EQ(bitmask->flags[1].position, 5);
  EXPECT_EQ(bitmask->flags[2].position, 6);
}

TEST(Bitsets, KeepGapsTypesAndBases) {
  const Outcome outcome = compile_source(
      "bitset A1 { bitfield<3> a; bitfield<2>; bitfield<9, short> b c; };\n"
      "bitset B1 : A1 { bitfield<1, boolean> d; };\n");
  const auto* bitset = find<Bitset>(outcome, "A1");
  ASSERT_NE(bitset, nullptr) << outcome.messages();

  ASSERT_EQ(bitset->fields.size(), 4U);
  EXPECT_EQ(bitset->fields[1].name, "");
  EXPECT_EQ(bitset->fields[1].width, 2);
  EXPECT_EQ(bitset->fields[3].name, "c");
  EXPECT_TRUE(is_primitive(*bitset->fields[3].type, Primitive::kShort));
  EXPECT_EQ(find<Bitset>(outcome, "B1")->base, bitset);
}

TEST(StructInheritance, KeepsTheBase) {
  const Outcome outcome = compile_source("struct A { long x; }; struct B : A {};");

  ASSERT_NE(find<Struct>(outcome, "B"), nullptr) << outcome.messages();
  EXPECT_EQ(find<Struct>(outcome, "B")->base, find<Struct>(outcome, "A"));
}

TEST(SizedIntegers, AreTypesUnlessDeclared) {
  const Outcome outcome =
      compile_source("typedef int16 A; typedef uint64 B; typedef octet uint8; typedef uint8 C;");

  ASSERT_TRUE(outcome.file) << outcome.messages();
  EXPECT_TRUE(is_primitive(*find<Typedef>(outcome, "A")->type, Primitive::kShort));
  EXPECT_TRUE(is_primitive(*find<Typedef>(outcome, "B")->type, Primitive::kULongLong));
  EXPECT_TRUE(is_primitive(*find<Typedef>(outcome, "C")->type, Primitive::kOctet));
}

TEST(Attributes, KeepTheirExceptions) {
  const Outcome outcome = compile_source(
      "exception A1 {}; exception B1 {};\n"
      "interface I { readonly attribute long x raises (A1);\n"
      "  attribute long y getraises (A1) setraises (A1, B1); };\n");
  const auto* interface = find<Interface>(outcome, "I");
  ASSERT_NE(interface, nullptr) << outcome.messages();
  const auto attributes = own<Attribute>(*interface);

  EXPECT_THAT(names(attributes[0]->get_raises), ElementsAre("A1"));
  EXPECT_THAT(names(attributes[1]->get_raises), ElementsAre("A1"));
  EXPECT_THAT(names(attributes[1]->set_raises), ElementsAre("A1", "B1"));
}

TEST(Contexts, AreKeptAndWarnedOf) {
  const Outcome outcome = compile_source("interface I { void f() context (\"user\", \"sys*\"); };");
  const auto* interface = find<Interface>(outcome, "I");
  ASSERT_NE(interface, nullptr) << outcome.messages();

  EXPECT_THAT(as<Operation>(interface->definitions[0])->context, ElementsAre("user", "sys*"));
  EXPECT_THAT(outcome.messages(), HasSubstr("1:33: warning: the context clause of 'f' is ignored"));
}

TEST(Strings, AdjacentStringsAreOneOutsideOfConstantsToo) {
  const Outcome outcome = compile_source(
      "interface I { void f() context (\"us\" \"er\", \"sys\"\n\".*\"); };\n"
      "typeid I \"IDL:example\" \"/I:\" \"1.0\";\n"
      "import \"one\" \"two\";");
  const auto* interface = find<Interface>(outcome, "I");
  ASSERT_NE(interface, nullptr) << outcome.messages();
  EXPECT_THAT(as<Operation>(interface->definitions[0])->context, ElementsAre("user", "sys.*"));
  EXPECT_EQ(interface->repository_id, "IDL:example/I:1.0");
  EXPECT_THAT(outcome.messages(), Not(HasSubstr("error")));
}

TEST(Components, AreSkippedWithOneWarningAndCanBePassed) {
  const Outcome outcome = compile_source(
      "interface Before { void f(); };\n"
      "component Simple;\n"
      "eventtype Tick { public long count; factory make(in long count_); };\n"
      "porttype Data { provides Before before_; uses Before other; port Inner inner_; };\n"
      "connector Wire : Base { mirrorport Data data_; };\n"
      "component Simple supports Before {\n"
      "  provides Before facet; uses multiple Before receptacles; uses Object any1;\n"
      "  emits Tick out1; publishes Tick out2; consumes Tick in1;\n"
      "  readonly attribute string name_; port Data data_;\n"
      "};\n"
      "home Homes supports Before manages Simple primarykey Key {\n"
      "  factory make(in long x); finder look(in string s); void other(); typedef long T;\n"
      "};\n"
      "interface After { Simple get(in Homes from); };\n");

  ASSERT_TRUE(outcome.file) << outcome.messages();
  ASSERT_EQ(outcome.diagnostics.all().size(), 1U) << outcome.messages();
  EXPECT_THAT(outcome.messages(),
              HasSubstr("2:1: warning: nothing is generated for the components in this file"));
  EXPECT_THAT(names(outcome.file->definitions), ElementsAre("Before", "After"));
  const auto* get = as<Operation>(find<Interface>(outcome, "After")->definitions[0]);
  const auto* simple = as<Interface>(as<NamedType>(*get->result)->declaration);
  ASSERT_NE(simple, nullptr);
  EXPECT_EQ(simple->repository_id, "IDL:Simple:1.0");
  EXPECT_FALSE(simple->is_defined);
}

}  // namespace
}  // namespace corbel::idl::test
