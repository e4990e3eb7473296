#include "tests/integration/naming/running_service.hpp"

#include <gtest/gtest.h>

namespace corbel::naming_service {
namespace {

using CosNaming::NamingContextExt;

class NamingContextExtTest : public testing::Test {
 protected:
  RunningService service;
  const NamingContextExt& root = service.root;
};

TEST_F(NamingContextExtTest, WritesNamesAsText) {
  EXPECT_EQ(root.to_string({{"a", ""}, {"b", "c"}, {"", ""}, {"", "k"}}), "a/b.c/./.k");
  EXPECT_EQ(root.to_string({{"x/y", "1.2"}, {R"(\)", ""}}), R"(x\/y.1\.2/\\)");
  EXPECT_EQ(outcome_of([&] { root.to_string({}); }), "InvalidName");
}

TEST_F(NamingContextExtTest, ReadsNamesFromText) {
  const CosNaming::Name expected{{"a.b", ""}, {"c", "d"}, {"", ""}};

  EXPECT_EQ(root.to_name(R"(a\.b/c.d/.)"), expected);
  for (const char* bad : {"", "/", "a//b", "a/", "a.", "a.b.c", R"(a\b)"}) {
    EXPECT_EQ(outcome_of([&] { root.to_name(bad); }), "InvalidName") << bad;
  }
}

TEST_F(NamingContextExtTest, ResolvesText) {
  const Object object = service.object("o");
  root.bind_new_context(name("a"));
  root.bind(name("a/b.kind"), object);

  EXPECT_EQ(root.resolve_str("a/b.kind"), object);
  EXPECT_EQ(outcome_of([&] { root.resolve_str("a/b"); }), "missing_node at b");
  EXPECT_EQ(outcome_of([&] { root.resolve_str("a/b."); }), "InvalidName");
}

TEST_F(NamingContextExtTest, MakesUrls) {
  EXPECT_EQ(root.to_url(":host:2809/NameService", R"(a b\/c.d)"),
            "corbaname::host:2809/NameService#a%20b%5c/c.d");
  EXPECT_EQ(root.to_url("rir:", ""), "corbaname:rir:");
  EXPECT_THROW(root.to_url("", "a"), NamingContextExt::InvalidAddress);
  EXPECT_THROW(root.to_url("nonsense://x", "a"), NamingContextExt::InvalidAddress);
  EXPECT_EQ(outcome_of([&] { root.to_url(":host", "a."); }), "InvalidName");
}

TEST_F(NamingContextExtTest, ItsUrlsLeadToTheObject) {
  const Object object = service.object("o");
  root.bind(name("a b.c"), object);
  const auto address = ":" + service.server.endpoints().front().to_string();

  EXPECT_EQ(service.client.object(root.to_url(address, "a b.c")), object);
}

}  // namespace
}  // namespace corbel::naming_service
