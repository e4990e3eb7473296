#include <gtest/gtest.h>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

TEST(RepositoryIds, HoldTheScopedNameAndVersionOne) {
  const Outcome outcome =
      compile_source("module A { interface B { struct C { long x; }; void f(); }; };");

  EXPECT_EQ(repository_id(outcome, "A"), "IDL:A:1.0");
  EXPECT_EQ(repository_id(outcome, "A::B"), "IDL:A/B:1.0");
  EXPECT_EQ(repository_id(outcome, "A::B::C"), "IDL:A/B/C:1.0");
}

TEST(RepositoryIds, HoldTheNameOfAnEscapedIdentifierWithoutItsUnderscore) {
  EXPECT_EQ(repository_id(compile_source("typedef long _interface;"), "interface"),
            "IDL:interface:1.0");
}

// The example of CORBA 3.0.3, 10.7.5.4.
TEST(PragmaPrefix, GivesTheIdsOfTheSpecificationsExample) {
  const Outcome outcome = compile_source(
      "module M1 {\n"
      "  typedef long T1;\n"
      "  typedef long T2;\n"
      "#pragma ID T2 \"DCE:d62207a2-011e-11ce-88b4-0800090b5d3e:3\"\n"
      "};\n"
      "#pragma prefix \"P1\"\n"
      "module M2 {\n"
      "  module M3 {\n"
      "#pragma prefix \"P2\"\n"
      "    typedef long T3;\n"
      "  };\n"
      "  typedef long T4;\n"
      "#pragma version T4 2.4\n"
      "};\n");

  EXPECT_EQ(repository_id(outcome, "M1::T1"), "IDL:M1/T1:1.0");
  EXPECT_EQ(repository_id(outcome, "M1::T2"), "DCE:d62207a2-011e-11ce-88b4-0800090b5d3e:3");
  EXPECT_EQ(repository_id(outcome, "M2::M3::T3"), "IDL:P2/M2/M3/T3:1.0");
  EXPECT_EQ(repository_id(outcome, "M2::T4"), "IDL:P1/M2/T4:2.4");
}

TEST(PragmaPrefix, HoldsUntilTheEndOfItsScope) {
  const Outcome outcome = compile_source(
      "module M {\n"
      "  typedef long T1;\n"
      "#pragma prefix \"P1\"\n"
      "  interface I { typedef long T2; };\n"
      "#pragma prefix \"P2\"\n"
      "  typedef long T3;\n"
      "};\n"
      "typedef long T4;\n");

  EXPECT_EQ(repository_id(outcome, "M::T1"), "IDL:M/T1:1.0");
  EXPECT_EQ(repository_id(outcome, "M::I::T2"), "IDL:P1/M/I/T2:1.0");
  EXPECT_EQ(repository_id(outcome, "M::T3"), "IDL:P2/M/T3:1.0");
  EXPECT_EQ(repository_id(outcome, "T4"), "IDL:T4:1.0");
}

TEST(PragmaPrefix, DoesNotReachIntoAnIncludedFileNorOutOfIt) {
  const TemporaryFolder folder;
  folder.write("with.idl", "#pragma prefix \"inner\"\ninterface With {};\n");
  folder.write("without.idl", "interface Without {};\n");
  folder.write("main.idl",
               "#pragma prefix \"outer\"\n"
               "#include \"with.idl\"\n"
               "interface Between {};\n"
               "#include \"without.idl\"\n"
               "interface Last {};\n");

  const Outcome outcome = folder.compile("main.idl");

  EXPECT_EQ(repository_id(outcome, "With"), "IDL:inner/With:1.0");
  EXPECT_EQ(repository_id(outcome, "Between"), "IDL:outer/Between:1.0");
  EXPECT_EQ(repository_id(outcome, "Without"), "IDL:Without:1.0");
  EXPECT_EQ(repository_id(outcome, "Last"), "IDL:outer/Last:1.0");
}

TEST(PragmaPrefix, EndsWithTheIncludedFileAlsoWhenOnlyDirectivesFollow) {
  const TemporaryFolder folder;
  folder.write("inner.idl", "#pragma prefix \"inner\"\n");
  folder.write("main.idl",
               "#include \"inner.idl\"\n"
               "module M {\n"
               "#include \"inner.idl\"\n"
               "  interface A {};\n"
               "};\n"
               "interface B {};\n");

  const Outcome outcome = folder.compile("main.idl");

  EXPECT_EQ(repository_id(outcome, "M::A"), "IDL:M/A:1.0");
  EXPECT_EQ(repository_id(outcome, "B"), "IDL:B:1.0");
}

TEST(PragmaPrefix, CanBeTakenBack) {
  const Outcome outcome = compile_source(
      "#pragma prefix \"omg.org\"\n"
      "interface A {};\n"
      "#pragma prefix \"\"\n"
      "interface B {};\n");

  EXPECT_EQ(repository_id(outcome, "A"), "IDL:omg.org/A:1.0");
  EXPECT_EQ(repository_id(outcome, "B"), "IDL:B:1.0");
}

TEST(PragmaPrefix, AppliesToEachOpeningOfAModuleByItself) {
  const Outcome outcome = compile_source(
      "#pragma prefix \"one\"\n"
      "module M { interface A {}; };\n"
      "#pragma prefix \"two\"\n"
      "module M { interface B {}; };\n");

  EXPECT_EQ(repository_id(outcome, "M"), "IDL:one/M:1.0");
  EXPECT_EQ(repository_id(outcome, "M::A"), "IDL:one/M/A:1.0");
  EXPECT_EQ(repository_id(outcome, "M::B"), "IDL:two/M/B:1.0");
}

TEST(PragmaPrefix, StandsInTheMiddleOfAnInterfaceToo) {
  const Outcome outcome = compile_source(
      "interface I {\n"
      "  typedef long A;\n"
      "#pragma prefix \"p\"\n"
      "  typedef long B;\n"
      "};\n"
      "typedef long C;\n");

  EXPECT_EQ(repository_id(outcome, "I::A"), "IDL:I/A:1.0");
  EXPECT_EQ(repository_id(outcome, "I::B"), "IDL:p/I/B:1.0");
  EXPECT_EQ(repository_id(outcome, "C"), "IDL:C:1.0");
}

TEST(PragmaIdAndVersion, ChangeWhatIsDeclaredAlready) {
  const Outcome outcome = compile_source(
      "#pragma prefix \"p\"\n"
      "module M {\n"
      "  interface A {};\n"
      "  interface B {};\n"
      "#pragma ID A \"LOCAL:own\"\n"
      "#pragma version M::B 2.3\n"
      "};\n"
      "#pragma version M 4.0\n");

  EXPECT_EQ(repository_id(outcome, "M::A"), "LOCAL:own");
  EXPECT_EQ(repository_id(outcome, "M::B"), "IDL:p/M/B:2.3");
  EXPECT_EQ(repository_id(outcome, "M"), "IDL:p/M:4.0");
}

TEST(PragmaIdAndVersion, HoldForAnAnnouncedInterfaceWhenItIsDefined) {
  const Outcome outcome = compile_source(
      "interface A;\n"
      "#pragma version A 1.7\n"
      "interface A {};\n");

  EXPECT_EQ(repository_id(outcome, "A"), "IDL:A:1.7");
}

TEST(TypeId, ReplacesTheIdAlsoOfWhatIsOnlyAnnounced) {
  const Outcome outcome = compile_source(
      "module M { interface I; typeid I \"LOCAL:mine\"; interface I { void f(); };\n"
      "  typeid I::f \"IDL:op:2.0\"; };\n");

  EXPECT_EQ(repository_id(outcome, "M::I"), "LOCAL:mine");
  EXPECT_EQ(repository_id(outcome, "M::I::f"), "IDL:op:2.0");
}

TEST(TypeId, MayRepeatWhatAPragmaSaid) {
  const Outcome outcome =
      compile_source("interface I {};\n#pragma ID I \"IDL:x:1.0\"\ntypeid I \"IDL:x:1.0\";\n");

  EXPECT_EQ(repository_id(outcome, "I"), "IDL:x:1.0");
}

TEST(TypePrefix, HoldsForAllOfAScopeBeforeAndBehindIt) {
  const Outcome outcome = compile_source(
      "#pragma prefix \"outer\"\n"
      "module M {\n"
      "  interface Before { struct S { long x; }; };\n"
      "  typeprefix M \"inner\";\n"
      "  interface After {};\n"
      "};\n"
      "interface Outside {};\n"
      "module M { typedef long Again; };\n");

  EXPECT_EQ(repository_id(outcome, "M"), "IDL:inner/M:1.0");
  EXPECT_EQ(repository_id(outcome, "M::Before::S"), "IDL:inner/M/Before/S:1.0");
  EXPECT_EQ(repository_id(outcome, "M::After"), "IDL:inner/M/After:1.0");
  EXPECT_EQ(repository_id(outcome, "M::Again"), "IDL:inner/M/Again:1.0");
  EXPECT_EQ(repository_id(outcome, "Outside"), "IDL:outer/Outside:1.0");
}

TEST(TypePrefix, LeavesExplicitIdsAlone) {
  const Outcome outcome = compile_source(
      "module M { interface A {};\n#pragma ID A \"DCE:1\"\n interface B {}; };\n"
      "typeprefix M \"p\"; typeprefix :: \"q\";\ninterface C {};\n");

  EXPECT_EQ(repository_id(outcome, "M::A"), "DCE:1");
  EXPECT_EQ(repository_id(outcome, "M::B"), "IDL:p/M/B:1.0");
  EXPECT_EQ(repository_id(outcome, "C"), "IDL:q/C:1.0");
}

}  // namespace
}  // namespace corbel::idl::test
