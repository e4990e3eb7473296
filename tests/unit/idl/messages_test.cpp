#include <gtest/gtest.h>

#include <string>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

TEST(Messages, ShowFileLineColumnAndACaretUnderTheFault) {
  EXPECT_EQ(messages_of("interface Account {\n"
                        "  double withdraw(in double amount, fee);\n"
                        "};\n"),
            "test.idl:2:37: error: expected 'in', 'out' or 'inout', found 'fee'\n"
            "  double withdraw(in double amount, fee);\n"
            "                                    ^\n");
}

TEST(Messages, PutAMissingSemicolonAtTheEndOfItsLine) {
  EXPECT_EQ(messages_of("struct Point {\n"
                        "  long x\n"
                        "  long y;\n"
                        "};\n"),
            "test.idl:2:9: error: expected ';' after the member, found the keyword 'long'\n"
            "  long x\n"
            "        ^\n");
}

TEST(Messages, NameThePlaceOfTheEarlierDeclaration) {
  EXPECT_EQ(messages_of("typedef long Price;\n"
                        "typedef double price;\n"),
            "test.idl:2:16: error: 'price' differs from the typedef 'Price' only in case, so the "
            "two names collide\n"
            "typedef double price;\n"
            "               ^\n"
            "test.idl:1:14: note: 'Price' is declared here\n"
            "typedef long Price;\n"
            "             ^\n");
}

TEST(Messages, KeepTabsAndCountOctetsSoThatTheCaretFits) {
  EXPECT_EQ(messages_of("\tstruct S {\tMissing m; };\n"),
            "test.idl:1:13: error: undefined name 'Missing'\n"
            "\tstruct S {\tMissing m; };\n"
            "\t          \t^\n");
  EXPECT_EQ(messages_of("/* \xC3\xBC */ Missing m;\n"),
            "test.idl:1:10: error: expected a definition (module, interface, struct, typedef, ...),"
            " found 'Missing'\n"
            "/* \xC3\xBC */ Missing m;\n"
            "        ^\n");
}

TEST(Messages, ShowTheUseOfAMacroNotItsDefinition) {
  EXPECT_EQ(messages_of("#define MEMBER(type, name) Missing name;\n"
                        "struct S { long a; MEMBER(long, b) };\n"),
            "test.idl:2:20: error: undefined name 'Missing'\n"
            "struct S { long a; MEMBER(long, b) };\n"
            "                   ^\n");
}

TEST(Messages, ShowTheArgumentOfAMacroWhereItStands) {
  EXPECT_EQ(messages_of("#define MEMBER(type, name) type name;\n"
                        "struct S {\n"
                        "  MEMBER(long, a) MEMBER(Missing, b)\n"
                        "};\n"),
            "test.idl:3:26: error: undefined name 'Missing'\n"
            "  MEMBER(long, a) MEMBER(Missing, b)\n"
            "                         ^\n");
}

TEST(Messages, NameTheRightFileAroundAnInclude) {
  const TemporaryFolder folder;
  folder.write("part.idl", "// first line\ntypedef Missing1 T;\n");
  folder.write("main.idl", "#include \"part.idl\"\ntypedef Missing2 U;\n");

  const Outcome outcome = folder.compile("main.idl");

  EXPECT_EQ(outcome.messages(), folder.path("part.idl") +
                                    ":2:9: error: undefined name 'Missing1'\n"
                                    "typedef Missing1 T;\n"
                                    "        ^\n" +
                                    folder.path("main.idl") +
                                    ":2:9: error: undefined name 'Missing2'\n"
                                    "typedef Missing2 U;\n"
                                    "        ^\n");
}

TEST(Messages, HideControlCharactersFromTheTerminal) {
  EXPECT_EQ(messages_of("typedef \x1B[31m T;\n"),
            "test.idl:1:9: error: unexpected octet 0x1b; outside of literals and comments IDL is "
            "plain ASCII\n"
            "typedef ?[31m T;\n"
            "        ^\n"
            "test.idl:1:10: error: expected a type, found '['\n"
            "typedef ?[31m T;\n"
            "         ^\n");
}

TEST(Messages, CutVeryLongLines) {
  const std::string text = "interface A {" + std::string(5000, ' ') + "Missing f(); };";

  const std::string messages = messages_of(text);

  EXPECT_NE(messages.find("test.idl:1:5014: error: undefined name 'Missing'"), std::string::npos);
  EXPECT_LT(messages.size(), 500U);
}

TEST(Messages, StopAfterAHundredErrors) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "typedef Missing" + std::to_string(i) + " T;\n";

  const Outcome outcome = compile_source(text);

  EXPECT_TRUE(outcome.diagnostics.is_full());
  EXPECT_EQ(outcome.diagnostics.all().size(), Diagnostics::kMaxErrors);
}

TEST(Messages, SayWhyAFileCannotBeRead) {
  const TemporaryFolder folder;

  EXPECT_EQ(folder.compile("absent.idl").messages(),
            folder.path("absent.idl") + ": error: cannot read this file: no such file\n");
  EXPECT_EQ(folder.compile("").messages(),
            folder.path() + ": error: cannot read this file: not a regular file\n");
}

TEST(Recovery, ReportsSyntaxAndMeaningInOneRun) {
  const std::string messages = messages_of(
      "interface A {\n"
      "  void f(long x);\n"
      "  void g(in Missing x);\n"
      "};\n"
      "const octet big = 1000;\n");

  EXPECT_NE(messages.find("test.idl:2:10: error: expected 'in'"), std::string::npos) << messages;
  EXPECT_NE(messages.find("test.idl:3:13: error: undefined name 'Missing'"), std::string::npos);
  EXPECT_NE(messages.find("test.idl:5:19: error: the value 1000"), std::string::npos);
}

TEST(Recovery, ForgivesUsesOfWhatABrokenPartDeclared) {
  EXPECT_EQ(messages_of("enum Color { red,, green };\n"
                        "struct S { Color c; };\n"
                        "const Color favourite = red;\n"),
            "test.idl:1:18: error: expected the name of an enumerator, found ','\n"
            "enum Color { red,, green };\n"
            "                 ^\n");
}

TEST(Recovery, ForgivesUnknownNamesWhenAnIncludedFileIsMissing) {
  Options options;
  options.library_directory = "library";
  const Outcome outcome =
      compile_source("#include <nowhere.idl>\ninterface A : nowhere::B {};\n", options);

  EXPECT_EQ(outcome.diagnostics.error_count(), 1U) << outcome.messages();
}

TEST(Recovery, GoesOnBehindABrokenNestedDefinition) {
  const Outcome outcome = compile_source(
      "module M {\n"
      "  struct S { long a[; string b; };\n"
      "  interface I { void f( };\n"
      "  typedef Missing T;\n"
      "};\n"
      "typedef Missing2 U;\n");

  ASSERT_EQ(outcome.diagnostics.error_count(), 4U) << outcome.messages();
  EXPECT_EQ(outcome.diagnostics.all()[0].line, 2U);
  EXPECT_EQ(outcome.diagnostics.all()[1].line, 3U);
  EXPECT_EQ(outcome.diagnostics.all()[2].line, 4U);
  EXPECT_EQ(outcome.diagnostics.all()[3].line, 6U);
}

}  // namespace
}  // namespace corbel::idl::test
