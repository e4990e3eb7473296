#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

template <typename T>
T value_of(const std::string& type, const std::string& expression) {
  const Outcome outcome =
      compile_source("enum Color { red, green };\nconst long five = 5;\nconst " + type +
                     " tested = " + expression + ";\n");
  const auto* constant = find<Constant>(outcome, "tested");
  if (constant == nullptr) {
    ADD_FAILURE() << outcome.messages();
    return {};
  }
  return std::get<T>(constant->value);
}

std::int64_t integer(const std::string& expression) {
  return value_of<std::int64_t>("long long", expression);
}

TEST(FloatingConstants, MayExceedTheGreatestNumberByHalfAUnit) {
  constexpr auto kFloat = std::numeric_limits<float>::max();
  constexpr auto kDouble = std::numeric_limits<double>::max();
  EXPECT_EQ(value_of<long double>("float", "3.4028235e38"), kFloat);
  EXPECT_EQ(value_of<long double>("float", "-3.40282347e+38"), -kFloat);
  EXPECT_EQ(value_of<long double>("double", "1.7976931348623158e308"), kDouble);
  EXPECT_EQ(value_of<long double>("float", "1e-45"), std::numeric_limits<float>::denorm_min());
  EXPECT_EQ(value_of<long double>("double", "1e-5000"), 0.0L);
}

TEST(IntegerConstants, FollowThePrecedenceOfOperators) {
  EXPECT_EQ(integer("1 + 2 * 3"), 7);
  EXPECT_EQ(integer("(1 + 2) * 3"), 9);
  EXPECT_EQ(integer("10 - 4 - 3"), 3);
  EXPECT_EQ(integer("100 / 10 / 5"), 2);
  EXPECT_EQ(integer("1 << 2 + 1"), 8);
  EXPECT_EQ(integer("1 | 2 ^ 3 & 6"), 1 | (2 ^ (3 & 6)));
  EXPECT_EQ(integer("-2 * -3"), 6);
  EXPECT_EQ(integer("-(-3)"), 3);
  EXPECT_EQ(integer("five * five"), 25);
}

TEST(IntegerConstants, DivideTowardsZeroAndShiftWithSign) {
  EXPECT_EQ(integer("-7 / 2"), -3);
  EXPECT_EQ(integer("-7 % 2"), -1);
  EXPECT_EQ(integer("-8 >> 1"), -4);
}

TEST(IntegerConstants, ReachBothEndsOf64Bits) {
  EXPECT_EQ(integer("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(integer("0x7FFFFFFFFFFFFFFF"), INT64_MAX);
  EXPECT_EQ(value_of<std::uint64_t>("unsigned long long", "18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(value_of<std::uint64_t>("unsigned long long", "1 << 63"), std::uint64_t{1} << 63U);
}

TEST(IntegerConstants, ComplementInTheWidthOfTheirType) {
  EXPECT_EQ(value_of<std::uint64_t>("unsigned long", "~0"), 0xFFFFFFFFU);
  EXPECT_EQ(value_of<std::uint64_t>("unsigned long", "~0xFF"), 0xFFFFFF00U);
  EXPECT_EQ(value_of<std::uint64_t>("unsigned long long", "~0"), UINT64_MAX);
  EXPECT_EQ(value_of<std::int64_t>("long", "~5"), -6);
}

TEST(IntegerConstants, ExceedNoIntermediateRange) {
  EXPECT_EQ(messages_of("const long a = 0xFFFFFFFFFFFFFFFF * 0xFFFFFFFFFFFFFFFF;\n"),
            "test.idl:1:16: error: the value of this expression does not fit into 64 bits\n"
            "const long a = 0xFFFFFFFFFFFFFFFF * 0xFFFFFFFFFFFFFFFF;\n"
            "               ^\n");
  EXPECT_EQ(integer("0xFFFFFFFF * 0xFFFFFFFF / 0xFFFFFFFF"), 0xFFFFFFFF);
}

TEST(FloatingConstants, AreRoundedToTheirType) {
  EXPECT_EQ(value_of<long double>("double", "0.1"), static_cast<long double>(0.1));
  EXPECT_EQ(value_of<long double>("float", "0.1"), static_cast<long double>(0.1F));
  EXPECT_EQ(value_of<long double>("double", "-1.5 * (2.0 + .5) / 0.5"), -7.5L);
  EXPECT_EQ(value_of<long double>("double", "1e3 - 1.0"), 999.0L);
}

TEST(OtherConstants, HaveTheKindOfTheirType) {
  EXPECT_TRUE(value_of<bool>("boolean", "TRUE"));
  EXPECT_EQ(value_of<char>("char", "'\\x41'"), 'A');
  EXPECT_EQ(value_of<WCharValue>("wchar", "L'\\u20ac'").unit, u'\u20ac');
  EXPECT_EQ(value_of<std::string>("string", "\"a\" \"\\n\" \"b\""), "a\nb");
  EXPECT_EQ(value_of<std::u16string>("wstring", "L\"a\" L\"b\""), u"ab");
  EXPECT_EQ(value_of<std::uint64_t>("octet", "0x80 | 0x7F"), 0xFFU);
}

TEST(OtherConstants, NameAnEnumerator) {
  const Outcome outcome =
      compile_source("module M { enum Color { red, green }; };\nconst M::Color c = M::green;\n");
  const auto* constant = find<Constant>(outcome, "c");
  ASSERT_NE(constant, nullptr) << outcome.messages();

  const auto* enumerator = std::get<const Enumerator*>(constant->value);

  EXPECT_EQ(enumerator->name, "green");
  EXPECT_EQ(enumerator->value, 1U);
  EXPECT_EQ(scoped_name(*enumerator), "M::green");
  EXPECT_EQ(enumerator->parent, find(outcome, "M::Color"));
}

TEST(Bounds, MayBeExpressions) {
  const Outcome outcome = compile_source(
      "const short n = 4;\n"
      "typedef sequence<string<n * 2>, (1 << n) - 1> T;\n"
      "typedef long Table[n][n / 2];\n");
  const auto* table = find<Typedef>(outcome, "Table");
  const auto* sequence = find<Typedef>(outcome, "T");
  ASSERT_TRUE(table != nullptr && sequence != nullptr) << outcome.messages();

  EXPECT_EQ(as<ArrayType>(*table->type)->dimensions, (std::vector<std::uint32_t>{4, 2}));
  EXPECT_EQ(as<SequenceType>(*sequence->type)->bound, 15U);
  EXPECT_EQ(as<StringType>(*as<SequenceType>(*sequence->type)->element)->bound, 8U);
}

}  // namespace
}  // namespace corbel::idl::test
