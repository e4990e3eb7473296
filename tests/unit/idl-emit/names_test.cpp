#include "idl/compiler/emit/names.hpp"

#include "idl/compiler/emit/emission.hpp"
#include "idl/compiler/emit/reserved_words.hpp"
#include "tests/unit/idl-emit/compiled.hpp"

namespace corbel::idl::test {
namespace {

/// Finds declarations by their scoped IDL names.
struct Named {
  explicit Named(const std::string& text) : file(compiled(text)), emission(file) {}

  const Declaration& operator[](const std::string& scoped) const {
    for (const Declaration* declaration : emission.generated()) {
      if (declaration->kind != DeclarationKind::kForward && scoped_name(*declaration) == scoped) {
        return *declaration;
      }
    }
    throw std::out_of_range(scoped);
  }
  const std::string& cpp(const std::string& scoped) const {
    return emission.names.of((*this)[scoped]);
  }
  std::string seen(const std::string& target, const std::string& scope) const {
    return emission.names.reference((*this)[target], {&(*this)[scope]});
  }

  CheckedFile file;
  Emission emission;
};

TEST(Names, StayAsTheyAre) {
  const Named named("module m { struct Point { long x; }; interface string_ { void hash(); }; };");

  EXPECT_EQ(named.cpp("m::Point"), "Point");
  EXPECT_EQ(named.cpp("m::Point::x"), "x");
  EXPECT_EQ(named.cpp("m::string_::hash"), "hash");
}

TEST(Names, ThatAreKeywordsGetUnderscoresUntilUnique) {
  const Named named("struct S { long delete; long delete_; long co_await; long EINVAL; };");

  EXPECT_EQ(named.cpp("S::delete_"), "delete_");
  EXPECT_EQ(named.cpp("S::delete"), "delete__");
  EXPECT_EQ(named.cpp("S::co_await"), "co_await_");
  EXPECT_EQ(named.cpp("S::EINVAL"), "EINVAL_");
}

TEST(Names, OfTheGlobalNamespaceAvoidTheCLibrary) {
  const Named named("interface index {}; module m { interface index {}; };");

  EXPECT_EQ(named.cpp("index"), "index_");
  EXPECT_EQ(named.cpp("m::index"), "index");
}

TEST(Names, ThatAreGeneratedGiveWay) {
  const Named named(
      "interface I { void f(out long x); void async_f(); void Servant(); void f_results(); };");
  const auto& interface = *as<Interface>(&named["I"]);
  const ClassNames& names = named.emission.names.in_class(interface);

  EXPECT_EQ(names.servant, "Servant_");
  EXPECT_EQ(names.methods.at(&named["I::f"]).async, "async_f_");
  EXPECT_EQ(names.methods.at(&named["I::f"]).results, "f_results_");
}

TEST(Names, ThatAreGeneratedGiveWayToInheritedOnesToo) {
  const Named named("interface A { void f(); }; interface B : A { void async_f(); };");
  const auto& derived = *as<Interface>(&named["B"]);

  EXPECT_EQ(named.emission.names.in_class(derived).methods.at(&named["A::f"]).async, "async_f_");
}

TEST(References, AreAsShortAsLookupAllows) {
  const Named named(
      "module a { struct S { long x; }; module b { struct T { long x; }; interface I {}; }; };");

  EXPECT_EQ(named.seen("a::S", "a::b::I"), "S");
  EXPECT_EQ(named.seen("a::b::T", "a::b::I"), "T");
  EXPECT_EQ(named.seen("a::b::T", "a::S"), "b::T");
}

TEST(References, AvoidWhatHidesThem) {
  const Named named(
      "module a { struct S { long x; }; module b { struct S { long x; }; interface I {}; "
      "module a { interface J {}; }; }; };");

  EXPECT_EQ(named.seen("a::S", "a::b::I"), "::a::S");
  EXPECT_EQ(named.seen("a::b::S", "a::b::a::J"), "S");
  EXPECT_EQ(named.seen("a::S", "a::b::a::J"), "::a::S");
}

TEST(References, NeverMeanAMemberOfTheClassAround) {
  const Named named("module m { struct S { long x; }; interface I { void S(); }; };");

  EXPECT_EQ(named.seen("m::S", "m::I"), "m::S");
}

TEST(Prefixes, AreGlobalOnlyWhereAUserCapturesThem) {
  EXPECT_EQ(Named("interface I {};").emission.names.std_prefix(), "std::");
  EXPECT_EQ(Named("module m { typedef long std; };").emission.names.std_prefix(), "::std::");
  EXPECT_EQ(Named("interface I { void corbel(); };").emission.names.corbel_prefix(), "::corbel::");
  EXPECT_EQ(Named("interface I { void f(in long stub); };").emission.names.stub_prefix(),
            "stub_::");
}

TEST(ReservedWords, KnowCpp20) {
  for (const char* word : {"class", "not", "requires", "co_yield", "char8_t", "NULL", "errno"}) {
    EXPECT_TRUE(is_reserved_word(word)) << word;
  }
  for (const char* word : {"string", "final", "override", "Class", "to_string"}) {
    EXPECT_FALSE(is_reserved_word(word)) << word;
  }
}

}  // namespace
}  // namespace corbel::idl::test
