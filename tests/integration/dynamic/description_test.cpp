#include <gtest/gtest.h>
#include <corbel/dynamic.hpp>
#include <corbel/dynamic_value.hpp>

#include "bank.idl.hpp"

namespace corbel::dynamic {
namespace {

using enum TCKind;

TEST(Description, KnowsInterfacesWithWhatTheyInherit) {
  const auto description = Description::parse_file(CORBEL_TEST_IDL);

  const auto& savings = description.interface("bank::Savings");

  EXPECT_EQ(savings.repository_id(), "IDL:bank/Savings:1.0");
  EXPECT_EQ(savings.name(), "bank::Savings");
  EXPECT_TRUE(savings.is_a("IDL:bank/Named:1.0"));
  EXPECT_TRUE(savings.is_a("IDL:omg.org/CORBA/Object:1.0"));
  EXPECT_FALSE(description.interface("bank::Named").is_a("IDL:bank/Savings:1.0"));
  EXPECT_EQ(savings.operations().size(), 11u);
  ASSERT_NE(savings.find("withdraw"), nullptr);
  EXPECT_EQ(savings.find("withdraw")->to_string(),
            "double withdraw(in double amount) raises (bank::InsufficientFunds, bank::Closed)");
  EXPECT_EQ(savings.find("transfer")->to_string(),
            "boolean transfer(in bank::Account to, inout double amount, out string receipt) raises "
            "(bank::Closed)");
  EXPECT_EQ(savings.find("_get_name")->to_string(), "string _get_name()");
  EXPECT_EQ(savings.find("_set_name"), nullptr);
  EXPECT_EQ(savings.find("_set_label")->to_string(), "void _set_label(in string value)");
  EXPECT_EQ(savings.find("hint")->to_string(), "oneway void hint(in string text)");
  EXPECT_EQ(&description.interface("IDL:bank/Savings:1.0"), &savings);
  EXPECT_EQ(description.interfaces().size(), 4u);
  EXPECT_TRUE(description.warnings().empty());
}

TEST(Description, ItsTypeCodesAreThoseOfGeneratedCode) {
  const auto description = Description::parse_file(CORBEL_TEST_IDL);

  EXPECT_EQ(description.type("bank::Entry"), Type<bank::Entry>::type_code());
  EXPECT_EQ(description.type("bank::Node"), Type<bank::Node>::type_code());
  EXPECT_EQ(description.type("bank::Account"), Type<bank::Account>::type_code());
  EXPECT_EQ(description.type("IDL:bank/Currency:1.0"), Type<bank::Currency>::type_code());
  EXPECT_EQ(description.type("bank::InsufficientFunds"),
            Type<bank::InsufficientFunds>::type_code());
}

TEST(Description, SaysWhatThereIsWhenSomethingIsNotThere) {
  const auto description = Description::parse("interface A { void f(); }; struct S { long x; };");

  EXPECT_EQ(description.find_interface("B"), nullptr);
  EXPECT_EQ(description.find_type("T"), nullptr);
  try {
    description.interface("B");
    FAIL();
  } catch (const BadParam& failure) {
    EXPECT_EQ(failure.message(), "no interface B; there are: A");
  }
  try {
    description.type("T");
    FAIL();
  } catch (const BadParam& failure) {
    EXPECT_EQ(failure.message(), "no type T; there are: A, S");
  }
}

TEST(Description, WrongIdlIsTellingDiagnostics) {
  try {
    Description::parse("interface A {\n  void f(in Missing x);\n  oneway long g();\n};", {},
                       "a.idl");
    FAIL();
  } catch (const InvalidIdl& failure) {
    ASSERT_EQ(failure.diagnostics().size(), 2u);
    const auto& first = failure.diagnostics().front();
    EXPECT_EQ(first.severity, Diagnostic::Severity::error);
    EXPECT_EQ(first.file, "a.idl");
    EXPECT_EQ(first.line, 2u);
    EXPECT_EQ(first.column, 13u);
    EXPECT_EQ(first.source_line, "  void f(in Missing x);");
    EXPECT_TRUE(failure.message().ends_with("(and 1 more)")) << failure.what();
    EXPECT_TRUE(failure.message().starts_with("a.idl:2:13: error: ")) << failure.what();
  }
  EXPECT_THROW(Description::parse_file("/nonexistent/a.idl"), InvalidIdl);
}

TEST(Description, EveryKindOfTypeIsDescribed) {
  const auto description = Description::parse(R"(
    module m {
      typedef fixed<7, 2> Money;
      enum Color { red, green };
      union U switch (Color) { case red: case green: long a; };
      union W switch (char) { case 'a': long a; case 'b': default: string b; };
      valuetype Base { public long id; };
      valuetype Node : truncatable Base { private Node next; public sequence<Node> all; };
      valuetype Box sequence<octet>;
      abstract interface Walker {};
      struct Left; struct Right;
      typedef sequence<Left> Lefts; typedef sequence<Right> Rights;
      struct Left { Rights theirs; };
      struct Right { Lefts theirs; wstring<5> text; };
      struct Grid { long cells[2][3]; long double exact; wchar mark; };
    };)");

  EXPECT_EQ(description.type("m::Money").unaliased(), TypeCode::fixed(7, 2));
  const auto& choice = description.type("m::U");
  EXPECT_EQ(choice.member_count(), 2u);
  EXPECT_EQ(choice.member_name(1), "a");
  EXPECT_EQ(choice.member_label(1), 1);
  EXPECT_EQ(choice.default_index(), -1);
  const auto& other = description.type("m::W");
  EXPECT_EQ(other.member_count(), 3u);
  EXPECT_EQ(other.default_index(), 2);
  EXPECT_EQ(other.member_label(0), 'a');
  const auto& node = description.type("m::Node");
  EXPECT_EQ(node.kind(), tk_value);
  EXPECT_EQ(node.type_modifier(), 3);
  EXPECT_EQ(node.concrete_base_type(), description.type("m::Base"));
  EXPECT_EQ(node.member_visibility(0), 0);
  EXPECT_EQ(node.member_type(0), node);
  EXPECT_EQ(node.member_type(1).content_type(), node);
  EXPECT_EQ(description.type("m::Box").kind(), tk_value_box);
  EXPECT_EQ(description.type("m::Walker").kind(), tk_abstract_interface);
  const auto& left = description.type("m::Left");
  const auto& right = description.type("m::Right");
  EXPECT_EQ(left.member_type(0).unaliased().content_type(), right);
  EXPECT_EQ(right.member_type(0).unaliased().content_type(), left);
  EXPECT_EQ(description.type("m::Grid").member_type(0),
            TypeCode::array(TypeCode::array(tk_long, 3), 2));
}

TEST(Description, StandardFilesAreFound) {
  const auto description = Description::parse("#include <CosNaming.idl>\n");

  const auto& naming = description.interface("CosNaming::NamingContextExt");

  EXPECT_EQ(naming.repository_id(), "IDL:omg.org/CosNaming/NamingContextExt:1.0");
  EXPECT_TRUE(naming.is_a("IDL:omg.org/CosNaming/NamingContext:1.0"));
  EXPECT_NE(naming.find("resolve_str"), nullptr);
  EXPECT_NE(naming.find("bind"), nullptr);
}

TEST(Interface, MadeByHandIsChecked) {
  const Interface base("IDL:Base:1.0", {}, {{"ping"}});
  const Interface derived("IDL:Derived:1.0", {base}, {{"pong"}});

  EXPECT_TRUE(derived.is_a("IDL:Base:1.0"));
  EXPECT_EQ(derived.operations().size(), 2u);
  EXPECT_THROW(Interface("IDL:X:1.0", {base}, {{"ping"}}), BadParam);
  EXPECT_THROW(Interface("IDL:X:1.0", {}, {{"f", tk_long, {}, {}, true}}), BadParam);
  EXPECT_THROW(Interface("IDL:X:1.0", {}, {{"f", tk_long, {}, {TypeCode(tk_long)}}}), BadParam);
}

}  // namespace
}  // namespace corbel::dynamic
