#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/idl/support.hpp"

namespace corbel::idl::test {
namespace {

using ::testing::ElementsAre;

template <typename T>
std::vector<std::string> names(const std::vector<T*>& declarations) {
  std::vector<std::string> found;
  for (const Declaration* declaration : declarations) found.push_back(declaration->name);
  return found;
}

TEST(CheckedTree, ListsDefinitionsInSourceOrder) {
  const Outcome outcome = compile_source(
      "interface Later;\n"
      "typedef struct Pair { long a, b; } Alias, Other;\n"
      "interface Later {};\n");
  ASSERT_TRUE(outcome.file) << outcome.messages();

  EXPECT_THAT(names(outcome.file->definitions),
              ElementsAre("Later", "Pair", "Alias", "Other", "Later"));
  EXPECT_EQ(outcome.file->definitions.front()->kind, DeclarationKind::kForward);
  EXPECT_EQ(as<Forward>(outcome.file->definitions.front())->target,
            outcome.file->definitions.back());
}

TEST(CheckedTree, KnowsTheFileOfEachDefinitionAndWhoIncludesWhom) {
  const TemporaryFolder folder;
  folder.write("sub/base.idl", "#ifndef B\n#define B\ninterface Base {};\n#endif\n");
  folder.write("middle.idl", "#include <sub/base.idl>\ninterface Middle : Base {};\n");
  folder.write("main.idl",
               "#include \"middle.idl\"\n"
               "#include \"sub/base.idl\"\n"
               "interface Main : Middle {};\n");
  Options options;
  options.include_directories = {folder.path()};

  const Outcome outcome = folder.compile("main.idl", options);

  ASSERT_TRUE(outcome.file) << outcome.messages();
  const SourceFile& main = outcome.file->main_file();
  EXPECT_EQ(main.path, folder.path("main.idl"));
  EXPECT_TRUE(main.is_main);
  ASSERT_EQ(main.includes.size(), 2U);
  EXPECT_EQ(main.includes[0].name, "middle.idl");
  EXPECT_EQ(main.includes[1].name, "sub/base.idl");
  EXPECT_EQ(main.includes[1].line, 2U);
  const Declaration* base = find(outcome, "Base");
  EXPECT_EQ(base->location.file, main.includes[1].file);
  EXPECT_FALSE(base->location.file->is_main);
  EXPECT_EQ(base->location.line, 3U);
  EXPECT_EQ(find(outcome, "Main")->location.file, &main);
  ASSERT_EQ(main.includes[0].file->includes.size(), 1U);
  EXPECT_TRUE(main.includes[0].file->includes[0].angled);
}

TEST(CheckedTree, AcceptsFilesThatIncludeEachOther) {
  const TemporaryFolder folder;
  folder.write("a.idl",
               "#ifndef A\n#define A\ninterface IA;\n#include \"b.idl\"\n"
               "interface IA { IB other(); };\n#endif\n");
  folder.write("b.idl",
               "#ifndef B\n#define B\ninterface IB;\n#include \"a.idl\"\n"
               "interface IB { IA other(); };\n#endif\n");

  const Outcome a = folder.compile("a.idl");
  const Outcome b = folder.compile("b.idl");

  EXPECT_TRUE(a.file) << a.messages();
  EXPECT_TRUE(b.file) << b.messages();
}

TEST(CheckedTree, FindsStandardFilesWithoutOptions) {
  const Outcome outcome = compile_source(
      "#include <CosNaming.idl>\n"
      "#include <TimeBase.idl>\n"
      "#include <orb.idl>\n");

  ASSERT_TRUE(outcome.file) << outcome.messages();
  EXPECT_TRUE(outcome.file->files[1]->is_standard);
  EXPECT_EQ(repository_id(outcome, "CosNaming::NamingContext::NotFound"),
            "IDL:omg.org/CosNaming/NamingContext/NotFound:1.0");
  EXPECT_EQ(repository_id(outcome, "TimeBase::UtcT"), "IDL:omg.org/TimeBase/UtcT:1.0");
  EXPECT_EQ(repository_id(outcome, "CORBA::StringValue"), "IDL:omg.org/CORBA/StringValue:1.0");
}

TEST(CheckedTree, ReopensModules) {
  const Outcome outcome = compile_source(
      "module M { typedef long A; };\n"
      "module M { typedef A B; };\n");
  ASSERT_TRUE(outcome.file) << outcome.messages();

  const auto* first = as<Module>(outcome.file->definitions.at(0));
  const auto* second = as<Module>(outcome.file->definitions.at(1));

  EXPECT_EQ(first->first, first);
  EXPECT_EQ(second->first, first);
  EXPECT_EQ(second->definitions.at(0)->parent, second);
}

TEST(CheckedTree, ResolvesTheTypesOfOperations) {
  const Outcome outcome = compile_source(
      "exception Gone { long since; };\n"
      "interface I {\n"
      "  typedef sequence<I> All;\n"
      "  readonly attribute string name, title;\n"
      "  All f(in long a, out string<4> b, inout All c) raises (Gone, ::Gone);\n"
      "  oneway void g();\n"
      "};\n");
  const auto* interface = find<Interface>(outcome, "I");
  ASSERT_NE(interface, nullptr) << outcome.messages();

  const auto operations = own<Operation>(*interface);
  ASSERT_EQ(operations.size(), 2U);
  const Operation& f = *operations[0];

  EXPECT_EQ(as<NamedType>(*f.result)->declaration, find(outcome, "I::All"));
  EXPECT_THAT(names(f.parameters), ElementsAre("a", "b", "c"));
  EXPECT_EQ(f.parameters[1]->direction, Direction::kOut);
  EXPECT_EQ(as<StringType>(*f.parameters[1]->type)->bound, 4U);
  EXPECT_TRUE(same_type(*f.parameters[2]->type, *f.result));
  EXPECT_THAT(f.raises, ElementsAre(find(outcome, "Gone")));
  EXPECT_TRUE(operations[1]->oneway);
  EXPECT_TRUE(is_primitive(*operations[1]->result, Primitive::kVoid));
  EXPECT_THAT(names(own<Attribute>(*interface)), ElementsAre("name", "title"));
  EXPECT_TRUE(own<Attribute>(*interface)[1]->readonly);
}

TEST(CheckedTree, OrdersAncestorsBasesFirst) {
  const Outcome outcome = compile_source(
      "interface Top {};\n"
      "interface Left : Top {};\n"
      "interface Right : Top {};\n"
      "interface Bottom : Left, Right {};\n");
  const auto* bottom = find<Interface>(outcome, "Bottom");
  ASSERT_NE(bottom, nullptr) << outcome.messages();

  EXPECT_THAT(names(ancestors(*bottom)), ElementsAre("Top", "Left", "Right"));
}

TEST(CheckedTree, LooksThroughTypedefs) {
  const Outcome outcome = compile_source(
      "typedef long A;\n"
      "typedef A B;\n"
      "typedef sequence<B> C;\n"
      "typedef sequence<long> D;\n"
      "typedef sequence<long, 3> E;\n");
  const auto type = [&](const char* name) -> const Type& {
    return *find<Typedef>(outcome, name)->type;
  };

  EXPECT_TRUE(is_primitive(type("B"), Primitive::kLong));
  EXPECT_TRUE(same_type(type("C"), type("D")));
  EXPECT_FALSE(same_type(type("C"), type("D"), false));
  EXPECT_FALSE(same_type(type("D"), type("E")));
}

TEST(CheckedTree, KeepsStructsThatHoldThemselvesInSequences) {
  const Outcome outcome = compile_source(
      "struct Tree;\n"
      "typedef sequence<Tree> Trees;\n"
      "struct Tree { long value; Trees children; sequence<Tree> more; };\n");
  const auto* tree = find<Struct>(outcome, "Tree");
  ASSERT_NE(tree, nullptr) << outcome.messages();

  EXPECT_TRUE(tree->is_defined);
  EXPECT_EQ(tree->location.line, 3U);
  const auto* more = as<SequenceType>(*tree->members[2]->type);
  EXPECT_EQ(as<NamedType>(*more->element)->declaration, tree);
}

TEST(CheckedTree, WarnsOfAnInterfaceThatIsNeverDefined) {
  const Outcome outcome = compile_source("interface Ghost;\ninterface I { Ghost f(); };\n");

  ASSERT_TRUE(outcome.file);
  EXPECT_EQ(outcome.messages(),
            "test.idl:1:11: warning: interface 'Ghost' is announced here, but never defined\n"
            "interface Ghost;\n"
            "          ^\n");
  EXPECT_FALSE(find<Interface>(outcome, "I")->bases.size());
}

TEST(CheckedTree, KeepsDocumentationComments) {
  const Outcome outcome = compile_source(
      "/// A bank account.\n"
      "/// One owner.\n"
      "interface Account {\n"
      "  /**\n"
      "   * Takes money.\n"
      "   *\n"
      "   * Fails if there is none.\n"
      "   */\n"
      "  void withdraw(in double amount);\n"
      "  // no documentation\n"
      "  void deposit(in double amount);\n"
      "};\n");
  const auto* account = find<Interface>(outcome, "Account");
  ASSERT_NE(account, nullptr) << outcome.messages();

  EXPECT_EQ(account->documentation, "A bank account.\nOne owner.");
  EXPECT_EQ(account->definitions[0]->documentation, "Takes money.\n\nFails if there is none.");
  EXPECT_EQ(account->definitions[1]->documentation, "");
}

TEST(CheckedTree, KeepsDocumentationOfMembersAndWhatFollowsInTheirLine) {
  const Outcome outcome = compile_source(
      "//! A point.\n"
      "@nested\n"
      "struct Point {\n"
      "  /*! To the right. */\n"
      "  @key long x;\n"
      "  long y; ///< Upwards.\n"
      "  long z; /**< To us. */\n"
      "};\n"
      "/*** a banner ***/\n"
      "enum Color {\n"
      "  /// Like fire.\n"
      "  red,\n"
      "  green //!< Like grass.\n"
      "};\n"
      "union Choice switch (long) {\n"
      "  /// The first.\n"
      "  case 1: long a;\n"
      "};\n"
      "valuetype V {\n"
      "  /// State.\n"
      "  public long s;\n"
      "};\n");
  const auto* point = find<Struct>(outcome, "Point");
  ASSERT_NE(point, nullptr) << outcome.messages();

  EXPECT_EQ(point->documentation, "A point.");
  EXPECT_EQ(point->members[0]->documentation, "To the right.");
  EXPECT_EQ(point->members[1]->documentation, "Upwards.");
  EXPECT_EQ(point->members[2]->documentation, "To us.");
  const auto* color = find<Enum>(outcome, "Color");
  EXPECT_EQ(color->documentation, "");
  EXPECT_EQ(color->enumerators[0]->documentation, "Like fire.");
  EXPECT_EQ(color->enumerators[1]->documentation, "Like grass.");
  EXPECT_EQ(find<Union>(outcome, "Choice")->cases[0]->documentation, "The first.");
  EXPECT_EQ(find<ValueType>(outcome, "V")->definitions[0]->documentation, "State.");
}

TEST(Macros, ComeFromTheOptions) {
  Options options;
  options.macros = {{"TYPE", "string<7>"}, {"NAMED", "1"}};

  const Outcome outcome = compile_source(
      "#if NAMED\ntypedef TYPE T;\n#endif\n#ifndef __CORBEL_IDL__\nbroken\n#endif\n", options);

  const auto* alias = find<Typedef>(outcome, "T");
  ASSERT_NE(alias, nullptr) << outcome.messages();
  EXPECT_EQ(as<StringType>(*alias->type)->bound, 7U);
}

}  // namespace
}  // namespace corbel::idl::test
