#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <corbel/exceptions.hpp>
#include <corbel/reference.hpp>
#include <orb/ior/reference_data.hpp>

namespace corbel {
namespace {

using ::testing::HasSubstr;

std::string complaint(const std::string& text) {
  try {
    ObjectRef::parse(text);
  } catch (const BadParam& exception) {
    return std::string(exception.message());
  }
  return "no complaint";
}

GiopVersion version(const ObjectRef& ref, std::size_t endpoint = 0) {
  return ref.data().profile_of(endpoint).version;
}

TEST(Corbaloc, SaysVersionAddressAndKey) {
  const auto ref = ObjectRef::parse("corbaloc:iiop:1.2@example.org:4711/NameService");

  EXPECT_EQ(ref.host(), "example.org");
  EXPECT_EQ(ref.port(), 4711);
  EXPECT_EQ(ref.object_key(), "NameService");
  EXPECT_EQ(version(ref), (GiopVersion{1, 2}));
  EXPECT_EQ(ref.type_id(), "");
}

TEST(Corbaloc, MeansIiop10AndPort2809WhenNothingIsSaid) {
  const auto ref = ObjectRef::parse("corbaloc::example.org/k");

  EXPECT_EQ(ref.port(), 2809);
  EXPECT_EQ(version(ref), (GiopVersion{1, 0}));
}

TEST(Corbaloc, TakesSeveralAddressesInOrder) {
  const auto ref = ObjectRef::parse("corbaloc::a,iiop:1.1@b:2,:1.2@[::1],iiop:[fe80::1]:9/k/l");

  EXPECT_EQ(ref.endpoints(),
            (std::vector<Endpoint>{{"a", 2809}, {"b", 2}, {"::1", 2809}, {"fe80::1", 9}}));
  EXPECT_EQ(version(ref, 1), (GiopVersion{1, 1}));
  EXPECT_EQ(version(ref, 2), (GiopVersion{1, 2}));
  EXPECT_EQ(version(ref, 3), (GiopVersion{1, 0}));
  EXPECT_EQ(ref.object_key(), "k/l");
}

TEST(Corbaloc, SchemeAndProtocolAreOfEitherCase) {
  EXPECT_EQ(ObjectRef::parse("CorbaLoc:IIOP:h/k").host(), "h");
}

TEST(Corbaloc, KeysAreEscaped) {
  EXPECT_EQ(ObjectRef::parse("corbaloc::h/a%00b%2Fc%ff").object_key(),
            std::string_view("a\0b/c\xff", 6));
}

TEST(Corbaloc, RirNamesAnInitialReference) {
  EXPECT_EQ(ObjectRef::parse("corbaloc:rir:/TradingService").initial_reference(), "TradingService");
  EXPECT_EQ(ObjectRef::parse("corbaloc:rir:").initial_reference(), "NameService");
  EXPECT_EQ(ObjectRef::parse("corbaloc:rir:/").initial_reference(), "NameService");
  EXPECT_FALSE(ObjectRef::parse("corbaloc:rir:").is_nil());
}

TEST(Corbaloc, UsesWhatItKnowsAmongUnknownProtocols) {
  const auto ref = ObjectRef::parse("corbaloc:ssliop:1.2@s:1,:h:2,htiop:x/k");

  EXPECT_EQ(ref.endpoints(), (std::vector<Endpoint>{{"h", 2}}));
}

TEST(Corbaloc, SaysWhichPartIsWrong) {
  EXPECT_THAT(complaint("corbaloc:/k"), HasSubstr("an address is missing"));
  EXPECT_THAT(complaint("corbaloc:h/k"), HasSubstr("\"h\" names no protocol"));
  EXPECT_THAT(complaint("corbaloc:h:1/k"), HasSubstr("protocol \"h\" is unknown"));
  EXPECT_THAT(complaint("corbaloc:ssliop:h/k"), HasSubstr("protocol \"ssliop\" is unknown"));
  EXPECT_THAT(complaint("corbaloc::/k"), HasSubstr("a host is missing"));
  EXPECT_THAT(complaint("corbaloc::h:/k"), HasSubstr("port \"\""));
  EXPECT_THAT(complaint("corbaloc::h:0/k"), HasSubstr("port \"0\""));
  EXPECT_THAT(complaint("corbaloc::h:65536/k"), HasSubstr("port \"65536\""));
  EXPECT_THAT(complaint("corbaloc::h:99999999999999999999/k"), HasSubstr("port"));
  EXPECT_THAT(complaint("corbaloc::h:-1/k"), HasSubstr("port \"-1\""));
  EXPECT_THAT(complaint("corbaloc::h:12x/k"), HasSubstr("port \"12x\""));
  EXPECT_THAT(complaint("corbaloc::2.0@h/k"), HasSubstr("version \"2.0\""));
  EXPECT_THAT(complaint("corbaloc::1.3@h/k"), HasSubstr("1.0, 1.1 or 1.2 was expected"));
  EXPECT_THAT(complaint("corbaloc::1.@h/k"), HasSubstr("version \"1.\""));
  EXPECT_THAT(complaint("corbaloc::[::1/k"), HasSubstr("\"]\" is missing"));
  EXPECT_THAT(complaint("corbaloc::[host]/k"), HasSubstr("an IPv6 address was expected"));
  EXPECT_THAT(complaint("corbaloc::[]/k"), HasSubstr("an IPv6 address was expected"));
  EXPECT_THAT(complaint("corbaloc::[::1]2809/k"), HasSubstr("after \"]\""));
  EXPECT_THAT(complaint("corbaloc::::1:2809/k"), HasSubstr("goes in brackets"));
  EXPECT_THAT(complaint("corbaloc::a b/k"), HasSubstr("\" \" cannot be in the host"));
  EXPECT_THAT(complaint("corbaloc::h"), HasSubstr("object key is missing"));
  EXPECT_THAT(complaint("corbaloc::h/"), HasSubstr("object key is missing"));
  EXPECT_THAT(complaint("corbaloc::h/a%2"), HasSubstr("\"%2\" is no escape"));
  EXPECT_THAT(complaint("corbaloc:rir:,:h/k"), HasSubstr("\"rir:\" stands alone"));
  EXPECT_THAT(complaint("corbaloc:rir:h/k"), HasSubstr("may follow \"rir:\""));
  EXPECT_THAT(complaint("corbaloc::h,/k"), HasSubstr("\"\" names no protocol"));
}

TEST(Corbaloc, IsWhatAReferencePrints) {
  for (const char* text :
       {"corbaloc:iiop:1.2@h:1/k", "corbaloc:iiop:1.0@h:1,iiop:1.1@[::1]:2/a%00%25/b",
        "corbaloc:rir:/NameService", "corbaname:rir:/NameService#a/b.c",
        "corbaname:iiop:1.2@h:1/k#a%20b"}) {
    EXPECT_EQ(ObjectRef::parse(text).to_corbaloc(), text);
    EXPECT_EQ(ObjectRef::parse(ObjectRef::parse(text).to_string()), ObjectRef::parse(text));
  }
}

TEST(Corbaname, NamesAnObjectInANamingContext) {
  const auto ref = ObjectRef::parse("corbaname::example.org:9999/Root#a/b.kind");

  EXPECT_EQ(ref.host(), "example.org");
  EXPECT_EQ(ref.port(), 9999);
  EXPECT_EQ(ref.object_key(), "Root");
  EXPECT_EQ(ref.name_to_resolve(), "a/b.kind");
}

TEST(Corbaname, LooksInTheNameServiceWhenNoKeyIsSaid) {
  EXPECT_EQ(ObjectRef::parse("corbaname::h#a").object_key(), "NameService");
  EXPECT_EQ(ObjectRef::parse("corbaname::h/#a").object_key(), "NameService");
  EXPECT_EQ(ObjectRef::parse("corbaname:rir:#a/b").initial_reference(), "NameService");
  EXPECT_EQ(ObjectRef::parse("corbaname:rir:#a/b").name_to_resolve(), "a/b");
}

TEST(Corbaname, EscapesOfTheUrlComeOffBeforeThoseOfTheName) {
  EXPECT_EQ(ObjectRef::parse("corbaname::h#a%5c/b%20c.%c3%a9").name_to_resolve(),
            "a\\/b c.\xc3\xa9");
}

TEST(Corbaname, WithoutANameIsTheContextItself) {
  EXPECT_EQ(ObjectRef::parse("corbaname::h"), ObjectRef::parse("corbaloc::h/NameService"));
  EXPECT_EQ(ObjectRef::parse("corbaname::h#").name_to_resolve(), "");
}

TEST(Corbaname, SaysWhichPartIsWrong) {
  EXPECT_THAT(complaint("corbaname:#a"), HasSubstr("an address is missing"));
  EXPECT_THAT(complaint("corbaname::h#a%zz"), HasSubstr("in the name \"a%zz\""));
}

}  // namespace
}  // namespace corbel
