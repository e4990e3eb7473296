#include "idl/compiler/lexer/lexer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "idl/compiler/lexer/keywords.hpp"
#include "idl/compiler/lexer/literals.hpp"
#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> spellings(const std::string& text) {
  Diagnostics diagnostics;
  SourceSet sources;
  SourceText& main = sources.add("test.idl", text);
  Reporter reporter(diagnostics, sources);
  const TokenStream stream = lex(preprocess({}, main, sources, reporter), reporter);
  std::vector<std::string> found;
  for (const Token& token : stream.tokens) {
    if (token.kind != TokenKind::kEnd) found.push_back(token.text);
  }
  for (const Diagnostic& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic;
  return found;
}

TEST(Lexer, SplitsOperatorsByTheRulesOfIdlNotOfC) {
  EXPECT_THAT(spellings("sequence<::A::B>x"),
              ElementsAre("sequence", "<", "::", "A", "::", "B", ">", "x"));
  EXPECT_THAT(spellings("a<<b>>c->d--e"),
              ElementsAre("a", "<<", "b", ">>", "c", "-", ">", "d", "-", "-", "e"));
}

TEST(Lexer, KeepsWordsOfOtherLanguagesAsIdentifiers) {
  EXPECT_THAT(spellings("and or not class int"), ElementsAre("and", "or", "not", "class", "int"));
}

TEST(Lexer, RemovesTheEscapeOfAnIdentifier) {
  EXPECT_THAT(spellings("_interface _x"), ElementsAre("interface", "x"));
}

TEST(Keywords, AreFoundInAnyCase) {
  EXPECT_EQ(find_keyword("interface"), "interface");
  EXPECT_EQ(find_keyword("INTERFACE"), "interface");
  EXPECT_EQ(find_keyword("object"), "Object");
  EXPECT_EQ(find_keyword("true"), "TRUE");
  EXPECT_EQ(find_keyword("wstring"), "wstring");
  EXPECT_EQ(find_keyword("abstract"), "abstract");
  EXPECT_EQ(find_keyword("interfaces"), "");
  EXPECT_EQ(find_keyword(""), "");
}

TEST(Literals, HaveTheValuesOfTheirNotation) {
  EXPECT_EQ(std::get<std::uint64_t>(decode_number("0")), 0U);
  EXPECT_EQ(std::get<std::uint64_t>(decode_number("017")), 15U);
  EXPECT_EQ(std::get<std::uint64_t>(decode_number("0xfF")), 255U);
  EXPECT_EQ(std::get<std::uint64_t>(decode_number("18446744073709551615")), UINT64_MAX);
  EXPECT_EQ(std::get<long double>(decode_number("1.5e1")), 15.0L);
  EXPECT_EQ(std::get<long double>(decode_number(".5")), 0.5L);
  EXPECT_EQ(std::get<long double>(decode_number("1e3")), 1000.0L);
  EXPECT_EQ(std::get<long double>(decode_number("3.6e-4951")),
            std::numeric_limits<long double>::denorm_min());
  EXPECT_EQ(std::get<long double>(decode_number("1e-5000")), 0.0L);
}

TEST(Literals, KeepFixedPointExact) {
  const auto value = std::get<FixedValue>(decode_number("0123.4500d"));

  EXPECT_EQ(value.digits, "12345");
  EXPECT_EQ(value.scale, 2);
}

TEST(Literals, TellWhereANumberIsWrong) {
  EXPECT_EQ(std::get<LiteralProblem>(decode_number("0189")).offset, 2U);
  EXPECT_EQ(std::get<LiteralProblem>(decode_number("10L")).offset, 2U);
  EXPECT_EQ(std::get<LiteralProblem>(decode_number("99999999999999999999")).message,
            "this integer does not fit into 64 bits");
}

TEST(Literals, ResolveEscapes) {
  EXPECT_EQ(std::get<std::string>(decode_narrow(R"("a\n\t\\\"\x41\101\?")")), "a\n\t\\\"AA?");
  EXPECT_EQ(std::get<std::string>(decode_narrow("'\\0'")), std::string(1, '\0'));
  EXPECT_EQ(std::get<std::u16string>(decode_wide(R"(L"\u20ac\x41")")), u"\u20acA");
}

TEST(Literals, ReadWideTextAsUtf8OrElseAsLatin1) {
  EXPECT_EQ(std::get<std::u16string>(decode_wide("L\"\xE2\x82\xAC\"")), u"\u20ac");
  EXPECT_EQ(std::get<std::u16string>(decode_wide("L\"\xF0\x9F\x98\x80\"")), u"\U0001F600");
  EXPECT_EQ(std::get<std::u16string>(decode_wide("L\"\xFC\"")), u"\u00fc");
}

TEST(Literals, RefuseUnknownEscapes) {
  EXPECT_EQ(std::get<LiteralProblem>(decode_narrow(R"("ab\q")")).offset, 3U);
  EXPECT_EQ(std::get<LiteralProblem>(decode_narrow(R"("\u0041")")).message,
            "\\u is allowed in wide characters and strings only");
  EXPECT_EQ(std::get<LiteralProblem>(decode_narrow(R"("\777")")).message,
            "this escape does not fit into a character");
}

}  // namespace
}  // namespace corbel::idl::test
