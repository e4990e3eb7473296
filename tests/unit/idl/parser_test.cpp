#include "idl/compiler/parser/parser.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "idl/compiler/lexer/lexer.hpp"
#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

struct Parsed {
  ParsedFile file;
  Diagnostics diagnostics;
};

Parsed parse_source(const std::string& text) {
  Parsed parsed;
  SourceSet sources;
  SourceText& main = sources.add("test.idl", text);
  Reporter reporter(parsed.diagnostics, sources);
  parsed.file = parse(lex(preprocess({}, main, sources, reporter), reporter), reporter);
  return parsed;
}

syntax::Definitions accept(const std::string& text) {
  Parsed parsed = parse_source(text);
  for (const Diagnostic& found : parsed.diagnostics.all()) ADD_FAILURE() << found;
  return std::move(parsed.file.definitions);
}

// Fully parenthesised.
std::string print(const syntax::Expression& expression) {
  using Kind = syntax::Expression::Kind;
  if (expression.kind == Kind::kName) return to_string(expression.name);
  if (expression.kind == Kind::kUnary) return expression.text + print(*expression.right);
  if (expression.kind != Kind::kBinary) return expression.text;
  return "(" + print(*expression.left) + expression.text + print(*expression.right) + ")";
}

std::string grouping(const std::string& expression) {
  const auto definitions = accept("const long x = " + expression + ";");
  return print(*std::get<syntax::Constant>(definitions.at(0)->node).value);
}

TEST(Parser, GroupsOperatorsByStrength) {
  EXPECT_EQ(grouping("a | b ^ c & d"), "(a|(b^(c&d)))");
  EXPECT_EQ(grouping("a & b << c + d * e"), "(a&(b<<(c+(d*e))))");
  EXPECT_EQ(grouping("a - b - c"), "((a-b)-c)");
  EXPECT_EQ(grouping("a >> b >> c"), "((a>>b)>>c)");
  EXPECT_EQ(grouping("(a | b) & ~c % ::M::d"), "((a|b)&(~c%::M::d))");
}

TEST(Parser, ClosesTwoSequencesWithOneShiftSign) {
  const auto definitions = accept("typedef sequence<sequence<string<4>>, 2> T;");

  const auto& alias = std::get<syntax::Typedef>(definitions.at(0)->node);

  EXPECT_EQ(alias.type->kind, syntax::Type::Kind::kSequence);
  EXPECT_EQ(print(*alias.type->bound), "2");
  EXPECT_EQ(alias.type->element->kind, syntax::Type::Kind::kSequence);
  EXPECT_EQ(alias.type->element->element->kind, syntax::Type::Kind::kString);
}

TEST(Parser, ShiftsInsideOfABoundOnlyInParentheses) {
  const auto definitions = accept("typedef sequence<long, (64 >> 2)> T; typedef string<1 << 3> U;");

  EXPECT_EQ(print(*std::get<syntax::Typedef>(definitions.at(0)->node).type->bound), "(64>>2)");
  EXPECT_EQ(print(*std::get<syntax::Typedef>(definitions.at(1)->node).type->bound), "(1<<3)");
}

TEST(Parser, GivesEachDeclaratorItsDimensions) {
  const auto definitions = accept("struct S { long a, b[2], c[3][4]; };");

  const auto& members = std::get<syntax::Struct>(definitions.at(0)->node).members;

  ASSERT_EQ(members.size(), 1U);
  ASSERT_EQ(members[0].declarators.size(), 3U);
  EXPECT_EQ(members[0].declarators[0].dimensions.size(), 0U);
  EXPECT_EQ(members[0].declarators[1].dimensions.size(), 1U);
  EXPECT_EQ(members[0].declarators[2].dimensions.size(), 2U);
}

TEST(Parser, KeepsPragmasWhereTheyStand) {
  const auto definitions = accept(
      "typedef long A;\n#pragma prefix \"p\"\ntypedef long B;\nmodule M {\ntypedef long C;\n"
      "#pragma prefix \"q\"\n};\n#pragma last\n");

  ASSERT_EQ(definitions.size(), 5U);
  EXPECT_EQ(std::get<syntax::Directive>(definitions[1]->node).event.text, "prefix \"p\"");
  const auto& module = std::get<syntax::Module>(definitions[3]->node);
  ASSERT_EQ(module.definitions.size(), 2U);
  EXPECT_EQ(std::get<syntax::Directive>(module.definitions[1]->node).event.text, "prefix \"q\"");
  EXPECT_EQ(std::get<syntax::Directive>(definitions[4]->node).event.text, "last");
}

TEST(Parser, ReadsUnionsAndValuetypes) {
  const auto definitions = accept(
      "union U switch (long) { case 1: case 2: long a; default: string b; };\n"
      "custom valuetype V : truncatable W, X supports I { private long a, b; factory f(in long x) "
      "raises (E); void g(); };\n"
      "abstract valuetype A; valuetype Box sequence<long>;\n");

  const auto& choice = std::get<syntax::Union>(definitions.at(0)->node);
  const auto& value = std::get<syntax::ValueType>(definitions.at(1)->node);

  ASSERT_EQ(choice.cases.size(), 2U);
  EXPECT_EQ(choice.cases[0].labels.size(), 2U);
  EXPECT_EQ(choice.cases[1].labels[0].value, nullptr);
  EXPECT_TRUE(value.is_custom);
  EXPECT_TRUE(value.is_truncatable);
  EXPECT_EQ(value.bases.size(), 2U);
  EXPECT_EQ(value.supports.size(), 1U);
  EXPECT_EQ(value.definitions.size(), 3U);
  EXPECT_TRUE(std::get<syntax::ValueType>(definitions.at(2)->node).is_forward);
  EXPECT_EQ(std::get<syntax::ValueBox>(definitions.at(3)->node).type->kind,
            syntax::Type::Kind::kSequence);
}

TEST(Parser, KnowsAllOfOmgIdl) { accept(read_file(CORBEL_IDL_SEEDS "/everything.idl")); }

TEST(Parser, TellsWhichNamesWereLostWithABrokenDefinition) {
  const Parsed parsed = parse_source("typedef sequence<long Lost;\ntypedef long Kept;\n");

  EXPECT_TRUE(parsed.file.lost_names.contains("Lost"));
  EXPECT_FALSE(parsed.file.lost_names.contains("Kept"));
}

}  // namespace
}  // namespace corbel::idl::test
