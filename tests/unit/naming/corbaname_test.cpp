#include "naming-service/corbaname.hpp"

#include <corbel/reference.hpp>

#include <gtest/gtest.h>

namespace corbel::naming_service {
namespace {

TEST(Corbaname, TakesTheAddressesThatCorbanameHas) {
  for (const char* address : {":host:2809/NameService", "iiop:1.2@host:9999/a/b", ":host",
                              "iiop:host,:other:1/k", "rir:", ":[::1]:2809/NameService"}) {
    EXPECT_TRUE(is_corbaname_address(address)) << address;
  }
}

TEST(Corbaname, RefusesOtherAddresses) {
  for (const char* address : {"", ":host:99999/k", ":host/k#name", "iiop:3.0@host/k", "host space",
                              "http://host", ":host/%zz"}) {
    EXPECT_FALSE(is_corbaname_address(address)) << address;
  }
}

TEST(Corbaname, EscapesWhatUrlsDoNotAllow) {
  EXPECT_EQ(make_corbaname(":h/k", "a.b/c.d"), "corbaname::h/k#a.b/c.d");
  EXPECT_EQ(make_corbaname(":h/k", R"(<a>.b/c\.d)"), "corbaname::h/k#%3ca%3e.b/c%5c.d");
  EXPECT_EQ(make_corbaname(":h/k", "a b%#\"\xc3\xbc"), "corbaname::h/k#a%20b%25%23%22%c3%bc");
  EXPECT_EQ(make_corbaname("rir:", ";/:?@&=+$,-_.!~*'()"), "corbaname:rir:#;/:?@&=+$,-_.!~*'()");
}

TEST(Corbaname, WithoutANameIsTheContextItself) {
  EXPECT_EQ(make_corbaname(":h/k", ""), "corbaname::h/k");
}

TEST(Corbaname, IsReadBackAsItWasMeant) {
  const auto ref = ObjectRef::parse(make_corbaname(":h:1/k", R"(a b\/c.d)"));

  EXPECT_EQ(ref.name_to_resolve(), R"(a b\/c.d)");
  EXPECT_EQ(ref.port(), 1);
}

}  // namespace
}  // namespace corbel::naming_service
