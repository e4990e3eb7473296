#include "idl/compiler/emit/writer.hpp"

#include <gmock/gmock.h>

namespace corbel::idl {
namespace {

std::string long_word(char letter) { return std::string(45, letter); }

TEST(Writer, KeepsShortLinesWhole) {
  Writer writer;

  writer.line("f(\va,\fb);");

  EXPECT_EQ(writer.text(), "f(a, b);\n");
}

TEST(Writer, BreaksLongLinesAfterTheFirstParenthesis) {
  Writer writer;

  writer.line("f(\v" + long_word('a') + ",\f" + long_word('b') + ",\f" + long_word('c') + ");");

  EXPECT_EQ(writer.text(), "f(\n    " + long_word('a') + ", " + long_word('b') + ",\n    " +
                               long_word('c') + ");\n");
}

TEST(Writer, BreaksBeforeTheParenthesisWhereThatIsTooFarRight) {
  Writer writer;

  writer.line(long_word('a') + long_word('a') + "\f" + long_word('b') + "(\vc);");

  EXPECT_EQ(writer.text(), long_word('a') + long_word('a') + "\n    " + long_word('b') + "(c);\n");
}

TEST(Writer, PutsSmallFunctionsOnOneLine) {
  Writer writer;

  writer.function("int f()", {"return 1;"});
  writer.function("void g()", {"f();", "f();"});
  writer.function("void h()", {});

  EXPECT_EQ(writer.text(), "int f() { return 1; }\nvoid g() {\n  f();\n  f();\n}\nvoid h() {}\n");
}

TEST(Writer, ReopensNamespacesOnlyWhereTheyChange) {
  Writer writer;

  writer.in_namespace("a::b");
  writer.line("x;");
  writer.in_namespace("a::b");
  writer.line("y;");
  writer.in_namespace("");

  EXPECT_EQ(writer.text(), "namespace a::b {\n\nx;\ny;\n\n}  // namespace a::b\n");
}

TEST(Writer, WrapsComments) {
  Writer writer;

  writer.comment("Throws " + long_word('a') + ",\f" + long_word('b') + ",\f" + long_word('c') +
                 ".");

  EXPECT_EQ(writer.text(), "/// Throws " + long_word('a') + ",\n/// " + long_word('b') + ", " +
                               long_word('c') + ".\n");
}

}  // namespace
}  // namespace corbel::idl
