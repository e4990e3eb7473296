#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/idl/support.hpp"

// Input that means harm must end in an error, quickly, whatever it is.
namespace corbel::idl::test {
namespace {

std::string repeat(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

// `line` for 0, 1, 2, ...: "@" is the number, "$" the next one.
std::string numbered(int count, const std::string& line) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    for (const char c : line) {
      text += c == '$' ? std::to_string(i + 1) : c == '@' ? std::to_string(i) : std::string(1, c);
    }
  }
  return text;
}

void expect_refused(const std::string& text, const std::string& why) {
  const Outcome outcome = compile_source(text);
  EXPECT_FALSE(outcome.file);
  EXPECT_NE(outcome.messages().find(why), std::string::npos) << outcome.messages().substr(0, 1000);
}

TEST(HostileIdl, CannotNestModulesWithoutEnd) {
  expect_refused(repeat("module a {\n", 10000), "this is nested more than 100 deep");
}

TEST(HostileIdl, CannotNestTypesWithoutEnd) {
  expect_refused("typedef " + repeat("sequence<\n", 5000), "this is nested more than 100 deep");
  expect_refused(repeat("struct S {\n", 5000), "this is nested more than 100 deep");
}

TEST(HostileIdl, CannotNestExpressionsWithoutEnd) {
  expect_refused("const long x = " + repeat("(\n", 5000), "this is nested more than 100 deep");
  expect_refused("const long x = " + repeat("-(\n", 5000), "this is nested more than 100 deep");
  expect_refused("const long x = 1" + repeat("\n+1", 5000) + ";", "more than 1000 operands");
}

TEST(HostileIdl, CannotBuildEndlessTypes) {
  expect_refused("typedef long T0;\n" + numbered(2000, "typedef sequence<T@> T$;\n"),
                 "types are nested more than 128 deep");
  expect_refused("struct S0 { long x; };\n" + numbered(500, "struct S$ { S@ m; };\n"),
                 "types are nested more than 128 deep");
}

TEST(HostileIdl, CannotInheritWithoutEnd) {
  expect_refused("interface I0 {};\n" + numbered(500, "interface I$ : I@ {};\n"),
                 "inherit from each other more than 128 deep");
}

TEST(HostileIdl, MayHaveManyDiamonds) {
  const Outcome outcome = compile_source(
      "interface A0 { void f(); typedef long T; };\n" +
      numbered(60, "interface B$ : A@ {}; interface C$ : A@ {}; interface A$ : B$, C$ {};\n") +
      "interface Last : A60 { attribute T x; };\n");

  EXPECT_TRUE(outcome.file) << outcome.messages();
}

TEST(HostileIdl, CannotInheritValuetypesWithoutEnd) {
  expect_refused("valuetype V0 {};\n" + numbered(500, "valuetype V$ : V@ {};\n"),
                 "inherit from each other more than 128 deep");
  expect_refused("bitset B0 { bitfield<1> x; };\n" + numbered(500, "bitset B$ : B@ {};\n"),
                 "inherit from each other more than 128 deep");
  expect_refused("struct S0 { long x; };\n" + numbered(500, "struct S$ : S@ {};\n"),
                 "types are nested more than 128 deep");
}

TEST(HostileIdl, MayHaveManyDiamondsOfValuetypes) {
  const Outcome outcome =
      compile_source("interface I {}; abstract valuetype A0 supports I { void f(); };\n" +
                     numbered(60,
                              "abstract valuetype B$ : A@ {}; abstract valuetype C$ : A@ {};"
                              " abstract valuetype A$ : B$, C$ {};\n") +
                     "valuetype Last : A60 {};\n");

  EXPECT_TRUE(outcome.file) << outcome.messages();
}

TEST(HostileIdl, CannotBuildEndlessUnionsAndBoxes) {
  expect_refused("union U0 switch (long) { case 1: long x; };\n" +
                     numbered(500, "union U$ switch (long) { case 1: U@ x; };\n"),
                 "types are nested more than 128 deep");
  expect_refused("typedef " + repeat("map<long,\n", 5000), "this is nested more than 100 deep");
  expect_refused("typedef " + repeat("struct S { union U switch (enum E { a }) { case a:\n", 5000),
                 "this is nested more than 100 deep");
  expect_refused("@a(" + repeat("(\n", 5000), "this is nested more than 100 deep");
  expect_refused(
      "valuetype V0 { public long x; };\n" + numbered(500, "valuetype V$ { public V@ x; };\n"),
      "types are nested more than 128 deep");
}

TEST(HostileIdl, CannotMultiplyAnnotationsAndDocumentation) {
  const std::string names = "long x" + numbered(20000, ",\nx@");
  expect_refused("struct S { @a(" + repeat("1,\n", 20000) + "1) " + names + "; };\n",
                 "the annotations up to here take more than 16 MB");
  expect_refused("struct S { @a(\"" + std::string(60000, 'a') + "\")\n" + names + "; };\n",
                 "the annotations up to here take more than 16 MB");

  const std::string comment = "/// " + std::string(1000, 'a') + "\n";
  EXPECT_TRUE(compile_source("struct S {\n" + repeat(comment, 200) + names + "; };\n").file);
}

TEST(HostileIdl, CannotMultiplyExceptions) {
  expect_refused(numbered(2000, "exception E@ {};\n") +
                     "interface I { attribute long a, b getraises (E0" + numbered(1999, ",\nE$") +
                     "); };\n",
                 "this clause names more than 1000 exceptions");
}

TEST(HostileIdl, MayHaveManyPrefixesAndLabels) {
  std::string text = "union U switch (long) {" + numbered(20000, "case @:\n") + "long x; };\n";
  text += "module M {" + numbered(5000, "typedef long T@;\n") + "};\n";
  text += repeat("typeprefix M \"x\";\n", 5000);

  EXPECT_TRUE(compile_source(text).file);
}

TEST(HostileIdl, CannotExpandMacrosWithoutEnd) {
  expect_refused("#define L0 a\n" + numbered(40, "#define L$ L@ L@\n") + "L40\n",
                 "this macro expands to too much");
  expect_refused("#define L0 a\n" + numbered(5000, "#define L$ L@\n") + "L5000\n",
                 "this macro expands to too much");
  expect_refused("#define F(x) x x\n" + repeat("F(", 2000) + "a" + repeat(")", 2000),
                 "this macro expands to too much");
}

TEST(HostileIdl, CannotNestConditionsWithoutEnd) {
  expect_refused("#if " + repeat("(", 10000) + "1" + repeat(")", 10000) + "\n#endif\n",
                 "this condition is nested too deeply");
  expect_refused("#define L0 ((((\n" + numbered(20, "#define L$ L@ L@\n") + "#if L20 1\n#endif\n",
                 "the macros in this condition expand to too much");
}

TEST(HostileIdl, CannotMisuseTheOperatorsOfThePreprocessor) {
  expect_refused("#define D defined(\n#if D X\n#endif\n", "malformed preprocessor expression");
  expect_refused("_Pragma(\"x\") _Pragma(\n", "expected a definition");
  expect_refused("#define C(a, b) a##b\ntypedef long C(+, -);\n", "error");
}

TEST(HostileIdl, CannotIncludeWithoutEnd) {
  const TemporaryFolder folder;
  folder.write("self.idl", "#include \"self.idl\"\n");
  folder.write("twice.idl", "#include \"twice.idl\"\n#include \"twice.idl\"\n");
  folder.write("ping.idl", "#include \"pong.idl\"\n");
  folder.write("pong.idl", "#include \"ping.idl\"\n");

  for (const char* name : {"self.idl", "twice.idl", "ping.idl"}) {
    const Outcome outcome = folder.compile(name);
    EXPECT_FALSE(outcome.file);
    EXPECT_NE(outcome.messages().find("includes are nested more than 64 deep: this file includes "
                                      "itself"),
              std::string::npos)
        << outcome.messages();
  }
}

TEST(HostileIdl, CannotIncludeDevicesOrFolders) {
  expect_refused("#include \"/dev/zero\"\n", "cannot include \"/dev/zero\": not a regular file");
  expect_refused("#include \"/\"\n", "not a regular file");
}

TEST(HostileIdl, MayBeAnyOctets) {
  std::string text;
  unsigned state = 1;
  for (int i = 0; i < 100000; ++i) {
    state = state * 1664525U + 1013904223U;
    text += static_cast<char>(state >> 24U);
    if (i % 1000 == 0) text += '\n';
  }

  EXPECT_FALSE(compile_source(text).file);
  EXPECT_FALSE(compile_source(std::string(100000, '\0')).file);
  expect_refused(std::string(70000, 'a'), "this line is longer than 65535 octets");
}

TEST(HostileIdl, MayEndAnywhere) {
  const std::string text =
      "#define X(a) a\n#ifdef N\n#endif\nmodule M { interface I : J { void f(in X(long) a) raises "
      "(E)"
      "; }; struct S { sequence<string<3>> s[2]; }; const long c = (1 + 2) << 3; };\n";

  for (std::size_t length = 0; length < text.size(); ++length) {
    compile_source(text.substr(0, length));
  }
}

TEST(LargeIdl, OfTwoThousandLinesTakesAMoment) {
  std::string text;
  for (int i = 0; i < 250; ++i) {
    const std::string n = std::to_string(i);
    text += "module m" + n + " {\n  struct Point { double x, y; };\n" +
            "  typedef sequence<Point> Points;\n  exception Bad { string why; };\n" +
            "  interface Shape {\n    readonly attribute Points corners;\n" +
            "    void move(in Point by, out Points now) raises (Bad);\n  };\n};\n";
  }

  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = compile_source(text);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;

  EXPECT_TRUE(outcome.file) << outcome.messages();
  // 0.5 s is promised of an optimised build on an idle machine; this one may be neither.
  EXPECT_LT(taken.count(), 10.0);
}

}  // namespace
}  // namespace corbel::idl::test
