#include "tests/integration/naming/running_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace corbel::naming_service {
namespace {

using testing::HasSubstr;

TEST(NamingLimits, AFullServiceSaysNoResourcesAndGoesOn) {
  RunningService service({.tree = {.contexts = 3, .bindings = 4}});
  service.naming.make_context("a/b");
  for (const char* each : {"x", "y"}) service.root.bind(name(each), service.object("o"));

  EXPECT_EQ(outcome_of([&] { service.root.bind(name("z"), service.object("o")); }), "NO_RESOURCES");
  EXPECT_EQ(outcome_of([&] { service.root.new_context(); }), "NO_RESOURCES");
  EXPECT_EQ(outcome_of([&] { service.root.rebind(name("x"), service.object("p")); }), "done");
  service.root.unbind(name("y"));
  EXPECT_EQ(outcome_of([&] { service.root.bind(name("z"), service.object("o")); }), "done");
}

TEST(NamingLimits, AContextThatCouldNotBeBoundLeavesNothingBehind) {
  RunningService service({.tree = {.contexts = 2}});
  service.root.bind(name("taken"), service.object("o"));

  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(outcome_of([&] { service.root.bind_new_context(name("taken")); }), "AlreadyBound");
  }

  EXPECT_EQ(outcome_of([&] { service.root.bind_new_context(name("free")); }), "done");
}

TEST(NamingLimits, WhatIsTooLargeIsImpLimit) {
  RunningService service;

  EXPECT_EQ(outcome_of([&] {
              service.root.bind({{std::string(100'000, 'x'), ""}}, service.object("o"));
            }),
            "IMP_LIMIT");
  EXPECT_EQ(
      outcome_of([&] { service.root.bind(name("o"), service.object(std::string(300'000, 'x'))); }),
      "IMP_LIMIT");
}

TEST(NamingLimits, LongNamesAreNoTrouble) {
  RunningService service;
  service.root.bind_context(name("self"), service.root);
  const CosNaming::Name deep(10'000, {"self", ""});

  EXPECT_EQ(service.root.resolve(deep), service.root);
}

TEST(NamingLimits, TenThousandNamesInAContextAreNoBurden) {
  RunningService service;
  const Object object = service.object("o");
  const auto begin = std::chrono::steady_clock::now();

  for (int i = 0; i < 10'000; ++i)
    service.root.bind({{"name-" + std::to_string(i), "kind"}}, object);
  for (int i = 0; i < 10'000; ++i) service.root.resolve({{"name-" + std::to_string(i), "kind"}});
  EXPECT_EQ(service.naming.list().size(), 10'000u);
  for (int i = 0; i < 10'000; ++i) service.root.unbind({{"name-" + std::to_string(i), "kind"}});

  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace corbel::naming_service
