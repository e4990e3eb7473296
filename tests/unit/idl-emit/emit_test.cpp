#include "idl/compiler/emit/emit.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "idl/compiler/emit/unsupported.hpp"
#include "tests/unit/idl-emit/compiled.hpp"

namespace corbel::idl::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string header(const std::string& text) {
  return emit_cpp(compiled(text), {"1.2.3"}).front().content;
}
std::string source(const std::string& text) {
  return emit_cpp(compiled(text), {"1.2.3"}).back().content;
}

constexpr char kBank[] = R"(
module bank {
  struct Entry { string text; double amount; };
  typedef sequence<Entry> Statement;
  exception InsufficientFunds { double balance; };
  interface Account {
    readonly attribute string owner;
    double withdraw(in double amount) raises (InsufficientFunds);
    void deposit(in double amount);
    Statement entries(in unsigned long last);
  };
};
)";

TEST(Emit, NamesFilesAfterTheIdl) {
  const auto files = emit_cpp(compiled(kBank), {"1.2.3"});

  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "test.idl.hpp");
  EXPECT_EQ(files[1].name, "test.idl.cpp");
  EXPECT_THAT(files[0].content, HasSubstr("corbel-idl 1.2.3 from test.idl"));
}

TEST(Emit, IsReproducible) {
  EXPECT_EQ(header(kBank), header(kBank));
  EXPECT_EQ(source(kBank), source(kBank));
}

TEST(Emit, NeedsAtMost400LinesForABank) {
  const std::string code = header(kBank) + source(kBank);

  EXPECT_LE(std::count(code.begin(), code.end(), '\n'), 400);
}

TEST(Emit, NamesTheLineOfEachBlock) {
  EXPECT_THAT(header(kBank), HasSubstr("// test.idl:3\nstruct Entry {"));
  EXPECT_THAT(source(kBank), HasSubstr("// test.idl:8\ndouble Account::withdraw("));
}

TEST(Emit, WritesStructsAfterTheTypesTheyHold) {
  const std::string text = header(
      "module m { struct A; typedef sequence<A> As; struct B { long x; }; struct A { B b_; As a_; "
      "}; };");

  EXPECT_LT(text.find("struct B {"), text.find("struct A {"));
}

TEST(Emit, TakesValuetypesThatDeriveInVeryManyWays) {
  std::string text = "abstract valuetype A0 { void f(); };\n";
  for (int i = 0; i < 40; ++i) {
    const std::string from = std::to_string(i);
    const std::string to = std::to_string(i + 1);
    text += "abstract valuetype B" + to + " : A" + from + " {}; abstract valuetype C" + to +
            " : A" + from + " {}; abstract valuetype A" + to + " : B" + to + ", C" + to + " {};\n";
  }

  EXPECT_THAT(header(text), HasSubstr("class A40"));
}

TEST(Emit, TellsAResultFromItsTypeOfTheSameName) {
  const std::string text =
      header("module m { struct Key { long x; }; interface I { void f(inout m::Key Key); }; };");

  EXPECT_THAT(text, HasSubstr("  m::Key Key{};"));
}

TEST(Emit, MakesAFileWithoutDefinitionsToo) {
  EXPECT_THAT(header(""), HasSubstr("#pragma once"));
  EXPECT_THAT(source(""), HasSubstr("#include \"test.idl.hpp\""));
}

TEST(Emit, CarriesDocumentationOver) {
  EXPECT_THAT(header("/// What it is.\ninterface I {};"), HasSubstr("/// What it is.\nclass I"));
}

TEST(Emit, WritesAnAnnouncedInterfaceAsAnObject) {
  const std::string text = header("interface Far; interface I { Far get(in Far x); };");

  EXPECT_THAT(text, HasSubstr("corbel::Object get(const corbel::Object& x) const;"));
  EXPECT_THAT(text, Not(HasSubstr("class Far")));
}

TEST(Emit, RefusesWhatCppCannotOrder) {
  const CheckedFile file = compiled(
      "interface I; struct S { struct T { long x; } t_; I i_; }; interface I { S::T f(); };");

  EXPECT_THROW(emit_cpp(file, {"1"}), NotMapped);
}

TEST(Emit, RefusesMapsWhoseKeysHaveNoOrder) {
  const CheckedFile file = compiled("struct S { long x; };\n  typedef map<S, long> M;");

  try {
    emit_cpp(file, {"1"});
    FAIL() << "nothing was refused";
  } catch (const NotMapped& refusal) {
    ASSERT_EQ(refusal.refusals().size(), 1U);
    const auto& [where, message] = refusal.refusals().front();
    EXPECT_EQ(message, "maps whose keys have no order cannot be expressed in C++ yet");
    EXPECT_EQ(where.line, 2U);
    EXPECT_EQ(where.column, 24U);
    EXPECT_EQ(where.file->path, "test.idl");
  }
}

TEST(Emit, NamesAllThatItRefuses) {
  const CheckedFile file =
      compiled("custom valuetype A { public long x; }; custom valuetype B { public long x; };");

  try {
    emit_cpp(file, {"1"});
    FAIL() << "nothing was refused";
  } catch (const NotMapped& refusal) {
    EXPECT_EQ(refusal.refusals().size(), 2U);
  }
}

TEST(Emit, LeavesNoTrigraphsInWideStringsAndComments) {
  const std::string text = header(
      "/** Ends in ?"
      "?/\n */\nconst wstring w = L\"a?\\?=b?\\?/\";");

  EXPECT_THAT(text, HasSubstr("u\"a?\\?=b?\\?/\""));
  EXPECT_THAT(text, HasSubstr("/// Ends in\n"));
}

TEST(Emit, GivesAUnionAnAccessorForEachBranch) {
  const std::string text =
      header("union U switch (long) { case 1: string name; default: double number; };");

  EXPECT_THAT(text, HasSubstr("static U make_name(std::string value);"));
  EXPECT_THAT(text, HasSubstr("void number(double value, std::int32_t label = 0);"));
  EXPECT_THAT(text, HasSubstr("std::variant<std::string, double> value_;"));
  EXPECT_THAT(text, Not(HasSubstr("monostate")));
}

TEST(Emit, LeavesRoomForNoBranchOnlyWhereThereMayBeNone) {
  EXPECT_THAT(header("union U switch (boolean) { case TRUE: long x; };"),
              HasSubstr("void clear(bool label = false);"));
  EXPECT_THAT(header("union U switch (boolean) { case TRUE: long x; case FALSE: long y; };"),
              Not(HasSubstr("clear")));
}

TEST(Emit, WritesLocalInterfacesAsAbstractClasses) {
  const std::string code = header("local interface L { L next(in L from); };") +
                           source("local interface L { L next(in L from); };");

  EXPECT_THAT(code, HasSubstr("virtual std::shared_ptr<L> next(const std::shared_ptr<L>& from)"));
  EXPECT_THAT(code, Not(HasSubstr("Servant")));
}

TEST(Emit, PrintsNoTypesThatCannotTravel) {
  EXPECT_THAT(header("local interface L {}; struct S { L it; };"), Not(HasSubstr("ostream")));
  EXPECT_THAT(header("struct S { long it; };"),
              HasSubstr("operator<<(std::ostream& out, const S&"));
}

TEST(Emit, StartsMembersWithTheirDefaults) {
  EXPECT_THAT(header("struct S { @default(5) long x; @default(\"a\") string t; long y; };"),
              HasSubstr("  std::int32_t x{5};\n  std::string t{\"a\"};\n  std::int32_t y{};\n"));
}

TEST(Emit, CarriesDocumentationOfMembersAndEnumeratorsOver) {
  EXPECT_THAT(header("enum E {\n/// First.\na, b };"), HasSubstr("  /// First.\n  a,\n  b,\n"));
  EXPECT_THAT(header("struct S {\n/** The x. */\nlong x; };"),
              HasSubstr("  /// The x.\n  std::int32_t x{};\n"));
  EXPECT_THAT(header("interface I {\n/// Does it.\nvoid f(); };"),
              HasSubstr("  /// Does it.\n  void f() const;\n"));
}

}  // namespace
}  // namespace corbel::idl::test
